/**
 * Owns: the Send form's values: their defaults, what is saved of them, and how port and encryption belong together. The
 * password is not here: it has no place in anything that is saved.
 */
import { z } from 'zod'
import { authMechanisms } from '#shared/rpc/contract/dialogue.ts'
import { httpApis } from '#shared/rpc/contract/httpApi.ts'
import { charsets, encodings } from '#shared/rpc/contract/message.ts'
import { initialResponses } from '#shared/smtp/machine/options.ts'
import { bindingTypes } from '#shared/smtp/sasl/mechanism.ts'
import { tlsModes, type TlsMode } from '#shared/transcript/event.ts'

/** How the message goes: by SMTP, or by one of the two HTTP APIs (contract/httpApi.ts). */
export const sendWays = ['smtp', 'http'] as const
export type SendWay = (typeof sendWays)[number]

export const portChoices = ['587', '2525', '465', '25', 'other'] as const
export type PortChoice = (typeof portChoices)[number]

const text = (most: number) => z.string().max(most).catch('')
const off = z.boolean().catch(false)
const on = z.boolean().catch(true)
/** Lists are bounded as they are shown: a form of thousands of rows is nobody's. */
const pairs = (most: number) =>
  z
    .array(z.object({ name: z.string().max(200), value: z.string().max(20_000) }))
    .max(most)
    .catch([])

export const mostHeaders = 50
export const mostVariables = 50

/** Where a dialogue ends; `recipient`, `octets` and `dot` lie inside a step (contract StopAt). */
export const stopPlaces = [
  'end', 'connect', 'ehlo', 'tls', 'auth', 'mail', 'recipient', 'rcpt', 'data', 'octets', 'dot',
] as const // prettier-ignore
export type StopPlace = (typeof stopPlaces)[number]
export const stopWays = ['usual', 'quit', 'close', 'reset'] as const
export type StopWay = (typeof stopWays)[number]

export const notifies = ['failure', 'delay', 'success', 'never'] as const
export type Notify = (typeof notifies)[number]

/** Each phase may have a limit of its own; '' is the usual one. Seconds, as typed. */
export const phases = ['lookUp', 'connect', 'tls', 'greeting', 'reply'] as const
export type TimedPhase = (typeof phases)[number]

export const dkimKinds = ['rsa-2048', 'rsa-1024', 'ed25519'] as const

const httpShape = {
  way: z.enum(sendWays).catch('smtp'),
  api: z.enum(httpApis).catch('json'),
  apiUrl: text(2000),
  /** DOMAIN of the form's address; '' is the sender's. */
  apiDomain: text(255),
}

const connectionShape = {
  ehloName: text(300),
  source: text(100),
  family: z.enum(['0', '4', '6']).catch('0'),
  resolver: text(200),
  seconds: z.partialRecord(z.enum(phases), z.string().max(20)).catch({}),
  /** Client certificate with its chain, PEM; its key is a secret and not here. */
  clientCert: text(100_000),
  initialResponse: z.enum(initialResponses).catch('auto'),
  channelBinding: z.enum(['auto', ...bindingTypes]).catch('auto'),
}

const messageShape = {
  bcc: text(20_000),
  bccShown: off,
  replyTo: text(2000),
  replyToShown: off,
  envelopeShown: off,
  envelopeFrom: text(1000),
  envelopeTo: text(20_000),
  html: text(200_000),
  headers: pairs(mostHeaders),
  charset: z.enum(charsets).catch('utf-8'),
  encoding: z.enum(encodings).catch('auto'),
  dateMode: z.enum(['now', 'set', 'none']).catch('now'),
  date: text(60),
  messageIdMode: z.enum(['make', 'set', 'none']).catch('make'),
  messageId: text(1000),
  variablesOn: off,
  variables: pairs(mostVariables),
  dkimOn: off,
  dkimDomain: text(300),
  dkimSelector: z.string().max(100).catch('test'),
  dkimKind: z.enum(dkimKinds).catch('rsa-2048'),
  /** What is to be published for the key that was made. */
  dkimRecord: z.object({ name: z.string(), value: z.string() }).nullable().catch(null),
}

