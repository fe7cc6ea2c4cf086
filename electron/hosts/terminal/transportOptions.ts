/**
 * Owns: how a message travels, in the words of the command line: the options of `send` that say where to connect, how to
 * sign in, which extensions to use and where to stop, and the part of a request that they make.
 */
import type { Auth, Dsn, Extensions, DialogueRequest } from '#shared/rpc/contract/dialogue.ts'
import { GivenError, readGivenText } from './files.ts'
import type { Io } from './io.ts'
import { readPassword } from './password.ts'
import type { StopArgument } from './stopArgument.ts'

export interface TransportOptions {
  host: string
  port: number
  tls: 'none' | 'starttls' | 'opportunistic' | 'implicit'
  insecure: boolean
  ca?: string
  serverName?: string
  ehlo?: string
  family: 0 | 4 | 6
  source?: string
  resolver?: string
  timeout?: number
  lookupTimeout?: number
  connectTimeout?: number
  tlsTimeout?: number
  greetingTimeout?: number
  auth: Auth['mechanism']
  initialResponse?: Auth['initialResponse']
  clientCert?: string
  clientKey?: string
  clientKeyPassphraseEnv?: string
  user?: string
  passwordEnv?: string
  passwordFile?: string
  allowCleartextAuth: boolean
  dsnNotify?: NonNullable<Dsn['notify']>
  dsnRet?: Dsn['ret']
  dsnEnvid?: string
  dsnOrcpt: string[]
  smtputf8?: Extensions['smtputf8']
  '8bitmime'?: Extensions['eightBitMime']
  chunking?: Extensions['chunking']
  requireTls: boolean
  size?: Extensions['size']
  pipelining: 'on' | 'off'
  stopAfter: StopArgument
  stopHow?: DialogueRequest['stopHow']
}

type Transport = Omit<DialogueRequest, 'message' | 'envelopeFrom' | 'envelopeTo'>

/** Reads the files that options name and asks for the password. Throws GivenError. */
export async function transportOf(options: TransportOptions, io: Io): Promise<Transport> {
  const { dsn, extensions } = { dsn: dsnOf(options), extensions: extensionsOf(options) }
  return {
    target: await targetOf(options, io),
    auth: await authOf(options, io),
    ...(dsn === undefined ? {} : { dsn }),
    ...(extensions === undefined ? {} : { extensions }),
    pipelining: options.pipelining === 'on',
    ...options.stopAfter,
    ...(options.stopHow === undefined ? {} : { stopHow: options.stopHow }),
  }
}

/** Without what was not given: an option that nobody typed is not in the request. */
function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept = Object.entries(fields).filter(([, value]) => value !== undefined)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.entries forgets that these are T's own fields
  return Object.fromEntries(kept) as { [K in keyof T]?: Exclude<T[K], undefined> }
}

async function targetOf(options: TransportOptions, io: Io): Promise<DialogueRequest['target']> {
  const { host, port, tls, family, timeout, connectTimeout, insecure, ca } = options
  return {
    host,
    port,
    tls,
    family,
    certificate: insecure ? 'accept' : 'check',
    timeouts: given({
      lookUp: options.lookupTimeout ?? (connectTimeout === undefined ? undefined : timeout),
      connect: connectTimeout ?? timeout,
      tls: options.tlsTimeout ?? (connectTimeout === undefined ? undefined : timeout),
      greeting: options.greetingTimeout,
      reply: timeout,
    }),
    ...given({
      ca: ca === undefined ? undefined : await readGivenText('--ca', ca),
      clientCertificate: await clientCertificateOf(options, io),
      serverName: options.serverName,
      ehloName: options.ehlo,
      source: options.source,
      resolver: options.resolver,
    }),
  }
}

/** The certificate and its key may stand in one file. */
async function clientCertificateOf(
  { clientCert, clientKey, clientKeyPassphraseEnv }: TransportOptions,
  io: Io,
): Promise<DialogueRequest['target']['clientCertificate']> {
  if (clientCert === undefined) {
    const alone = clientKey === undefined ? '--client-key-passphrase-env' : '--client-key'
    if (clientKey === undefined && clientKeyPassphraseEnv === undefined) return undefined
    throw new GivenError(`--client-cert: ${alone} is given alone. Give the certificate that it belongs to.`)
  }
  const cert = await readGivenText('--client-cert', clientCert)
  const key = clientKey === undefined ? cert : await readGivenText('--client-key', clientKey)
  if (clientKeyPassphraseEnv === undefined) return { cert, key }
  const passphrase = io.password.env[clientKeyPassphraseEnv]
  if (passphrase !== undefined) return { cert, key, passphrase }
  throw new GivenError(
    `--client-key-passphrase-env ${clientKeyPassphraseEnv}: the variable is not set. Set it to the passphrase of the key.`,
  )
}

async function authOf(options: TransportOptions, io: Io): Promise<Auth> {
  const mechanism = mechanismOf(options)
  const silent = mechanism === 'none' || (mechanism === 'external' && !givesPassword(options))
  const password = silent ? '' : await readPassword(options.user ?? '', options, io.password)
  const { user = '', initialResponse, allowCleartextAuth: allowUnprotected } = options
  return { mechanism, user, password, allowUnprotected, ...given({ initialResponse }) }
}

const givesPassword = ({ passwordEnv, passwordFile }: TransportOptions): boolean =>
  passwordEnv !== undefined || passwordFile !== undefined

/** Who it is stands in the certificate, or in the token. */
const nameless = new Set<Auth['mechanism']>(['external', 'oauthbearer'])

/** Without a user nobody signs in; who asks for it all the same has forgotten something. */
function mechanismOf({ user, auth, passwordEnv, passwordFile }: TransportOptions): Auth['mechanism'] {
  if (user !== undefined || nameless.has(auth)) return auth
  const passwords = [
    ['--password-env', passwordEnv],
    ['--password-file', passwordFile],
  ].flatMap(([option, value]) => (value === undefined ? [] : [option]))
  const asking = auth === 'auto' || auth === 'none' ? passwords[0] : `--auth ${auth}`
  if (asking === undefined) return 'none'
  throw new GivenError(`--user: there is no user for ${asking}. Give --user NAME, or leave ${asking} out.`)
}

function dsnOf({ dsnNotify, dsnRet, dsnEnvid, dsnOrcpt }: TransportOptions): Dsn | undefined {
  const [only] = dsnOrcpt
  const each = dsnOrcpt.length === 0 ? undefined : dsnOrcpt
  const orcpt: Dsn['orcpt'] = only === 'auto' && dsnOrcpt.length === 1 ? only : each
  const dsn = given({ notify: dsnNotify, ret: dsnRet, envid: dsnEnvid, orcpt })
  return Object.keys(dsn).length === 0 ? undefined : dsn
}

function extensionsOf(options: TransportOptions): Extensions | undefined {
  const { smtputf8, '8bitmime': eightBitMime, chunking, size } = options
  const requireTls = options.requireTls ? true : undefined
  const extensions = given({ smtputf8, eightBitMime, chunking, requireTls, size })
  return Object.keys(extensions).length === 0 ? undefined : extensions
}
