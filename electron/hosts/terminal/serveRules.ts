/**
 * Owns: the rules of `serve` as options, and what they come to: listeners by --listen, --preset or --config, and every
 * other option for all of them. An option that was not given changes nothing.
 */
import { type Command, InvalidArgumentError, Option } from 'commander'
import { listenerPresets } from '#shared/knowledge/listenerPresets.ts'
import type { Limits } from '#shared/rpc/contract/listener.ts'
import {
  type clientCertificateRules,
  type ListenerConfig,
  type ServerConfigInput,
  type TlsVersion,
  tlsVersions,
} from '#shared/rpc/contract/server.ts'
import { type Mechanism, type ServerExtension, serverExtensions } from '#shared/smtp/machine/options.ts'
import { parseNumber, parseWithin } from './arguments.ts'
import { GivenError, readGivenText } from './files.ts'
import { type ConfigFile, listenersIn, presetListeners, readConfigFile } from './serveConfigFile.ts'

export interface RuleOptions {
  preset?: string
  config?: string
  name?: string
  tlsMin?: TlsVersion
  tlsMax?: TlsVersion
  ciphers?: string
  certificate?: string
  key?: string
  keyPassphraseEnv?: string
  extensions?: ServerExtension[]
  without?: ServerExtension[]
  keepBareLineEnds?: boolean
  anyPassword?: boolean
  /** False by --no-mapped-ports. */
  mappedPorts?: boolean
  mechanisms?: Mechanism[]
  clientCertificate?: (typeof clientCertificateRules)[number]
  clientCa?: string
  maxSize?: number
  maxRecipients?: number
  maxLine?: number
  maxTextLine?: number
  maxCommands?: number
  maxErrors?: number
  maxMessages?: number
  maxConnections?: number
  maxConnectionsPerAddress?: number
  idleTimeout?: number
  sessionTimeout?: number
}

type SomeLimits = NonNullable<ListenerConfig['limits']>

/** Of the certificate that --certificate gives; one of that name is replaced. */
export const givenName = 'serve'

const presets = listenerPresets.map(({ id }) => id)

export function addRuleOptions(command: Command): Command {
  const number = (flags: string, words: string, parse = parseNumber) =>
    command.addOption(new Option(flags, words).argParser(parse))
  command
    .addOption(new Option('--preset <name>', 'listeners as real servers have them').choices(presets).conflicts(['listen', 'config']))
    .addOption(new Option('--config <file>', 'rules in JSON (listeners, users, limits, certificates), or of a relay in the notation of PowerMTA, read again on SIGHUP; the other options stand over it').conflicts('listen'))
    .option('--name <host>', 'name in the greeting and in the certificate')
    .addOption(new Option('--tls-min <version>', 'oldest TLS version; 1.2 when left out').choices([...tlsVersions]))
    .addOption(new Option('--tls-max <version>', 'newest TLS version; 1.3 when left out').choices([...tlsVersions]))
    .option('--ciphers <list>', 'ciphers in the notation of OpenSSL, as ECDHE+AESGCM:!aNULL')
    .option('--certificate <file>', 'own certificate and what signed it, PEM; without it the one of this computer')
    .option('--key <file>', 'its private key, PEM')
    .option('--key-passphrase-env <variable>', 'environment variable that opens the key')
    .addOption(new Option('--extensions <list>', 'announce and take these and no others, as SIZE,8BITMIME; none for no extension').argParser(parseExtensions).conflicts('without'))
    .addOption(new Option('--without <list>', 'announce and take all extensions but these').argParser(parseExtensions))
    .option('--keep-bare-line-ends', 'keep messages with a bare CR or LF and note it, instead of refusing them', false)
    .option('--any-password', 'any name and password are right, also where there are users', false)
    .option('--no-mapped-ports', 'do not listen 2000 higher where a port below 1024 is not permitted') // prettier-ignore
  number('--max-size <octets>', 'largest message, told by SIZE')
  number('--max-recipients <n>', 'recipients of a message, told by LIMITS; a server has to take 100')
  number('--max-line <octets>', 'longest command line; a server has to take 512', parseWithin(16, 1_000_000))
  number(
    '--max-text-line <octets>',
    'longest line of content by DATA; a server has to take 1000',
    parseWithin(2, 100_000_000),
  )
  number('--max-commands <n>', 'commands in a session')
  number('--max-errors <n>', 'refused commands in a session; 20 when left out')
  number('--max-messages <n>', 'messages in a session, told by LIMITS')
  number('--max-connections <n>', 'connections at once')
  number('--max-connections-per-address <n>', 'of them from one address')
  number('--idle-timeout <ms>', 'silence before the session ends; a server has to wait 5 minutes', parseTime)
  return number('--session-timeout <ms>', 'longest session', parseTime)
}

