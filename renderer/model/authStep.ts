/**
 * Owns: taking an AUTH exchange apart (RFC 4954 §4): which step of which mechanism a line or a 334 is, and what it holds.
 * What the client sent is masked as a whole; its parts are known from the mechanism alone, and every value stays bullets.
 * What the server asks is decoded: it is no secret, and what a server echoes of one was masked when it was recorded.
 */
import { fromBase64, toByteString } from '#shared/bytes/bytes.ts'
import type { EventOf, TranscriptEvent } from '#shared/transcript/event.ts'
import { shownText } from '#shared/transcript/shown.ts'
import { eventAt, indexOfSeq, type EventLog } from './eventLog.ts'
import type { Meaning, Part } from './explanation.ts'

export interface AuthStep {
  /** Upper case. */
  mechanism: string
  /** Answers of the client up to here: 1 for an initial response, or the first answer to a 334. */
  answers: number
}

/** Events that an exchange has at most; longer ones are not SASL as anybody uses it. */
const reach = 40

/** Undefined outside an exchange. */
export function authStepOf(log: EventLog, event: TranscriptEvent): AuthStep | undefined {
  if (event.phase !== 'auth') return undefined
  let answers = 0
  const place = indexOfSeq(log, event.seq)
  for (let index = place; index >= 0 && index > place - reach; index--) {
    const line = eventAt(log, index)
    if (line?.kind !== 'line') continue
    const [, mechanism, initial = ''] =
      /^AUTH[ \t]+([A-Z0-9_-]{1,20})(.*)/i.exec(line.raw.slice(0, 400)) ?? []
    if (mechanism === undefined) answers++
    else return { mechanism: mechanism.toUpperCase(), answers: answers + (initial.trim() === '' ? 0 : 1) }
  }
  return undefined
}

const bullets = '••••••••'
type Field = readonly [mark: string, label: string, words?: string]

const plain: readonly Field[] = [
  ['', 'acts for', 'On whose behalf; nearly always empty.'],
  ['', 'user name'],
  ['', 'password'],
]
const scramFirst: readonly Field[] = [
  ['', 'channel binding', 'n: none. y: the client could, but saw no mechanism ending in -PLUS.'],
  ['n=', 'user name'],
  ['r=', 'client nonce', 'Random: the same password never gives the same exchange.'],
]
const scramPlusFirst: readonly Field[] = [
  [
    'p=',
    'channel binding',
    'What ties this sign-in to this TLS connection: its kind, sent in clear inside TLS.',
  ],
  ...scramFirst.slice(1),
]
const scramFinal: readonly Field[] = [
  ['c=', 'channel binding', 'What the client thinks the two ends have in common.'],
  ['r=', 'both nonces'],
  ['p=', 'proof', 'Shows that the client knows the password, without telling it.'],
]

/** Fields of each answer of the client, by mechanism. */
const fieldsOf: Readonly<Record<string, readonly (readonly Field[])[]>> = {
  PLAIN: [plain],
  LOGIN: [[['', 'user name']], [['', 'password']]],
  'CRAM-MD5': [[['', 'user name'], ['', 'HMAC-MD5 of the challenge', 'Keyed with the password.']]],
  XOAUTH2: [[['user=', 'user name'], ['auth=Bearer ', 'access token', 'As good as a password until it expires.']], [['', 'empty answer', 'Asks the server to finish its refusal.']]],
  OAUTHBEARER: [[['n,a=', 'user name'], ['host=', 'server'], ['port=', 'port'], ['auth=Bearer ', 'access token', 'As good as a password until it expires.']], [['', 'one octet, ^A', 'Asks the server to finish its refusal (RFC 7628 §3.2.3).']]],
  EXTERNAL: [[['', 'acts for', 'Empty: who it is was shown by the TLS certificate.']]],
} // prettier-ignore

const scramEnd: readonly Field[] = [['', 'empty answer', 'The server’s proof was right.']]
const scram: readonly (readonly Field[])[] = [scramFirst, scramFinal, scramEnd]
const scramPlus: readonly (readonly Field[])[] = [scramPlusFirst, scramFinal, scramEnd]

const named = (mechanism: string) =>
  mechanism.startsWith('SCRAM-')
    ? mechanism.endsWith('-PLUS')
      ? scramPlus
      : scram
    : Object.hasOwn(fieldsOf, mechanism)
      ? fieldsOf[mechanism]
      : undefined

