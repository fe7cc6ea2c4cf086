/**
 * Owns: from the fields of a form to the octets of a message and its envelope. Date and uuid are given in, so the same
 * form makes the same octets. What cannot be composed is refused field by field before anything is sent.
 */
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import type { Message, MessagePart } from '#shared/rpc/contract/message.ts'
import { parseMailbox } from '#shared/smtp/grammar/mailbox.ts'
import { signMessage } from './dkim.ts'
import type { Envelope } from './envelope.ts'
import { longestLine, longFields } from './headers.ts'
import { buildMessage } from './mimeTree.ts'
import { type Form, type Prepared, prepareMessage, type PrepareOptions } from './prepare.ts'
import { problemOf } from './problems.ts'
import { headerEnd } from './source.ts'

export type { Envelope } from './envelope.ts'
export type ComposeOptions = PrepareOptions

export type Composed =
  | {
      ok: true
      /** As it is sent, without dot-stuffing. */
      bytes: Uint8Array
      envelope: Envelope
      /** Absent for a raw message, which is not taken apart to be sent. */
      parts?: MessagePart[]
      /** What a person should know before it goes. */
      remarks: string[]
    }
  | { ok: false; problems: FieldProblem[] }

/** Composes `message`, or takes its `raw` octets as they are, and signs it where asked. Never throws for bad input. */
export async function composeMessage(message: Message, options: ComposeOptions): Promise<Composed> {
  const prepared = await prepareMessage(message, options)
  if (!prepared.ok) return prepared
  const { content, envelope, signer, remarks } = prepared.value
  const plain = content.kind === 'raw' ? content.bytes : await buildMessage(content.form)
  const long = content.kind === 'raw' ? [] : lineProblems(plain)
  if (long.length > 0) return { ok: false, problems: long }
  const parts = content.kind === 'raw' ? {} : { parts: partsOf(content.form) }
  if (signer === undefined) return { ok: true, bytes: plain, envelope, ...parts, remarks }
  const signed = await signMessage(plain, signer, options.date)
  if (!signed.ok) return signed
  return {
    ok: true,
    bytes: signed.value,
    envelope,
    ...parts,
    remarks: [...remarks, ...alignment(prepared.value)],
  }
}

const fieldOf: Record<string, string> = {
  From: 'message.from',
  To: 'message.to',
  Cc: 'message.cc',
  'Reply-To': 'message.replyTo',
  Subject: 'message.subject',
  'Message-ID': 'message.messageId',
}

function lineProblems(bytes: Uint8Array): FieldProblem[] {
  return longFields(bytes.subarray(0, headerEnd(bytes))).map(({ name, octets }) => {
    const message = `makes a line of ${octets} octets that cannot be folded; ${longestLine} are the most (RFC 5322 §2.1.1). Put spaces in, or shorten it.`
    return problemOf(fieldOf[name] ?? 'message.headers', name, message)
  })
}

const partsOf = ({ texts, files }: Form): MessagePart[] => [
  ...texts.map(({ type, encoding, bytes }) => ({ type, encoding, size: bytes.length })),
  ...files.map(({ type, name, encoding, bytes }) => ({ type, name, encoding, size: bytes.length })),
]

/** DMARC wants the signing domain to be the author's, or above it (RFC 7489 §3.1.1). */
function alignment({ content, signer }: Prepared): string[] {
  if (content.kind === 'raw' || signer === undefined) return []
  const read = parseMailbox(content.form.from.address)
  const author = read.ok ? read.value.domain.toLowerCase() : ''
  const domain = signer.domain.toLowerCase()
  if (author === domain || author.endsWith(`.${domain}`)) return []
  return [
    `The signature is of ${domain}, the sender of ${author}: it does not count for DMARC (RFC 7489 §3.1.1).`,
  ]
}
