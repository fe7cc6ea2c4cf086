/**
 * Owns: what a person types to search the Inbox, as terms. Pure; the engine carries the terms out, the page says the
 * problems while one types. Words find beginnings of words, "quoted words" a phrase, a minus what must not be there.
 */

/** Columns of the index that words look in. */
export const wordFields = ['from', 'to', 'subject', 'body'] as const
export type WordField = (typeof wordFields)[number] | 'any'

export const states = [
  'unread', 'read', 'starred', 'kept', 'refused', 'broken', 'idle', 'sealed', 'clear',
] as const // prettier-ignore
export type BoxState = (typeof states)[number]

export type QueryTerm = { not: boolean } & (
  | { kind: 'words'; field: WordField; text: string; phrase: boolean }
  | { kind: 'has' }
  | { kind: 'is'; state: BoxState }
  /** Lower case. */
  | { kind: 'tag' | 'user'; value: string }
  | { kind: 'port'; port: number }
  /** ISO 8601 in UTC; `after` includes it, `before` does not. */
  | { kind: 'before' | 'after'; moment: string }
  | { kind: 'larger' | 'smaller'; octets: number }
)

export type ParsedQuery = { ok: true; terms: QueryTerm[] } | { ok: false; problems: string[] }

/** Every prefix with what stands behind it, for help and for completion. */
export const prefixes: readonly { prefix: string; example: string; meaning: string }[] = [
  { prefix: 'from:', example: 'from:shop', meaning: 'sender, in the header or the envelope' },
  { prefix: 'to:', example: 'to:ines', meaning: 'recipient, in the header or the envelope' },
  { prefix: 'subject:', example: 'subject:"order 10294"', meaning: 'subject' },
  { prefix: 'body:', example: 'body:parcel', meaning: 'text and names of attachments' },
  { prefix: 'has:', example: 'has:attachment', meaning: 'with an attachment' },
  { prefix: 'is:', example: 'is:unread', meaning: `state: ${states.join(', ')}` },
  {
    prefix: 'tag:',
    example: 'tag:signup',
    meaning: 'the +suffix of a recipient, or a field that holds tags',
  },
  { prefix: 'port:', example: 'port:2587', meaning: 'port that took it' },
  { prefix: 'user:', example: 'user:shop-worker', meaning: 'who had signed in' },
  { prefix: 'after:', example: 'after:2h', meaning: 'a day, a moment, or minutes, hours, days back' },
  { prefix: 'before:', example: 'before:2026-03-04', meaning: 'the same, and older' },
  { prefix: 'larger:', example: 'larger:1M', meaning: 'octets, with K, M or G' },
  { prefix: 'smaller:', example: 'smaller:10K', meaning: 'octets, with K, M or G' },
]

export const longestQuery = 500
const mostTerms = 30

interface Token {
  not: boolean
  field: string
  value: string
  quoted: boolean
}

/** Cuts at blanks outside quotes; a quote that never ends goes to the end of the text. */
function tokens(text: string): Token[] {
  const found: Token[] = []
  for (let at = 0; at < text.length && found.length <= mostTerms;) {
    if (/\s/u.test(text[at]!)) {
      at++
      continue
    }
    const not = text[at] === '-' && at + 1 < text.length && !/\s/u.test(text[at + 1]!)
    if (not) at++
    const head = /^([a-z]{1,20}):(?!\/\/)/iu.exec(text.slice(at, at + 24))
    const field = head?.[1]?.toLowerCase() ?? ''
    if (head) at += head[0].length
    const quoted = text[at] === '"'
    const end = quoted ? endOfQuote(text, at + 1) : endOfWord(text, at)
    found.push({ not, field, value: text.slice(quoted ? at + 1 : at, end), quoted })
    at = quoted ? end + 1 : end
  }
  return found
}

function endOfQuote(text: string, from: number): number {
  const found = text.indexOf('"', from)
  return found < 0 ? text.length : found
}

function endOfWord(text: string, from: number): number {
  let at = from
  while (at < text.length && !/\s/u.test(text[at]!)) at++
  return at
}

type Read = { term: QueryTerm } | { problem: string }

const units: Record<string, number> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }

