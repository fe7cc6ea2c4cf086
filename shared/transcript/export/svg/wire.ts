/** Owns: one wire line for the drawing: its strong word, the rest, and the tone of a reply. */
import { parseCapabilities } from '../../../smtp/grammar/capabilities.ts'
import type { EventOf } from '../../event.ts'
import { shownLines } from '../../shown.ts'

/** Octets of one line that are looked at: more than any drawing shows. */
const near = 4096

/** Where a secret was cut from view its end may lie beyond what is looked at: ranges are kept, the octets are not. */
const linesOf = (event: EventOf<'line' | 'reply'>): string[] =>
  shownLines(event.raw.slice(0, near), event.masked)

export interface LineWords {
  /** Verb, with the mechanism for AUTH; '' when the line is no command. */
  verb: string
  rest: string
  secret: boolean
}

export function lineWords(event: EventOf<'line'>): LineWords {
  const shown = linesOf(event).join(' ')
  const secret = (event.masked?.length ?? 0) > 0
  if (event.verb === undefined || event.verb === '') return { verb: '', rest: shown, secret }
  const mechanism = /^AUTH [A-Z0-9_-]{1,20}(?= |$)/i.exec(shown)
  const verb = mechanism?.[0] ?? shown.slice(0, event.verb.length)
  return { verb, rest: shown.slice(verb.length).trimStart(), secret }
}

export type Tone = 'good' | 'warn' | 'bad' | 'neutral'

/** By the first digit (RFC 5321 §4.2.1). */
export function toneOf(code: number | undefined): Tone {
  const first = code === undefined ? 5 : Math.floor(code / 100)
  if (first === 4) return 'warn'
  return first === 5 ? 'bad' : first === 2 || first === 3 ? 'good' : 'neutral'
}

export interface ReplyWords {
  code: string
  enhanced: string
  /** Text of each line, without codes. */
  lines: string[]
  tone: Tone
}

export function replyWords(event: EventOf<'reply'>): ReplyWords {
  const shown = linesOf(event)
  const tone = toneOf(event.code)
  if (event.code === undefined) return { code: '', enhanced: '', lines: shown, tone }
  const enhanced = event.enhanced ?? ''
  const lines = shown.map((line) => {
    const words = line.replace(/^\d{3}[- ]?/, '')
    return enhanced !== '' && words.startsWith(enhanced) ? words.slice(enhanced.length).trimStart() : words
  })
  return { code: String(event.code), enhanced, lines, tone }
}

export interface Offer {
  words: string
  /** STARTTLS and AUTH decide how safe the rest is. */
  important: boolean
}

const offersOf = (event: EventOf<'reply'>): Offer[] =>
  parseCapabilities(replyWords(event).lines).capabilities.map(({ keyword, parameters }) => ({
    words: [keyword, ...parameters].join(' '),
    important: keyword === 'STARTTLS' || keyword.startsWith('AUTH'),
  }))

/** What an EHLO reply offers; after an earlier one, what is new in it and how many are as before. */
export function offers(
  event: EventOf<'reply'>,
  before: EventOf<'reply'> | undefined,
): { chips: Offer[]; same: number } {
  const chips = offersOf(event)
  if (before === undefined) return { chips, same: 0 }
  const known = new Set(offersOf(before).map(({ words }) => words))
  const fresh = chips.filter(({ words }) => !known.has(words))
  return { chips: fresh, same: chips.length - fresh.length }
}
