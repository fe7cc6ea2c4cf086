/**
 * Owns: what a reply code means, whole and by its digits (RFC 5321 §4.2). A code that nobody defined is explained by
 * its digits and said to be unknown, as a client has to treat it (§4.2.1).
 */
import { permanentReplies } from './permanentReplies.ts'
import { positiveReplies } from './positiveReplies.ts'
import { transientReplies } from './transientReplies.ts'
import type { Moment, Reference, ReplyCode } from './types.ts'

export const replyCodes: readonly ReplyCode[] = [...positiveReplies, ...transientReplies, ...permanentReplies]

const byCode: ReadonlyMap<number, ReplyCode> = new Map(replyCodes.map((row) => [row.code, row]))

interface DigitWords {
  readonly words: string
  readonly next: string
}

/** RFC 5321 §4.2.1. */
export const firstDigits: Readonly<Record<'2' | '3' | '4' | '5', DigitWords>> = {
  2: { words: 'Done. The command worked.', next: 'A good client goes on.' },
  3: {
    words: 'Good so far. The server waits for more.',
    next: 'A good client sends what the server waits for.',
  },
  4: {
    words: 'Not now. The same may work later.',
    next: 'A good client keeps the message and tries again later.',
  },
  5: {
    words: 'No. The same will fail again.',
    next: 'A good client does not repeat it, and tells the sender.',
  },
}

/** RFC 5321 §4.2.1. 3 and 4 are left open there; RFC 4954 gave 235, 334 and 535 their meaning. */
export const secondDigits: Readonly<Record<'0' | '1' | '2' | '5', string>> = {
  0: 'About the syntax, or a command that is not known.',
  1: 'An information for a person.',
  2: 'About the connection itself.',
  5: 'About the mail system: sender, recipient or message.',
}

const at = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined

export interface CodeMeaning {
  code: number
  known: boolean
  name: string
  words: string
  next: string
  reference: Reference
  /** As `2xx` and `x5x`: the digits that mean something. */
  digits: { digit: string; words: string }[]
}

function digitsOf(code: number): CodeMeaning['digits'] {
  const [first = '', second = ''] = String(code)
  const digits = [
    { digit: `${first}xx`, words: at(firstDigits, first)?.words ?? 'A class that SMTP does not use.' },
  ]
  const words = at(secondDigits, second)
  if (words !== undefined) digits.push({ digit: `x${second}x`, words })
  return digits
}

/** `code` from 100 to 999; `moment` is what the reply answers, where that is known. */
export function explainReplyCode(code: number, moment?: Moment): CodeMeaning {
  const row = byCode.get(code)
  const digits = digitsOf(code)
  if (row) {
    const { name, words, next, reference } = row
    return { code, known: true, name, words, next, reference, digits, ...(moment ? row.at?.[moment] : {}) }
  }
  const first = at(firstDigits, String(code).slice(0, 1))
  const words = first
    ? `No RFC that we know defines ${code}. A client goes by its first digit: ${lowered(first.words)}`
    : `${code} is no reply code of SMTP: the first digit is 2, 3, 4 or 5.`
  const next = first?.next ?? 'A good client treats it as a failure and hangs up.'
  return { code, known: false, name: 'Unknown code', words, next, reference: 'RFC 5321 §4.2.1', digits }
}

const lowered = (words: string): string => words.slice(0, 1).toLowerCase() + words.slice(1)
