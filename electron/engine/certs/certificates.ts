/**
 * Owns: the certificates of this installation, in `certs/` of the data folder: an authority (ca.pem, ca.key) that a
 * person may trust once, and the local server's certificate (server.pem, server.key) below it. Made on first use,
 * renewed when near their end, remade when damaged; every such event is told.
 */
import { X509Certificate } from 'node:crypto'
import { hostname as machineName } from 'node:os'
import { join } from 'node:path'
import { isHostName } from '#shared/smtp/grammar/domain.ts'
import type { Clock, Log } from '../ports.ts'
import { canonicalName, checkAuthority, checkServer, type Verdict } from './check.ts'
import { certMode, keyMode, readSmall, tightenKey, writeAtomically } from './files.ts'
import { makeAuthority, makeClientCertificate, makeServerCertificate, type KeyPair } from './make.ts'

/** What a TLS server needs; all PEM. `cert` holds the server's certificate and its authority's. */
export interface ServerIdentity {
  cert: string
  key: string
  ca: string
  names: string[]
  expiresAt: Date
  fingerprint256: string
}

export interface Certificates {
  /** Path of the authority's certificate, for other programs to trust. */
  readonly caFile: string
  /** In words, what had to be made anew although it was there before. */
  readonly notices: string[]
  /** The server's certificate for `serverName` and this machine's own names; makes or renews it when needed. */
  server(serverName: string): Promise<ServerIdentity>
  /** The authority's certificate, PEM. */
  readonly authority: string
  /** A certificate for `user`, signed by the authority; nothing of it is kept. `days` by default 397. */
  client(user: string, days?: number): Promise<KeyPair>
}

export interface CertificateOptions {
  /** The data folder; files go to `certs/` inside it. */
  folder: string
  clock: Clock
  log: Log
  /** The machine's name; the system's by default. */
  hostname?: string
}

/** Server name first, then what a client on this machine may call it; no doubles, and nothing a certificate cannot hold. */
export function namesFor(serverName: string, hostname: string): string[] {
  const candidates = [serverName.trim(), 'localhost', hostname.trim(), '127.0.0.1', '::1']
  const usable = candidates.filter((name) => name === '::1' || isHostName(name)).map(canonicalName)
  return [...new Set(usable)]
}

export async function openCertificates(options: CertificateOptions): Promise<Certificates> {
  const folder = join(options.folder, 'certs')
  const notices: string[] = []
  const tell = (message: string) => {
    notices.push(message)
    options.log('warn', message)
  }
  const authority = await openAuthority(folder, options, tell)
  let last: Promise<unknown> = Promise.resolve()
  const one = (serverName: string) => {
    const names = namesFor(serverName, options.hostname ?? machineName())
    return openServer(folder, authority, names, options, tell)
  }
  return {
    caFile: join(folder, 'ca.pem'),
    notices,
    authority: authority.cert,
    client: (user, days) => makeClientCertificate(authority, user, options.clock.now(), days),
    // One after another: two callers must not each write half of a pair.
    server: (serverName) => {
      const next = last.then(() => one(serverName))
      last = next.catch(() => undefined)
      return next
    },
  }
}

async function openAuthority(
  folder: string,
  { clock, log }: CertificateOptions,
  tell: (message: string) => void,
): Promise<KeyPair> {
  const stored = await readPair(folder, 'ca', tell)
  const verdict = stored && checkAuthority(stored, clock.now())
  if (stored && verdict?.state === 'good') return stored
  const made = await makeAuthority(clock.now())
  await writePair(folder, 'ca', made)
  if (verdict) {
    const again = 'Programs that trusted the old one must be given the new ca.pem.'
    tell(`The local certificate authority was made anew: ${reason(verdict)}. ${again}`)
  } else log('info', 'Made the local certificate authority', { file: join(folder, 'ca.pem') })
  return made
}

async function openServer(
  folder: string,
  authority: KeyPair,
  names: string[],
  { clock, log }: CertificateOptions,
  tell: (message: string) => void,
): Promise<ServerIdentity> {
  const stored = await readPair(folder, 'server', tell)
  const verdict = stored && checkServer(stored, authority.cert, names, clock.now())
  if (stored && verdict?.state === 'good') return identity(stored, authority, names)
  const made = await makeServerCertificate(authority, names, clock.now())
  await writePair(folder, 'server', made)
  if (verdict?.state === 'damaged') tell(`The local server's certificate was made anew: ${reason(verdict)}.`)
  else log('info', "Made the local server's certificate", { names: names.join(', ') })
  return identity(made, authority, names)
}

function identity(pair: KeyPair, authority: KeyPair, names: string[]): ServerIdentity {
  const certificate = new X509Certificate(pair.cert)
  return {
    cert: pair.cert + authority.cert,
    key: pair.key,
    ca: authority.cert,
    names,
    expiresAt: new Date(certificate.validTo),
    fingerprint256: certificate.fingerprint256,
  }
}

const reason = (verdict: Verdict): string => (verdict.state === 'good' ? '' : verdict.why)

/** Null when neither file exists; a missing half reads as empty and so as damaged. */
async function readPair(
  folder: string,
  name: string,
  tell: (message: string) => void,
): Promise<KeyPair | null> {
  const keyFile = join(folder, `${name}.key`)
  const [cert, key] = await Promise.all([readSmall(join(folder, `${name}.pem`)), readSmall(keyFile)])
  if (cert === null && key === null) return null
  if (key !== null && (await tightenKey(keyFile)))
    tell(`certs/${name}.key could be read by others; it is now readable by its owner only.`)
  return { cert: cert ?? '', key: key ?? '' }
}

/** The key first: a crash in between leaves a pair that does not match, which the next start sees and remakes. */
async function writePair(folder: string, name: string, pair: KeyPair): Promise<void> {
  await writeAtomically(join(folder, `${name}.key`), pair.key, keyMode)
  await writeAtomically(join(folder, `${name}.pem`), pair.cert, certMode)
}