function readSize(kind: 'larger' | 'smaller', { not, value }: Token): Read {
  const found = /^(\d{1,12})([kmg]?)b?$/iu.exec(value)
  if (found === null)
    return {
      problem: `${kind}:${value} is no size; write a number of octets, as ${kind}:500K or ${kind}:2M.`,
    }
  return { term: { kind, not, octets: Number(found[1]) * units[found[2]!.toLowerCase()]! } }
}

const ago: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 }

/** A day or a moment by the person's own clock, or a while before `now`. */
function readMoment(kind: 'before' | 'after', { not, value }: Token, now: Date): Read {
  const problem = `${kind}:${value} is no day; write ${kind}:2026-03-04, ${kind}:2026-03-04T10:30, or ${kind}:2h for two hours ago.`
  const back = /^(\d{1,5})([mhd])$/iu.exec(value)
  if (back !== null) {
    const moment = new Date(now.getTime() - Number(back[1]) * ago[back[2]!.toLowerCase()]!)
    return { term: { kind, not, moment: moment.toISOString() } }
  }
  const found = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?$/iu.exec(value)
  if (found === null) return { problem }
  const [year, month, day, hour, minute] = found.slice(1).map((part) => Number(part ?? 0))
  const moment = new Date(year!, month! - 1, day, hour, minute)
  // The 31st of June rolls over into July.
  if (moment.getMonth() !== month! - 1 || moment.getDate() !== day || hour! > 23 || minute! > 59)
    return { problem }
  return { term: { kind, not, moment: moment.toISOString() } }
}

function readState({ not, value }: Token): Read {
  const state = states.find((known) => known === value.toLowerCase())
  if (state !== undefined) return { term: { kind: 'is', not, state } }
  return { problem: `is:${value} is no state; write one of ${states.join(', ')}.` }
}

function readPort({ not, value }: Token): Read {
  const port = /^\d{1,5}$/u.test(value) ? Number(value) : -1
  if (port >= 0 && port <= 65_535) return { term: { kind: 'port', not, port } }
  return { problem: `port:${value} is no port; write a number from 0 to 65535, as port:2525.` }
}

function readWords(field: WordField, { not, value, quoted }: Token): Read {
  if (!/[\p{L}\p{N}]/u.test(value))
    return { problem: `${JSON.stringify(value)} has nothing to look for; write a letter or a digit.` }
  return { term: { kind: 'words', field, not, text: value, phrase: quoted } }
}

function read(token: Token, now: Date): Read {
  const { field, value, not } = token
  if (field === '') return readWords('any', token)
  if (value === '') return { problem: `${field}: has nothing behind it; ${exampleOf(field)}.` }
  const words = wordFields.find((known) => known === field)
  if (words !== undefined) return readWords(words, token)
  switch (field) {
    case 'has':
      return /^attachments?$/iu.test(value)
        ? { term: { kind: 'has', not } }
        : { problem: `has:${value} is not known; write has:attachment.` }
    case 'is':
      return readState(token)
    case 'tag':
    case 'user':
      return { term: { kind: field, not, value: value.toLowerCase() } }
    case 'port':
      return readPort(token)
    case 'before':
    case 'after':
      return readMoment(field, token, now)
    case 'larger':
    case 'smaller':
      return readSize(field, token)
    default:
      return { problem: `${field}: is no field; ${exampleOf(field)}.` }
  }
}

function exampleOf(field: string): string {
  const known = prefixes.find(({ prefix }) => prefix === `${field}:`)
  if (known) return `write it as ${known.example}`
  return `write ${prefixes.map(({ prefix }) => prefix).join(' ')} or put the words in quotes`
}

/** Every problem is one sentence that names what was typed and what would be right. An empty text has no terms. */
export function parseQuery(text: string, now: Date = new Date()): ParsedQuery {
  if (text.length > longestQuery)
    return {
      ok: false,
      problems: [`The search has ${text.length} characters; ${longestQuery} are the most.`],
    }
  const found = tokens(text)
  if (found.length > mostTerms)
    return { ok: false, problems: [`The search has more than ${mostTerms} terms; write fewer.`] }
  const results = found.map((token) => read(token, now))
  const problems = results.flatMap((result) => ('problem' in result ? [result.problem] : []))
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, terms: results.flatMap((result) => ('term' in result ? [result.term] : [])) }
}
