/** Owns: Date and Message-ID of a message, given by a person or made here (RFC 5322 §3.3, §3.6.4). */
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import { problemOf } from './problems.ts'

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const iso = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|([+-])(\d\d):?(\d\d))?)?$/u

const two = (n: number): string => String(n).padStart(2, '0')

/** As `Sun, 01 Mar 2026 12:00:00 +0000`. `offset` in minutes east of UTC. */
export function headerDate(date: Date, offset = 0): string {
  const there = new Date(date.getTime() + offset * 60_000)
  const day = `${days[there.getUTCDay()]}, ${two(there.getUTCDate())} ${months[there.getUTCMonth()]} ${there.getUTCFullYear()}`
  const time = `${two(there.getUTCHours())}:${two(there.getUTCMinutes())}:${two(there.getUTCSeconds())}`
  const far = Math.abs(offset)
  return `${day} ${time} ${offset < 0 ? '-' : '+'}${two(Math.floor(far / 60))}${two(far % 60)}`
}

/** The field's value, or null for a message without it. A time without a zone is one in UTC. */
export function readDate(typed: string | undefined, now: Date, problems: FieldProblem[]): string | null {
  if (typed === undefined) return headerDate(now)
  if (typed === 'none') return null
  const match = iso.exec(typed)
  const [, sign, hours, minutes] = match ?? []
  const zoned = /[Z]$|[+-]\d\d:?\d\d$/u.test(typed.slice(10))
  const date = new Date(
    zoned || typed.length === 10 ? typed.replace(' ', 'T') : `${typed.replace(' ', 'T')}Z`,
  )
  const offset = (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0))
  const there = new Date(date.getTime() + offset * 60_000)
  // The runtime reads February 30 as a day in March.
  const real = match !== null && there.getUTCDate() === Number(typed.slice(8, 10))
  // A year before 1900 cannot be written (RFC 5322 §3.3).
  if (real && there.getUTCFullYear() >= 1900 && Math.abs(offset) < 24 * 60) return headerDate(date, offset)
  const help = 'is not a date; write one as 2026-03-01T12:00:00+01:00, or none for a message without Date.'
  problems.push(problemOf('message.date', typed, help))
  return null
}

/** The field's value with its brackets, or null for a message without it. */
export function readMessageId(
  typed: string | undefined,
  made: string,
  problems: FieldProblem[],
): string | null {
  if (typed === 'none') return null
  const id = typed ?? made
  const bare = id.replace(/^<|>$/gu, '')
  // dot-atom-text or a literal without white space (RFC 5322 §3.6.4); the line has to stay below 998 octets.
  if (/^[!-;=?A-Z[-~]+@[!-;=?A-Z[-~]+$/u.test(bare) && bare.length <= 900) return `<${bare}>`
  const help = 'is not a Message-ID; write one as <unique@example.com>, or none for a message without it.'
  problems.push(problemOf('message.messageId', id, help))
  return null
}
