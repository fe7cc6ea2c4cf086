/**
 * Owns: how a message travels, in the words of the command line: the options of `send` that say where to connect, how to
 * sign in, which extensions to use and where to stop, and the part of a request that they make.
 */
import type { Dsn, Extensions, DialogueRequest } from '#shared/rpc/contract/dialogue.ts'
import { readGivenText } from './files.ts'
import { given } from './given.ts'
import type { Io } from './io.ts'
import { authOf, clientCertificateOf, type SignInOptions } from './signIn.ts'
import type { StopArgument } from './stopArgument.ts'

export interface TransportOptions extends SignInOptions {
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