const threeWays = z.enum(['auto', 'on', 'off']).catch('auto')
const transferShape = {
  notify: z.array(z.enum(notifies)).max(4).catch([]),
  ret: z.enum(['unsaid', 'full', 'hdrs']).catch('unsaid'),
  envid: text(200),
  orcpt: off,
  smtputf8: threeWays,
  eightBitMime: threeWays,
  requireTls: off,
  chunking: off,
  pipelining: on,
  sizeMode: z.enum(['auto', 'off', 'set']).catch('auto'),
  size: text(20),
  stopAfter: z.enum(stopPlaces).catch('end'),
  stopRecipient: z.string().max(10).catch('1'),
  stopOctets: z.string().max(12).catch('100'),
  stopHow: z.enum(stopWays).catch('usual'),
}

/** What is saved, field by field; anything else that is found in storage is left behind. */
export const Draft = z.object({
  host: text(300),
  portChoice: z.enum(portChoices).catch('587'),
  /** As typed, so that a wrong number can be named. */
  otherPort: text(20),
  tls: z.enum(tlsModes).catch('starttls'),
  /** The person chose the encryption: a change of port leaves it alone. */
  tlsChosen: z.boolean().catch(false),
  certificate: z.enum(['check', 'accept']).catch('check'),
  /** Extra trusted root certificates, PEM. */
  ca: text(100_000),
  mechanism: z.enum(authMechanisms).catch('auto'),
  user: text(1000),
  from: text(1000),
  to: text(20_000),
  cc: text(20_000),
  ccShown: z.boolean().catch(false),
  subject: text(2000),
  text: text(200_000),
  step: z.boolean().catch(false),
  ...httpShape,
  ...connectionShape,
  ...messageShape,
  ...transferShape,
})
export type Draft = z.infer<typeof Draft>
export type DraftField = keyof Draft

export const emptyDraft = (): Draft => Draft.parse({})

/** Saved values; whatever is wrong or unknown becomes its default. */
export function readDraft(saved: unknown): Draft {
  const known = Draft.safeParse(saved)
  return known.success ? known.data : emptyDraft()
}

export const portText = ({ portChoice, otherPort }: Pick<Draft, 'portChoice' | 'otherPort'>): string =>
  portChoice === 'other' ? otherPort.trim() : portChoice

/** A certificate is met: from the start, after STARTTLS where that is offered, or by HTTPS. */
export const usesTls = ({ way, tls, apiUrl }: Pick<Draft, 'way' | 'tls' | 'apiUrl'>): boolean =>
  way === 'http' ? !/^\s*http:/i.test(apiUrl) : tls !== 'none'

/** A number that may be dialled, else null. */
export function portNumber(draft: Pick<Draft, 'portChoice' | 'otherPort'>): number | null {
  const typed = portText(draft)
  return /^\d{1,5}$/.test(typed) && Number(typed) >= 1 && Number(typed) <= 65535 ? Number(typed) : null
}

/**
 * The encryption that belongs to a port: 465 begins with TLS (RFC 8314 §3.3), submission requires STARTTLS, a relay on
 * 25 may not require it (RFC 3207 §4). 2465 is how a local server names its 465. Others: null, nothing is known.
 */
export function fittingTls(port: number): TlsMode | null {
  if (port === 465 || port === 2465) return 'implicit'
  if (port === 587 || port === 2525 || port === 2587) return 'starttls'
  return port === 25 ? 'opportunistic' : null
}

/** The draft with another port, and the encryption that belongs to it unless the person chose one. */
export function withPort(draft: Draft, change: Partial<Pick<Draft, 'portChoice' | 'otherPort'>>): Draft {
  const next = { ...draft, ...change }
  const port = portNumber(next)
  const fitting = port === null ? null : fittingTls(port)
  return next.tlsChosen || fitting === null ? next : { ...next, tls: fitting }
}

/** The draft aimed at one listener of the local server. */
export function atListener(draft: Draft, port: number, tls: TlsMode): Draft {
  const choice = portChoices.find((known) => known === String(port))
  return {
    ...draft,
    way: 'smtp',
    host: '127.0.0.1',
    portChoice: choice ?? 'other',
    otherPort: choice ? draft.otherPort : String(port),
    tls,
    tlsChosen: false,
  }
}

/** The draft on 465, where TLS comes before the first word. */
export const atImplicitTls = (draft: Draft): Draft => ({
  ...draft,
  portChoice: '465',
  tls: 'implicit',
  tlsChosen: false,
})
