/** Owns: what a listener does otherwise than usual, in few words: for its card and for the heads of folded groups. */
import type { ListenerConfig } from '#shared/rpc/contract/server.ts'
import type { lowerNames } from '#shared/smtp/sasl/mechanisms.ts'
import { type ServerExtension, serverExtensions } from '#shared/smtp/machine/options.ts'
import { countWords } from './measures.ts'

export type Mechanism = (typeof lowerNames)[number]

export const mechanismName = (mechanism: Mechanism): string => mechanism.toUpperCase()

export const mechanismMeaning: Record<Mechanism, string> = {
  plain: 'Name and password in one line; only TLS hides them.',
  login: 'The same in two steps; what old clients know.',
  'cram-md5': 'The password is proved, not sent. Weak by now.',
  'scram-sha-1': 'Proved by both sides; needs users.',
  'scram-sha-256': 'Proved by both sides; needs users.',
  'scram-sha-1-plus': 'Bound to the TLS connection; needs users and TLS.',
  'scram-sha-256-plus': 'Bound to the TLS connection; needs users and TLS.',
  xoauth2: 'A token in the form that Google and Microsoft take.',
  oauthbearer: 'A token as RFC 7628 has it.',
  external: 'By the client’s certificate; ask for one below.',
}

export const extensionMeaning: Record<ServerExtension, string> = {
  PIPELINING: 'several commands at once',
  SIZE: 'how large a message may be',
  '8BITMIME': 'octets above 127 in content',
  SMTPUTF8: 'addresses in UTF-8',
  CHUNKING: 'content by BDAT',
  BINARYMIME: 'content that is not lines; needs CHUNKING',
  DSN: 'delivery reports as asked for',
  ENHANCEDSTATUSCODES: 'codes such as 5.7.1 in replies',
  REQUIRETLS: 'TLS all the way, told inside TLS only',
  LIMITS: 'how many recipients and messages',
  HELP: 'an answer to HELP',
}

type Worded = 'mechanisms' | 'anyPassword' | 'clientCertificate' | 'tlsVersions' | 'certificate' | 'extensions' | 'bareLineEnds' // prettier-ignore
type Rule = Pick<ListenerConfig, 'tls' | 'auth'> & Partial<Pick<ListenerConfig, Worded>>

const usualVersions = ({ tlsVersions }: Pick<Rule, 'tlsVersions'>): boolean =>
  tlsVersions === undefined || (tlsVersions.min === '1.2' && tlsVersions.max === '1.3')

export const versionsWords = ({ tlsVersions }: Pick<Rule, 'tlsVersions'>): string => {
  if (tlsVersions === undefined) return 'TLS 1.2 and newer'
  const { min, max } = tlsVersions
  return min === max ? `TLS ${min} only` : `TLS ${min} to ${max}`
}

const certificateWords: Record<NonNullable<ListenerConfig['clientCertificate']>, string> = {
  off: '',
  asked: 'client certificate asked for',
  required: 'client certificate required',
}

export const mechanismsWords = ({ auth, mechanisms, anyPassword }: Rule): string => {
  if (auth === 'off') return ''
  const names = mechanisms?.map(mechanismName)
  const most = names && names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} more`] : names
  return [most?.join(', ') ?? '', anyPassword ? 'any password' : ''].filter(Boolean).join(', ')
}

export const signInSummary = (rule: Rule): string =>
  [
    rule.auth === 'off'
      ? 'no sign-in'
      : mechanismsWords(rule) || 'all mechanisms that users and tokens allow',
    certificateWords[rule.clientCertificate ?? 'off'],
  ]
    .filter(Boolean)
    .join(', ')

export const tlsSummary = (rule: Rule & { ciphers?: string | undefined }): string =>
  rule.tls === 'plain'
    ? 'no TLS here'
    : [
        versionsWords(rule),
        rule.ciphers ? 'ciphers chosen' : '',
        rule.certificate ? `certificate ${rule.certificate}` : 'the app’s certificate',
      ]
        .filter(Boolean)
        .join(', ')

const extensionsWords = ({ extensions }: Pick<Rule, 'extensions'>): string =>
  extensions === undefined ? '' : `${extensions.length} of ${serverExtensions.length} extensions`

export const protocolSummary = (rule: Rule): string =>
  `${extensionsWords(rule) || 'all extensions'}, bare line ends ${rule.bareLineEnds === 'keep' ? 'kept' : 'refused'}`

export const limitsSummary = (own: object): string => {
  const count = Object.values(own).filter((value) => value !== undefined && value !== '').length
  return count === 0 ? 'as for all listeners' : `${count} of its own`
}

export interface ListenerMark {
  words: string
  /** `open`: readable by others. */
  tone: 'plain' | 'warn'
}

/** Only what is otherwise than usual: a card says nothing of what goes without saying. */
export function listenerMarks(rule: ListenerConfig): ListenerMark[] {
  const plain = [
    rule.relay ? 'goes on by the relay’s rules' : '',
    rule.tls !== 'plain' && !usualVersions(rule) ? versionsWords(rule) : '',
    rule.tls !== 'plain' && rule.ciphers !== undefined ? 'ciphers chosen' : '',
    rule.tls !== 'plain' && rule.certificate !== undefined ? `certificate ${rule.certificate}` : '',
    rule.tls === 'plain' ? '' : certificateWords[rule.clientCertificate ?? 'off'],
    extensionsWords(rule),
    rule.limits === undefined ? '' : countWords(Object.keys(rule.limits).length, 'limit of its own', 'limits of its own'), // prettier-ignore
  ]
  const warn = [
    rule.anyPassword && rule.auth !== 'off' ? 'any password' : '',
    rule.bareLineEnds === 'keep' ? 'bare line ends kept' : '',
    rule.allowOutside ? 'reachable from outside' : '',
  ]
  return [
    ...warn.map((words) => ({ words, tone: 'warn' as const })),
    ...plain.map((words) => ({ words, tone: 'plain' as const })),
  ].filter(({ words }) => words !== '')
}
