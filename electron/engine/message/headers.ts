/**
 * Owns: header fields that a person adds (RFC 5322 §2.2, §3.6.8). A line break in one would begin a field of its own or
 * end the header section (header injection), so it is refused by name; so is a field that another field of the form
 * writes, because it would stand twice.
 */
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import type { HeaderField } from '#shared/rpc/contract/message.ts'
import { hasControl, oneLine, problemOf } from './problems.ts'

const maxFields = 500
/** Characters of one value: folding and encoding cost time. */
export const longestValue = 64 << 10
/** Octets of a line (RFC 5322 §2.1.1). */
export const longestLine = 998

const written: Record<string, string> = {
  from: 'is written from the sender; set it there',
  to: 'is written from the recipients; set it there',
  cc: 'is written from the Cc recipients; set it there',
  bcc: 'would be read by everyone who gets the message; write the addresses into Bcc, which stays in the envelope',
  'reply-to': 'is written from Reply-To; set it there',
  subject: 'is written from the subject; set it there',
  date: 'is written from the date; set it there',
  'message-id': 'is written from the Message-ID; set it there',
}
const structure =
  'tells how the message is built, which is done here; send a raw message to write it yourself'
for (const name of ['mime-version', 'content-type', 'content-transfer-encoding', 'content-disposition'])
  written[name] = structure

/** Why a name cannot be given by hand, or null. */
export function nameProblem(name: string): string | null {
  if (name === '') return 'is empty; write a name such as X-Test'
  // ftext: printable ASCII without the colon (RFC 5322 §3.6.8).
  if (!/^[!-9;-~]+$/u.test(name))
    return 'is not a field name; use printable ASCII without spaces and without the colon, as X-Test'
  if (name.length > 76) return 'has more than 76 characters; shorten it'
  const known = Object.hasOwn(written, name.toLowerCase()) ? written[name.toLowerCase()] : undefined
  return known ?? null
}

export const tooLong = (value: string): string =>
  `has ${value.length} characters; ${longestValue} are the most.`

export function checkHeaders(headers: readonly HeaderField[]): FieldProblem[] {
  if (headers.length > maxFields)
    return [problemOf('message.headers', String(headers.length), `are too many; ${maxFields} are the most.`)]
  return headers.flatMap(({ name, value }, i) => {
    const found: FieldProblem[] = []
    const wrong = nameProblem(name)
    if (wrong !== null) found.push(problemOf(`message.headers[${i}].name`, name, `${wrong}.`))
    if (hasControl(value)) found.push(problemOf(`message.headers[${i}].value`, value, `${oneLine}.`))
    else if (value.length > longestValue)
      found.push(problemOf(`message.headers[${i}].value`, value, tooLong(value)))
    else if (value.trim() === '')
      found.push(
        problemOf(`message.headers[${i}].value`, value, 'is empty; write a value, or leave the field out.'),
      )
    return found
  })
}

/** Fields of a composed header section with a line that cannot be folded (RFC 5322 §2.1.1), as name and octets. */
export function longFields(head: Uint8Array): { name: string; octets: number }[] {
  const found: { name: string; octets: number }[] = []
  let name = ''
  for (let at = 0; at < head.length;) {
    const lf = head.indexOf(0x0a, at)
    const end = lf < 0 ? head.length : lf
    const octets = end - at - (end > at && head[end - 1] === 0x0d ? 1 : 0)
    if (head[at] !== 0x20 && head[at] !== 0x09) {
      const colon = head.subarray(at, Math.min(end, at + 80)).indexOf(0x3a)
      name = Buffer.from(head.subarray(at, at + Math.max(0, colon))).toString('latin1')
    }
    if (octets > longestLine) found.push({ name, octets })
    at = end + 1
  }
  return found
}
