/**
 * Owns: from the fields of a form to the octets of a message (RFC 5322, MIME by nodemailer's MailComposer). Date and
 * Message-ID are given in, so the same form makes the same octets. A field with a line break or another control
 * character is refused by name: it would start a header field of its own (header injection).
 */
import MailComposer from 'nodemailer/lib/mail-composer'
import { fromBase64 } from '#shared/bytes/bytes.ts'
import type { FieldProblem, Message } from '#shared/rpc/contract/dialogue.ts'

export interface ComposeOptions {
  date: Date
  /** With or without angle brackets. */
  messageId: string
}

export type Composed = { ok: true; bytes: Uint8Array } | { ok: false; problems: FieldProblem[] }

/** Composes `message`, or takes its `raw` octets as they are. Never throws for bad input. */
export async function composeMessage(message: Message, options: ComposeOptions): Promise<Composed> {
  if (message.raw !== undefined) return rawMessage(message.raw)
  const problems = fieldProblems(message, options)
  if (problems.length > 0) return { ok: false, problems }
  const composer = new MailComposer({
    from: message.from,
    to: message.to,
    cc: message.cc,
    subject: message.subject,
    text: message.text.toWellFormed().replace(/\r\n|\r|\n/gu, '\r\n'),
    date: options.date,
    messageId: options.messageId,
    newline: '\r\n',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const built = await composer.compile().build()
  return { ok: true, bytes: new Uint8Array(built.buffer, built.byteOffset, built.length) }
}

function rawMessage(raw: string): Composed {
  const bytes = fromBase64(raw)
  if (bytes !== null) return { ok: true, bytes }
  const value = raw.length > 40 ? `${raw.slice(0, 40)}…` : raw
  const message = 'is not base64; give the octets of the whole message in base64 (RFC 4648 §4)'
  return { ok: false, problems: [{ field: 'message.raw', value, message }] }
}

/** Controls, tab apart, and halves of surrogate pairs. */
const unfit = /[\p{Cs}]|(?!\t)\p{Cc}/u

function fieldProblems(message: Message, options: ComposeOptions): FieldProblem[] {
  const fields: [string, string][] = [
    ['message.from', message.from],
    ...message.to.map((value, i): [string, string] => [`message.to[${i}]`, value]),
    ...message.cc.map((value, i): [string, string] => [`message.cc[${i}]`, value]),
    ['message.subject', message.subject],
    ['messageId', options.messageId],
  ]
  const problems = fields
    .filter(([, value]) => unfit.test(value))
    .map(([field, value]) => ({
      field,
      value: JSON.stringify(value.slice(0, 100)),
      message: 'has a line break or another control character; write it on one line',
    }))
  if (message.from.trim() === '') {
    const help = 'is empty; every message names its author, as user@example.com (RFC 5322 §3.6.2)'
    problems.push({ field: 'message.from', value: '', message: help })
  }
  return problems
}
