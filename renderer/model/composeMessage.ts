/** Owns: the part of the Send form that is the message, its envelope and what is asked of the transport, as a request. */
import { toBase64, utf8 } from '#shared/bytes/bytes.ts'
import type { DialogueRequest, FieldProblem } from '#shared/rpc/contract/dialogue.ts'
import type { Attachment } from '#shared/rpc/contract/message.ts'
import { parseAddressList, type NamedAddress } from '#shared/smtp/grammar/addressList.ts'
import type { Draft } from './compose.ts'
import type { FormSecrets } from './composeTarget.ts'

export type ComposedMessage = NonNullable<DialogueRequest['message']>

/** Files of the form with their octets read. */
export interface FormFiles {
  attachments: readonly Attachment[]
  /** Octets of a message that goes as it is, base64; null to compose one. */
  raw: string | null
}
export const noFiles: FormFiles = { attachments: [], raw: null }

/** Name and address as a header field takes them; quotes and backslashes in a name are escaped (RFC 5322 §3.2.4). */
const asTyped = ({ name, address }: NamedAddress): string =>
  name === '' ? address : `"${name.replace(/["\\]/g, '\\$&')}" <${address}>`

type ListField = 'message.to' | 'message.cc' | 'message.bcc' | 'message.replyTo' | 'envelopeTo'

/** With templates `{{name}}` may stand for an address: then the engine alone can judge the list. */
function readList(field: ListField, typed: string, problems: FieldProblem[], templates: boolean): string[] {
  if (templates && typed.includes('{{')) return [typed.trim()]
  const list = parseAddressList(typed)
  if (list.ok) return list.addresses.map(asTyped)
  problems.push(...list.problems.map((message) => ({ field, value: typed, message })))
  return []
}

/** Pasted text as it goes on the wire: lines end with CRLF (RFC 5321 §2.3.8). */
export const rawOfText = (text: string): string => toBase64(utf8(text.replace(/\r?\n/g, '\r\n')))

function dateOf({ dateMode, date }: Draft, problems: FieldProblem[]): { date?: string } {
  if (dateMode === 'now') return {}
  if (dateMode === 'none') return { date: 'none' }
  const at = Date.parse(date.trim())
  if (!Number.isNaN(at)) return { date: new Date(at).toISOString() }
  problems.push({
    field: 'message.date',
    value: date,
    message: `“${date.trim().slice(0, 40)}” is not a date. Write one as 2026-03-04T10:42 or Wed, 4 Mar 2026 10:42 +0100.`,
  })
  return {}
}

function messageIdOf({ messageIdMode, messageId }: Draft): { messageId?: string } {
  if (messageIdMode === 'make') return {}
  return { messageId: messageIdMode === 'none' ? 'none' : messageId.trim() }
}

function dkimOf({ dkimOn, dkimDomain, dkimSelector }: Draft, { dkimKey }: FormSecrets) {
  if (!dkimOn) return {}
  return { dkim: { domain: dkimDomain.trim(), selector: dkimSelector.trim(), privateKey: dkimKey } }
}

/** A row that nothing was typed into is no variable. */
const variablesOf = ({ variables }: Draft): Record<string, string> =>
  Object.fromEntries(
    variables
      .filter(({ name, value }) => name !== '' || value !== '')
      .map(({ name, value }) => [name.trim(), value]),
  )

/** The message, and what the page can tell is wrong with it. */
export function messageOf(
  draft: Draft,
  files: FormFiles,
  secrets: FormSecrets,
): { message: ComposedMessage; problems: FieldProblem[] } {
  const problems: FieldProblem[] = []
  const list = (field: ListField, typed: string, shown = true) =>
    shown ? readList(field, typed, problems, draft.variablesOn) : []
  const { charset, encoding, html } = draft
  const message: ComposedMessage = {
    from: draft.from.trim(),
    to: list('message.to', draft.to),
    cc: list('message.cc', draft.cc, draft.ccShown),
    bcc: list('message.bcc', draft.bcc, draft.bccShown),
    replyTo: list('message.replyTo', draft.replyTo, draft.replyToShown),
    subject: draft.subject,
    text: draft.text,
    ...(html.trim() === '' ? {} : { html }),
    attachments: [...files.attachments],
    headers: draft.headers.map(({ name, value }) => ({ name, value })),
    ...(files.raw === null ? {} : { raw: files.raw }),
    ...dateOf(draft, problems),
    ...messageIdOf(draft),
    ...(charset === 'utf-8' ? {} : { charset }),
    ...(encoding === 'auto' ? {} : { encoding }),
    ...(draft.variablesOn ? { variables: variablesOf(draft) } : {}),
    ...dkimOf(draft, secrets),
  }
  return { message, problems }
}

/** The envelope where it differs from the header fields; an empty sender is the null reverse-path (RFC 5321 §4.5.5). */
export function envelopeOf(
  { envelopeShown, envelopeFrom, envelopeTo, variablesOn }: Draft,
  problems: FieldProblem[],
): Pick<DialogueRequest, 'envelopeFrom' | 'envelopeTo'> {
  if (!envelopeShown) return {}
  const to = readList('envelopeTo', envelopeTo, problems, variablesOn)
  const from = envelopeFrom.trim()
  return {
    ...(from === '' ? {} : { envelopeFrom: from === '<>' ? '' : from }),
    ...(to.length === 0 ? {} : { envelopeTo: to }),
  }
}
