/**
 * Owns: messages as one mbox file (RFC 4155): each behind a From line, line ends as LF, and lines that would begin
 * another message quoted so that it can be undone (the form called mboxrd).
 */
const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export interface MboxMessage {
  bytes: Uint8Array
  /** Envelope sender; '' for a bounce. */
  mailFrom: string
  /** ISO 8601. */
  receivedAt: string
}

const two = (n: number): string => String(n).padStart(2, '0')

/** As asctime() writes it, in UTC. */
function asctime(iso: string): string {
  const at = new Date(iso)
  const time = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`
  return `${days[at.getUTCDay()]} ${months[at.getUTCMonth()]} ${String(at.getUTCDate()).padStart(2)} ${time} ${at.getUTCFullYear()}`
}

const lf = 0x0a
const cr = 0x0d
const gt = 0x3e
const from = [0x46, 0x72, 0x6f, 0x6d, 0x20]

function isFromLine(bytes: Uint8Array, start: number): boolean {
  let at = start
  while (bytes[at] === gt) at++
  return from.every((octet, place) => bytes[at + place] === octet)
}

const ascii = (text: string): Uint8Array =>
  // A space would end the address, and what is outside ASCII is no part of the line (RFC 4155 appendix A).
  Uint8Array.from(text.split(''), (unit) => (/[!-~]/.test(unit) ? unit.charCodeAt(0) : 0x5f))

/** Octets of one entry: From line, message, empty line. */
export function mboxEntry({ bytes, mailFrom, receivedAt }: MboxMessage): Uint8Array {
  const sender = mailFrom === '' ? 'MAILER-DAEMON' : mailFrom
  const head = [...from, ...ascii(sender), 0x20, ...asctime(receivedAt).split('').map((one) => one.charCodeAt(0)), lf] // prettier-ignore
  let quotes = 0
  for (let at = 0; at < bytes.length; at = nextLine(bytes, at)) if (isFromLine(bytes, at)) quotes++
  const whole = new Uint8Array(head.length + bytes.length + quotes + 2)
  whole.set(head)
  let to = head.length
  for (let at = 0; at < bytes.length;) {
    const next = nextLine(bytes, at)
    if (isFromLine(bytes, at)) whole[to++] = gt
    const crlf = bytes[next - 1] === lf && next - 2 >= at && bytes[next - 2] === cr
    const line = bytes.subarray(at, crlf ? next - 2 : next)
    whole.set(line, to)
    to += line.length
    if (crlf) whole[to++] = lf
    at = next
  }
  if (whole[to - 1] !== lf) whole[to++] = lf
  whole[to++] = lf
  return whole.subarray(0, to)
}

function nextLine(bytes: Uint8Array, start: number): number {
  const end = bytes.indexOf(lf, start)
  return end < 0 ? bytes.length : end + 1
}
