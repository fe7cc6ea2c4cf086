/** Owns: how programs and documents mark who says a line, and what they write before it. */

export interface Marks {
  name: string
  /** Group 1: the line itself. */
  client: RegExp
  server: RegExp
  /** The program's own words. */
  beside?: RegExp
  /** Lines of a longer reply follow without a mark. */
  bare?: boolean
  /** The line is written as a Python literal. */
  literal?: boolean
}

/** Time and log level in front: `[2026-11-22 10:00:00] DEBUG`, `10:42:07.120`, `2026-11-22T10:00:00.123Z INFO`. */
const lead =
  /^(?:\[?(?:\d{4}-\d\d-\d\d[T ])?\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:AM|PM))?(?:Z|[+-]\d\d:?\d\d)?\]?[ \t]{1,8}(?:- )?)?(?:\[?(?:TRACE|DEBUG|INFO|VERBOSE|WARN|WARNING|ERROR)\]?:?[ \t]{1,8})?(?:\[#?[\w-]{1,60}\][ \t]{1,4})?(?:DEBUG:? )?(?:smtp(?:lib)?[:>] )?/i

/** In this order: the first that fits most lines wins. */
export const marks: readonly Marks[] = [
  // RFCs, nodemailer, aiosmtplib, and people.
  { name: 'C: and S:', client: /^[ \t]{0,12}(?:C|CLIENT|client):[ \t]?(.*)$/is, server: /^[ \t]{0,12}(?:S|SERVER|server):[ \t]?(.*)$/is, bare: true },
  // PHPMailer.
  { name: 'CLIENT -> SERVER', client: /^CLIENT -> SERVER:[ \t]?(.*)$/s, server: /^SERVER -> CLIENT:[ \t]?(.*)$/s, bare: true },
  { name: 'send and receive', client: /^(?:SENT|SEND|Sent|Sending|-->|>>>?|out):?[ \t](.*)$/s, server: /^(?:RECEIVED|RECV|Received|Receiving|Read|<--|<<<?|in):?[ \t](.*)$/s, bare: true },
  // Python's smtplib with set_debuglevel.
  { name: 'smtplib', client: /^send: (.*)$/s, server: /^reply: (b?['"].*)$/s, beside: /^(?:connect|reply: retcode|data):? /, literal: true },
  // curl -v, and msmtp with --debug (`-->` and `<--` above).
  { name: 'curl', client: /^> (.*)$/s, server: /^< (.*)$/s, beside: /^(?:\*|[{}] \[|\s{0,4}%|\s{0,4}\d{1,3} )/, bare: false },
] // prettier-ignore

export const withoutLead = (text: string): string => text.replace(lead, '')

const stamp = /(?:(\d{4}-\d\d-\d\d)[T ])?(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,6}))?/

/** Milliseconds since the day or the era began, when a time stands in front. */
export function timeIn(text: string): { ms: number; dated: boolean; fine: boolean } | null {
  const before = lead.exec(text)?.[0] ?? ''
  const [, date, hours, minutes, seconds, fraction] = stamp.exec(before) ?? []
  if (hours === undefined) return null
  const day = date === undefined ? 0 : Date.parse(`${date}T00:00:00Z`)
  const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(`0.${fraction ?? 0}`) * 1000 // prettier-ignore
  return Number.isNaN(day) ? null : { ms: day + ms, dated: date !== undefined, fine: fraction !== undefined }
}

/** The lines of a Python literal `b'250-a\r\n250 b\r\n'`; null when it is none. */
export function literalLines(text: string): string[] | null {
  const inner = /^b?(['"])(.*)\1$/s.exec(text)?.[2]
  if (inner === undefined) return null
  const plain = inner.replace(/\\(?:x([0-9a-f]{2})|(.))/gi, (_, hex: string | undefined, one: string) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
    return escapes[one] ?? one
  })
  const lines = plain.split(/\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  return lines
}
const escapes: Record<string, string> = { r: '\r', n: '\n', t: '\t', '0': '\0' }
