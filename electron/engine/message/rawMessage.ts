/**
 * Owns: a message that is sent as it is. Nothing in it is changed, line ends included; what a server may take amiss is
 * said. Its envelope is read from its header fields where none is given.
 */
import PostalMime, { type Address } from 'postal-mime'
import type { Message } from '#shared/rpc/contract/message.ts'
import { octetsInWords } from '#shared/transcript/measure.ts'
import { headLimit } from './parse.ts'
import { type Checked, refuse } from './problems.ts'
import { readResent } from './resent.ts'
import { headerEnd } from './source.ts'
import { lineProblems, surveyMessage } from './survey.ts'

/** Octets. */
export const maxRaw = 96 << 20

export interface RawMessage {
  bytes: Uint8Array
  /** Mailboxes of its header fields, as they stand there. */
  from: string[]
  to: string[]
  remarks: string[]
}

export async function readRaw(
  raw: string,
  message: Pick<Message, 'from' | 'to' | 'cc' | 'bcc'>,
): Promise<Checked<RawMessage>> {
  if (raw.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/u.test(raw))
    return refuse(
      'message.raw',
      raw,
      'is not base64; give the octets of the whole message in base64 (RFC 4648 §4).',
    )
  if ((raw.length / 4) * 3 > maxRaw + 3)
    return refuse('message.raw', '', `has more than ${octetsInWords(maxRaw)}; shorten the message.`)
  const buffer = Buffer.from(raw, 'base64')
  const bytes = new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length)
  const head = await readHead(bytes)
  const remarks = lineRemarks(bytes)
  if (head.hasBcc)
    remarks.push('It has a Bcc field, which everyone who gets it can read; a raw message is sent as it is.')
  const given = [...message.to, ...message.cc, ...message.bcc]
  if (given.length === 0 && head.to.length > 0)
    remarks.push(
      head.resent
        ? 'The recipients are those of its Resent-To, Resent-Cc and Resent-Bcc fields: it was sent on (RFC 5322 §3.6.6).'
        : 'The recipients are those of its To, Cc and Bcc fields.',
    )
  return { ok: true, value: { bytes, from: head.from, to: head.to, remarks } }
}

function lineRemarks(bytes: Uint8Array): string[] {
  const remarks = lineProblems(surveyMessage(bytes, Number.POSITIVE_INFINITY)).map(
    (words) => `${words}; it is sent as it is.`,
  )
  if (bytes.length > 0 && !(bytes.at(-2) === 0x0d && bytes.at(-1) === 0x0a))
    remarks.push(
      'Its last line has no CRLF; one is added before the dot that ends the data (RFC 5321 §4.1.1.4).',
    )
  return remarks
}

interface Head {
  from: string[]
  to: string[]
  hasBcc: boolean
  /** The addresses are those of who sent the message on. */
  resent: boolean
}

async function readHead(bytes: Uint8Array): Promise<Head> {
  const head = bytes.subarray(0, Math.min(headerEnd(bytes), headLimit))
  try {
    const email = await PostalMime.parse(head, { maxHeadersSize: headLimit * 2 })
    const sender = email.from ?? email.sender
    const resent = readResent(email.headers)
    const first =
      resent === null || resent.from.length === 0 ? (sender === undefined ? [] : [sender]) : resent.from
    return {
      from: mailboxes(first),
      to: mailboxes(resent?.to ?? [...(email.to ?? []), ...(email.cc ?? []), ...(email.bcc ?? [])]),
      hasBcc: email.headers.some(({ key }) => key === 'bcc') || resent?.hasBcc === true,
      resent: resent !== null,
    }
  } catch {
    // Whatever it is, it can be sent with an envelope that is given.
    return { from: [], to: [], hasBcc: false, resent: false }
  }
}

/** Members of groups stand for themselves. */
const mailboxes = (addresses: readonly Address[]): string[] =>
  addresses.flatMap((entry) => (entry.group ?? [entry]).flatMap(({ address }) => (address ? [address] : [])))
