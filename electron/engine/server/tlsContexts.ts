/**
 * Owns: the TLS contexts of the listeners: certificate, versions, ciphers, whom to trust as clients; and which versions
 * can really be spoken, by trying. What is the same is made and tried once.
 */
import { createHash } from 'node:crypto'
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls'
import type { TlsSupport } from '#shared/rpc/contract/certificates.ts'
import { type ListenerConfig, type TlsVersion, tlsVersions } from '#shared/rpc/contract/listener.ts'
import { inColons } from './cipherList.ts'
import { nodeName, openContext, spokenVersions } from './tlsTrial.ts'

export interface Identity {
  cert: string
  key: string
  /** Authority of the clients, where the listener names none. */
  ca: string
}

export interface ListenerTls {
  context: SecureContext
  /** Spoken in fact. */
  versions: TlsVersion[]
  notices: string[]
}

export const usualVersions = { min: '1.2', max: '1.3' } as const

/** Contexts that are remembered; more than a person has listeners. */
const mostKept = 200

export const versionsFrom = ({ min, max }: { min: TlsVersion; max: TlsVersion }): TlsVersion[] =>
  tlsVersions.slice(tlsVersions.indexOf(min), tlsVersions.indexOf(max) + 1)

export class TlsContexts {
  readonly #made = new Map<string, Promise<ListenerTls | string>>()
  #support: Promise<TlsSupport> | undefined

  /** For this listener, or why it can have none, in words. Never rejects for what the listener says. */
  for(config: ListenerConfig, identity: Identity): Promise<ListenerTls | string> {
    const { tlsVersions: range = usualVersions, ciphers, clientCertificate = 'off', clientCa } = config
    const ca = clientCertificate === 'off' ? undefined : (clientCa ?? identity.ca)
    const key = createHash('sha256')
      .update(JSON.stringify([range, ciphers, ca, identity.cert, identity.key]))
      .digest('hex')
    const known = this.#made.get(key)
    if (known !== undefined) return known
    if (this.#made.size >= mostKept) this.#made.clear()
    const { cert, key: privateKey } = identity
    const made = makeListenerTls(
      { cert, key: privateKey, ...(ca === undefined ? {} : { ca }) },
      range,
      ciphers,
    )
    this.#made.set(key, made)
    // What did not work may work the next time: a handshake on a busy computer, above all.
    const forget = () => void (this.#made.get(key) === made && this.#made.delete(key))
    made.then((tls) => void (typeof tls === 'string' && forget()), forget)
    return made
  }

  support(identity: Pick<Identity, 'cert' | 'key'>): Promise<TlsSupport> {
    if (this.#support !== undefined) return this.#support
    const found = findSupport(identity)
    found.catch(() => (this.#support = undefined))
    return (this.#support = found)
  }
}

/** Why no client could agree on TLS with this pair, whatever the rules of a listener; null when one could. */
export async function pairProblem(pair: Pick<Identity, 'cert' | 'key'>): Promise<string | null> {
  // Where no certificate is shown, any would do.
  const context = contextOf({ cert: pair.cert, key: pair.key }, { min: '1.0', max: '1.3' }, 'ALL:!aNULL')
  if (typeof context !== 'string' && (await spokenVersions(context)).length > 0) return null
  return `cannot serve TLS on this computer (${library()}); give one with an RSA key of 2048 bits or more, or an EC key of P-256`
}

async function makeListenerTls(
  own: Pick<SecureContextOptions, 'cert' | 'key' | 'ca'>,
  range: { min: TlsVersion; max: TlsVersion },
  ciphers: string | undefined,
): Promise<ListenerTls | string> {
  const wanted = versionsFrom(range)
  if (wanted.length === 0)
    return `TLS ${range.min} to ${range.max} is no range. Choose a lowest version that is not above the highest.`
  const context = contextOf(own, range, ciphers)
  if (typeof context === 'string') return context
  const versions = await spokenVersions(context, wanted)
  const silent = wanted.filter((version) => !versions.includes(version))
  if (versions.length === 0)
    return `No client could agree on TLS here: with these ciphers this computer's TLS library (${library()}) speaks none of TLS ${wanted.join(', ')}. Allow a newer version, or other ciphers.`
  return { context, versions, notices: silent.length > 0 ? [cannotSpeak(silent, ciphers)] : [] }
}

function contextOf(
  own: Pick<SecureContextOptions, 'cert' | 'key' | 'ca'>,
  { min, max }: { min: TlsVersion; max: TlsVersion },
  ciphers: string | undefined,
): SecureContext | string {
  const old = min === '1.0' || min === '1.1'
  const options = { ...own, minVersion: nodeName[min], maxVersion: nodeName[max] }
  let failure: unknown
  const given = ciphers === undefined ? undefined : inColons(ciphers)
  for (const list of old ? [lowered(given), given] : [given]) {
    try {
      return createSecureContext({ ...options, ...(list === undefined ? {} : { ciphers: list }) })
    } catch (error) {
      failure = error
    }
  }
  const why = failure instanceof Error ? failure.message.slice(0, 200) : 'unknown'
  return `This computer's TLS library (${library()}) does not take these rules: ${why}. Change the certificate, the versions or the ciphers.`
}

/** TLS 1.0 and 1.1 sign with SHA-1, which OpenSSL 3 does at security level 0 only. */
function lowered(ciphers: string | undefined): string {
  if (ciphers === undefined) return 'DEFAULT:@SECLEVEL=0'
  return ciphers.includes('@SECLEVEL') ? ciphers : `${ciphers}:@SECLEVEL=0`
}

function cannotSpeak(versions: readonly TlsVersion[], ciphers: string | undefined): string {
  const names = versions.map((version) => `TLS ${version}`).join(' and ')
  return ciphers === undefined
    ? `${names} cannot be spoken by this computer's TLS library (${library()}); clients that have nothing newer are refused.`
    : `${names} cannot be agreed on with these ciphers on this computer (${library()}).`
}

/** As a person knows it. Electron's BoringSSL fills in a version of OpenSSL that it is not. */
export function library(): string {
  const { electron, openssl } = process.versions
  return electron === undefined ? `OpenSSL ${openssl}` : 'BoringSSL'
}

const deprecated = 'Must not be used any more (RFC 8996, RFC 8997); for trying old clients only.'

async function findSupport({ cert, key }: Pick<Identity, 'cert' | 'key'>): Promise<TlsSupport> {
  const context = openContext({ cert, key, minVersion: 'TLSv1', maxVersion: 'TLSv1.3' })
  const spoken = context === null ? [] : await spokenVersions(context)
  const usual = createSecureContext({ cert, key, minVersion: 'TLSv1', maxVersion: 'TLSv1.3' })
  const plain = await spokenVersions(usual)
  const versions = tlsVersions.map((version) => {
    const usable = spoken.includes(version)
    const words = !usable
      ? `This computer's TLS library (${library()}) does not speak it.`
      : [
          ...(plain.includes(version)
            ? []
            : ['Takes ciphers at security level 0, which are added where you name none.']),
          ...(version < '1.2' ? [deprecated] : []),
        ].join(' ')
    return { version, usable, ...(words === '' ? {} : { words }) }
  })
  return { library: library(), versions }
}
