/**
 * Owns: from the octets of a message to what a person reads of it. The octets come from strangers: size, lines, nesting
 * and parts are bounded, nothing throws, and whatever could not be read is said in words.
 */
import PostalMime, { decodeWords, type Email } from 'postal-mime'
import type { MessageDetail } from '#shared/rpc/contract/inbox.ts'
import { octetsInWords } from '#shared/transcript/measure.ts'
import { htmlToText } from './htmlText.ts'
import { headerEnd } from './source.ts'
import { lineProblems, surveyMessage } from './survey.ts'

export type ReadableMessage = Pick<
  MessageDetail,
  'headers' | 'text' | 'textNote' | 'html' | 'parts' | 'problems'
>

/** Larger messages are read as headers only. */
export const parseLimit = 32 << 20
/** Octets of a header section that are read. */
export const headLimit = 256 << 10
/** Characters of text that are given. */
export const textLimit = 1 << 20
const maxParts = 1000
const maxHeaders = 2000
export const parseOptions = {
  maxNestingDepth: 50,
  maxRfc822NestingDepth: 5,
  maxHeadersSize: 1 << 20,
  attachmentEncoding: 'arraybuffer',
} as const

/** Reads a stored message of `total` octets; `read` gives octets [from, from + size). */
export async function readMessage(
  total: number,
  read: (from: number, size: number) => Promise<Uint8Array>,
): Promise<ReadableMessage> {
  if (total <= parseLimit) return parseMessage(await read(0, total))
  const note = `The message has ${octetsInWords(total)}; above ${octetsInWords(parseLimit)} only its headers are read here. The source shows all of it.`
  return headersOnly(await read(0, headLimit), note)
}

export async function parseMessage(bytes: Uint8Array): Promise<ReadableMessage> {
  const survey = surveyMessage(bytes)
  const problems = lineProblems(survey)
  const cut = survey.readTo < bytes.length
  if (cut)
    problems.push(
      `The last ${octetsInWords(bytes.length - survey.readTo)} of ${octetsInWords(bytes.length)} are not read here: it has too many lines.`,
    )
  try {
    const email = await PostalMime.parse(bytes.subarray(0, survey.readTo), parseOptions)
    return readable(email, problems)
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown'
    const only = await headersOnly(
      bytes,
      `The MIME structure could not be read (${why}); only its headers are shown.`,
    )
    return { ...only, problems: [...problems, ...only.problems] }
  }
}

async function headersOnly(bytes: Uint8Array, note: string): Promise<ReadableMessage> {
  const head = bytes.subarray(0, Math.min(headerEnd(bytes), headLimit))
  try {
    const email = await PostalMime.parse(head, parseOptions)
    const { headers, problems } = readable({ ...email, text: '', attachments: [] }, [note])
    return { headers, text: '', textNote: note, html: false, parts: [], problems }
  } catch {
    const problems = [note, 'The headers could not be read either.']
    return { headers: [], text: '', textNote: note, html: false, parts: [], problems }
  }
}

function readable(email: Email, problems: string[]): ReadableMessage {
  const headers = email.headers
    .slice(0, maxHeaders)
    .map(({ originalKey, value }) => ({ name: originalKey, value: decodeWords(value) }))
  if (email.headers.length > maxHeaders)
    problems.push(`${email.headers.length} header fields; the first ${maxHeaders} are shown.`)
  problems.push(...headerProblems(email))
  const { text, note } = bodyText(email)
  return {
    headers,
    text,
    ...(note === undefined ? {} : { textNote: note }),
    html: email.html !== undefined,
    parts: partsOf(email, problems),
    problems,
  }
}

function bodyText(email: Email): { text: string; note?: string } {
  const made = email.text === undefined && email.html !== undefined
  const whole = made ? htmlToText(email.html ?? '') : (email.text ?? '')
  const notes = made ? ['Made from the HTML part.'] : []
  if (whole.length > textLimit) notes.push(`Cut after ${textLimit} characters; the source shows all of it.`)
  const text = whole.slice(0, textLimit).toWellFormed()
  return notes.length > 0 ? { text, note: notes.join(' ') } : { text }
}

/** Bodies first, then attachments. */
function partsOf(email: Email, problems: string[]): ReadableMessage['parts'] {
  const parts = email.attachments
    .slice(0, maxParts)
    .map(({ filename, mimeType, content, rfc822DepthExceeded }) => {
      if (rfc822DepthExceeded)
        problems.push('A message inside a message inside a message … is shown as a file only.')
      const size = typeof content === 'string' ? content.length : content.byteLength
      return { name: filename ?? '', type: mimeType, size }
    })
  if (email.attachments.length > maxParts)
    problems.push(`More than ${maxParts.toLocaleString('en-US')} attachments: the first are listed.`)
  if (email.html) parts.unshift({ name: '', type: 'text/html', size: Buffer.byteLength(email.html) })
  if (email.text) parts.unshift({ name: '', type: 'text/plain', size: Buffer.byteLength(email.text) })
  return parts
}

/** At most once each (RFC 5322 §3.6). */
const once = ['date', 'from', 'sender', 'reply-to', 'to', 'cc', 'bcc', 'message-id', 'in-reply-to', 'references', 'subject', 'content-type', 'mime-version'] // prettier-ignore

function headerProblems(email: Email): string[] {
  const counts = new Map<string, number>()
  for (const { key } of email.headers) counts.set(key, (counts.get(key) ?? 0) + 1)
  const problems = once
    .filter((key) => (counts.get(key) ?? 0) > 1)
    .map(
      (key) => `The header field ${key} stands ${counts.get(key)} times; it may stand once (RFC 5322 §3.6).`,
    )
  if (!counts.has('from')) problems.push('No From header field (RFC 5322 §3.6 requires it).')
  if (!counts.has('date')) problems.push('No Date header field (RFC 5322 §3.6 requires it).')
  return problems
}
