/**
 * Owns: the Resent fields of a message that a person sends on (RFC 5322 §3.6.6): a new block before everything, the
 * message behind it untouched, so that its signatures stay as they are.
 */
import { headerDate } from '../message/date.ts'

export interface Resent {
  /** A mailbox as it stands in the field. */
  from: string
  to: readonly string[]
  date: Date
  /** With its brackets. */
  messageId: string
}

/** Of several recipients none is named: some may be blind copies, and everyone reads these fields. */
const undisclosed = 'undisclosed-recipients:;'

export function withResent(bytes: Uint8Array, { from, to, date, messageId }: Resent): Uint8Array {
  const [only, ...others] = to
  const block =
    `Resent-Date: ${headerDate(date)}\r\nResent-From: ${from}\r\n` +
    `Resent-To: ${only !== undefined && others.length === 0 ? only : undisclosed}\r\nResent-Message-ID: ${messageId}\r\n`
  const head = Buffer.from(block, 'utf8')
  const whole = new Uint8Array(head.length + bytes.length)
  whole.set(head)
  whole.set(bytes, head.length)
  return whole
}