/** As long as a timer may be: a day. */
const parseTime = parseWithin(1, 86_400_000, ' of milliseconds')

/** Names with commas between them, in any case; `none` for an empty list. */
export function parseExtensions(text: string): ServerExtension[] {
  if (text.trim().toLowerCase() === 'none') return []
  return text.split(',').map((part) => {
    const found = serverExtensions.find((name) => name === part.trim().toUpperCase())
    if (found !== undefined) return found
    throw new InvalidArgumentError(`"${part.trim()}" is not one of ${serverExtensions.join(', ')}.`)
  })
}

const limitOptions = [
  ['maxSize', 'messageSize'], ['maxRecipients', 'recipients'], ['maxLine', 'line'], ['maxTextLine', 'textLine'],
  ['maxCommands', 'commands'], ['maxErrors', 'errors'], ['maxMessages', 'transactions'], ['maxConnections', 'connections'],
  ['maxConnectionsPerAddress', 'connectionsPerAddress'], ['idleTimeout', 'idle'], ['sessionTimeout', 'session'],
] as const satisfies [keyof RuleOptions, keyof Limits][] // prettier-ignore

export function limitsIn(options: RuleOptions): SomeLimits {
  const limits: SomeLimits = {}
  for (const [option, limit] of limitOptions) {
    const most = options[option]
    if (most !== undefined) limits[limit] = most
  }
  return limits
}

/** What the options say of each listener; what they do not say is left out. */
export function ruleIn(options: RuleOptions): Partial<ListenerConfig> {
  const { tlsMin, tlsMax, ciphers, certificate, without } = options
  const extensions =
    without === undefined ? options.extensions : serverExtensions.filter((name) => !without.includes(name))
  return {
    ...(tlsMin === undefined && tlsMax === undefined
      ? {}
      : { tlsVersions: { min: tlsMin ?? (tlsMax! < '1.2' ? tlsMax! : '1.2'), max: tlsMax ?? '1.3' } }),
    ...(ciphers === undefined ? {} : { ciphers }),
    ...(certificate === undefined ? {} : { certificate: givenName }),
    ...(extensions === undefined ? {} : { extensions }),
    ...(options.keepBareLineEnds === true ? { bareLineEnds: 'keep' as const } : {}),
    ...(options.anyPassword === true ? { anyPassword: true } : {}),
    ...(options.mappedPorts === false ? { mappedPort: 0 } : {}),
  }
}

/** The same with how clients sign in, for which a file is read. Throws GivenError. */
export async function wholeRuleIn(options: RuleOptions): Promise<Partial<ListenerConfig>> {
  const { mechanisms, clientCertificate, clientCa } = options
  return {
    ...ruleIn(options),
    ...(mechanisms === undefined ? {} : { mechanisms }),
    ...(clientCertificate === undefined ? {} : { clientCertificate }),
    ...(clientCa === undefined ? {} : { clientCa: await authorityIn(clientCa) }),
  }
}

async function authorityIn(path: string): Promise<string> {
  const pem = await readGivenText('--client-ca', path)
  if (pem.includes('-----BEGIN CERTIFICATE-----')) return pem
  throw new GivenError(
    `--client-ca ${path}: it holds no certificate in PEM. Name a file with -----BEGIN CERTIFICATE----- in it.`,
  )
}

type Listeners = ServerConfigInput['listeners']

/**
 * The rules that all of it comes to. `own` are the listeners of --listen, or what is listened on when nobody says what;
 * `rule` what else is said of each. Throws GivenError.
 */
export async function rulesIn(
  options: RuleOptions,
  own: Listeners,
  rule: Partial<ListenerConfig>,
): Promise<{ config: ServerConfigInput; file: ConfigFile | null }> {
  const { certificate, key, preset, config: path, name } = options
  if ((certificate === undefined) !== (key === undefined))
    throw new GivenError('--certificate and --key belong together: give both, or neither.')
  const file = path === undefined ? null : await readConfigFile(path)
  const limits = limitsIn(options)
  const base = preset === undefined ? ((file && listenersIn(file)) ?? own) : presetListeners(preset)
  const all = { ...(await wholeRuleIn(options)), ...rule }
  const { preset: _, certificates: __, listeners: ___, limits: before, ...rest } = file ?? {}
  const said = { ...before, ...limits }
  return {
    file,
    config: {
      ...rest,
      ...(name === undefined ? {} : { name }),
      listeners: base.map((listener) => ({ ...listener, ...all, ...withLimits(listener, limits) })),
      ...(Object.keys(said).length > 0 ? { limits: said } : {}),
    },
  }
}

/** A preset's own limits give way to those that were given. */
const withLimits = ({ limits }: Listeners[number], given: SomeLimits): { limits?: SomeLimits } =>
  limits === undefined ? {} : { limits: { ...limits, ...given } }
