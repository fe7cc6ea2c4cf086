/**
 * Owns: from a message as a form describes it to one that can be composed: variables put in, addresses, fields, files,
 * charset and key judged. All problems are found at once, each with its field and value; then nothing is sent.
 */
import { domainToASCII } from 'node:url'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import type { HeaderField, Message } from '#shared/rpc/contract/message.ts'
import { parseMailbox } from '#shared/smtp/grammar/mailbox.ts'
import { type NamedAddress, readMailbox, readMailboxes } from './addresses.ts'
import { type FilePart, readAttachments } from './attachments.ts'
import { readDate, readMessageId } from './date.ts'
import { readSigner, type Signer } from './dkim.ts'
import { bare, type Envelope, type GivenEnvelope, readEnvelope } from './envelope.ts'
import { holdsEncodedWord } from './fieldText.ts'
import { checkHeaders, longestValue, tooLong } from './headers.ts'
import { type Checked, hasControl, oneLine, problemOf } from './problems.ts'
import { readRaw } from './rawMessage.ts'
import { expandMessage } from './template.ts'
import { readTexts, type TextPart } from './texts.ts'

export interface PrepareOptions extends GivenEnvelope {
  date: Date
  /** Differs in each message; also the left side of a Message-ID that is made. */
  uuid: string
  /** Number of the message in its run; 1 when absent. */
  n?: number | undefined
}

export interface Form {
  from: NamedAddress
  to: NamedAddress[]
  cc: NamedAddress[]
  replyTo: NamedAddress[]
  subject: string
  headers: HeaderField[]
  /** Value of the field; null: without it. */
  date: string | null
  messageId: string | null
  texts: TextPart[]
  files: FilePart[]
}

export interface Prepared {
  content: { kind: 'form'; form: Form } | { kind: 'raw'; bytes: Uint8Array }
  envelope: Envelope
  signer?: Signer
  remarks: string[]
}

/** Never throws for bad input. */
export async function prepareMessage(typed: Message, options: PrepareOptions): Promise<Checked<Prepared>> {
  const problems: FieldProblem[] = []
  const context = { n: options.n ?? 1, date: options.date, uuid: options.uuid }
  const message = expandMessage(typed, context, problems)
  const signer = message.dkim && readSigner(message.dkim)
  if (signer && !signer.ok) problems.push(...signer.problems)
  const prepared =
    message.raw === undefined
      ? readForm(message, options, problems)
      : await readAsItIs(message.raw, message, options, problems)
  if (problems.length > 0 || prepared === null) return { ok: false, problems }
  return { ok: true, value: { ...prepared, ...(signer?.ok ? { signer: signer.value } : {}) } }
}

function readForm(message: Message, options: PrepareOptions, problems: FieldProblem[]): Prepared | null {
  const remarks: string[] = []
  const from = readMailbox('message.from', message.from, problems)
  const list = (field: 'to' | 'cc' | 'bcc' | 'replyTo'): NamedAddress[] =>
    readMailboxes(`message.${field}`, message[field], problems)
  const [to, cc, bcc, replyTo] = [list('to'), list('cc'), list('bcc'), list('replyTo')]
  const envelope = readEnvelope(options, from?.address ?? null, bare([...to, ...cc, ...bcc]), problems)
  if (hasControl(message.subject)) problems.push(problemOf('message.subject', message.subject, `${oneLine}.`))
  else if (message.subject.length > longestValue)
    problems.push(problemOf('message.subject', message.subject, tooLong(message.subject)))
  problems.push(...checkHeaders(message.headers))
  const made = `<${options.uuid}@${idDomain(from?.address ?? '')}>`
  const form = {
    to,
    cc,
    replyTo,
    subject: message.subject,
    headers: message.headers,
    date: readDate(message.date, options.date, problems),
    messageId: readMessageId(message.messageId, made, problems),
    texts: readTexts(message, problems),
    files: readAttachments(message.attachments, problems, remarks),
  }
  if (holdsEncodedWord(message.subject))
    remarks.push('The subject looks like an encoded word. Readers show it as it is typed (RFC 2047); a raw message carries it as one.') // prettier-ignore
  if (form.date === null) remarks.push('It has no Date field, which RFC 5322 §3.6 requires.')
  for (const { name, value } of message.headers)
    if (holdsEncodedWord(value))
      remarks.push(`${name} holds an encoded word: readers show what it stands for (RFC 2047).`)
  return from && { content: { kind: 'form', form: { ...form, from } }, envelope, remarks }
}

async function readAsItIs(
  raw: string,
  message: Message,
  options: PrepareOptions,
  problems: FieldProblem[],
): Promise<Prepared | null> {
  const read = await readRaw(raw, message)
  if (!read.ok) {
    problems.push(...read.problems)
    return null
  }
  const { bytes, remarks } = read.value
  const from =
    message.from.trim() === ''
      ? firstOf(read.value.from)
      : readMailbox('message.from', message.from, problems)?.address
  const given = (['to', 'cc', 'bcc'] as const).flatMap((field) =>
    readMailboxes(`message.${field}`, message[field], problems),
  )
  const named = message.to.length + message.cc.length + message.bcc.length
  const inside: FieldProblem[] = []
  const to =
    named > 0 || options.envelopeTo !== undefined
      ? given
      : readMailboxes('message.raw', read.value.to, inside)
  problems.push(...inside.map((problem) => ({ ...problem, field: 'message.raw' })))
  if (from === null && options.envelopeFrom === undefined)
    problems.push(
      problemOf(
        'message.from',
        '',
        'There is no sender: the message has no From field that can be read; give one.',
      ),
    )
  const envelope = readEnvelope(options, from ?? null, bare(to), problems)
  return { content: { kind: 'raw', bytes }, envelope, remarks }
}

const firstOf = (addresses: readonly string[]): string | null =>
  addresses[0] === undefined ? null : (readMailbox('message.raw', addresses[0], [])?.address ?? null)

/** The sender's domain answers for a Message-ID, never this computer's name (RFC 5322 §3.6.4). */
function idDomain(address: string): string {
  const read = parseMailbox(address)
  const domain = read.ok && read.value.literal === undefined ? domainToASCII(read.value.domain) : ''
  return domain === '' ? 'relayscope.invalid' : domain
}