/** The parts of a masked answer; empty where the mechanism is not known. */
export function answerParts({ mechanism, answers }: AuthStep): { parts: Part[]; meanings: Meaning[] } {
  const fields = named(mechanism)?.[answers - 1] ?? []
  return {
    parts: fields.map(([mark, label]) => ({ text: label === 'empty answer' ? '(empty)' : mark + bullets, label, look: 'secret' })), // prettier-ignore
    meanings: fields.flatMap(([mark, label, words]) =>
      words ? [{ part: mark.trim() || label, words }] : [],
    ),
  }
}

const challengeFields: Readonly<Record<string, readonly [label: string, words: string]>> = {
  r: ['both nonces', 'The client’s, and the server’s after it.'],
  s: ['salt', 'Makes equal passwords look different where they are stored.'],
  i: ['rounds', 'How often the password is hashed; 4096 or more (RFC 7677 §4).'],
  v: ['proof of the server', 'Shows that the server knows the password too.'],
  e: ['error', 'Why the server refuses.'],
}

/** Rows of a refusal in JSON (RFC 7628 §3.2.2) that are told; bounded. */
const errorFields: Readonly<Record<string, string>> = {
  status:
    'Why the token is refused: invalid_token is expired, revoked or wrong; insufficient_scope allows too little.',
  schemes: 'Kinds of token that the server would take.',
  scope: 'What the token would have to allow.',
  'openid-configuration': 'Where a client finds out how to get a token.',
}

function refusalParts(text: string): { parts: Part[]; meanings: Meaning[] } | null {
  if (!text.startsWith('{')) return null
  const fields = [...text.matchAll(/"([\w-]{1,40})"\s*:\s*"([^"\\]{0,300})"/g)].slice(0, 12)
  if (fields.length === 0) return null
  return {
    parts: fields.map(([, name = '', value = '']) => ({
      text: `${name}: ${value}`,
      label: 'refusal',
      look: 'text',
    })),
    meanings: fields.flatMap(([, name = '']) => {
      const words = Object.hasOwn(errorFields, name) ? errorFields[name] : undefined
      return words === undefined ? [] : [{ part: name, words }]
    }),
  }
}

/** The last question of SCRAM, whose proof is masked: with it a weak password could be guessed. */
export function proofParts(
  event: EventOf<'reply'>,
  step: AuthStep | undefined,
): { parts: Part[]; meanings: Meaning[] } | null {
  const masked = event.raw.startsWith('334') && (event.masked?.length ?? 0) > 0
  if (!masked || step?.mechanism.startsWith('SCRAM-') !== true || step.answers < 2) return null
  const [label, words] = challengeFields['v']!
  return { parts: [{ text: `v=${bullets}`, label, look: 'secret' }], meanings: [{ part: 'v=', words }] }
}

const printable = (text: string): boolean => /^[\t\n\r\x20-\x7e\u0080-\u00ff]*$/.test(text)

/** The question of a 334, decoded; null where it is masked, empty or no base64. */
export function decodedChallenge(event: EventOf<'reply'>): string | null {
  if ((event.masked?.length ?? 0) > 0) return null
  const coded = /^334[ \t]+([A-Za-z0-9+/=]{1,16000})[ \t]*\r?\n?$/.exec(event.raw)?.[1]
  const bytes = coded === undefined ? null : fromBase64(coded)
  if (bytes === null || bytes.length === 0) return null
  const text = toByteString(bytes)
  return printable(text) ? shownText(text) : null
}

/** The parts of a question, by mechanism. */
export function challengeParts(
  text: string,
  step: AuthStep | undefined,
): { parts: Part[]; meanings: Meaning[] } {
  const whole = (label: string, words: string) => ({ parts: [{ text, label, look: 'text' as const }], meanings: words ? [{ part: 'base64', words }] : [] }) // prettier-ignore
  if (step?.mechanism === 'CRAM-MD5') return whole('challenge, decoded', 'Different each time, so that an answer heard once is of no use.') // prettier-ignore
  if (step?.mechanism === 'XOAUTH2' || step?.mechanism === 'OAUTHBEARER') {
    const refusal = refusalParts(text)
    if (refusal !== null) return refusal
  }
  if (!step?.mechanism.startsWith('SCRAM-')) return whole('question, decoded', '')
  const fields = text.split(',').slice(0, 12)
  return {
    parts: fields.map((field) => ({ text: field, label: challengeFields[field.charAt(0)]?.[0] ?? 'field', look: 'text' })), // prettier-ignore
    meanings: fields.flatMap((field) => {
      const known = challengeFields[field.charAt(0)]
      return known ? [{ part: `${field.charAt(0)}=`, words: known[1] }] : []
    }),
  }
}
