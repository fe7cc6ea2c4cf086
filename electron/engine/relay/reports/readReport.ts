/**
 * Owns: whether a message is a report of what became of another one, and what it says: multipart/report (RFC 6522) with
 * message/delivery-status (RFC 3464, RFC 6533) or message/feedback-report (RFC 5965), and two older shapes. Hostile mail is
 * the normal case: bounded, never throws; what is broken is said, what is sure is given.
 */
import PostalMime, { type Attachment, type Email } from 'postal-mime'
import { headLimit, parseOptions } from '../../message/parse.ts'
import { headerEnd } from '../../message/source.ts'
import { surveyMessage } from '../../message/survey.ts'
import { readDeliveryStatus } from './deliveryStatus.ts'
import { readFeedback } from './feedback.ts'
import { readExim, readQmail, type OldBounce } from './oldBounces.ts'
import { messageIds, readReturned } from './returnedHead.ts'
import type { ReadReport, Returned } from './types.ts'

/**
 * Octets and lines that are read: the part for programs comes second, and of what comes back behind it only the header
 * counts. Reading is not interrupted, and the server has other things to do.
 */
export const mostRead = 2 << 20
const mostLines = 20_000
const statusTypes = ['message/delivery-status', 'message/global-delivery-status']
const headTypes = ['text/rfc822-headers', 'message/global-headers']
const wholeTypes = ['message/rfc822', 'message/global']

/**
 * Null when it is no report. `sender`: the reverse-path; the older shapes count only with an empty one, since their words
 * may stand in anybody's mail.
 */
export async function readReport(bytes: Uint8Array, sender = ''): Promise<ReadReport | null> {
  const given = bytes.subarray(0, mostRead)
  const { readTo } = surveyMessage(given, mostLines)
  const problems =
    readTo < bytes.length ? [`Only the first ${readTo} of ${bytes.length} octets are read here.`] : []
  try {
    const email = await PostalMime.parse(given.subarray(0, readTo), {
      ...parseOptions,
      forceRfc822Attachments: true,
    })
    const read = await fromEmail(email, sender)
    return read === null ? null : { ...read, problems: [...problems, ...read.problems] }
  } catch (error) {
    return unread(given, error instanceof Error ? error.message : 'unknown')
  }
}

async function fromEmail(email: Email, sender: string): Promise<ReadReport | null> {
  if (isReport(email)) return fromParts(email)
  return sender === '' ? fromText(email) : null
}

const contentType = (email: Email): string =>
  (email.headers.find(({ key }) => key === 'content-type')?.value ?? '').slice(0, 2000).toLowerCase()

/** Of the whole: a report inside another message was sent on by somebody. */
const isReport = (email: Email): boolean => /^\s*multipart\/report\s*(?:;|$)/u.test(contentType(email))

/** Null for reports of other kinds (MDN, RFC 8098; TLSRPT, RFC 8460). */
async function fromParts(email: Email): Promise<ReadReport | null> {
  const status = partOf(email, statusTypes)
  const complaint = partOf(email, ['message/feedback-report'])
  const type = /;\s*report-type\s*=\s*"?([^\s";]+)/u.exec(contentType(email))?.[1]
  const common = { ...idsOf(email), returned: await returnedOf(email) }
  if (status !== undefined && type !== 'feedback-report')
    return { form: 'delivery-status', recognisedBy: 'multipart/report with message/delivery-status (RFC 3464)', ...common, ...readDeliveryStatus(octetsOf(status)) } // prettier-ignore
  if (complaint !== undefined)
    return { form: 'feedback-report', recognisedBy: 'multipart/report with message/feedback-report (RFC 5965)', ...common, recipients: [], ...readFeedback(octetsOf(complaint)) } // prettier-ignore
  if (type !== 'delivery-status' && type !== 'feedback-report') return null
  const problems = [`It says that it is a ${type} report, but has no such part (RFC 6522 §3).`]
  return { form: type, recognisedBy: `report-type=${type}`, ...common, recipients: [], problems }
}

const partOf = (email: Email, types: readonly string[]): Attachment | undefined =>
  email.attachments.find(({ mimeType }) => types.includes(mimeType))

/** Content is octets: `parseOptions` asks for them. */
function octetsOf({ content }: Attachment): Uint8Array {
  if (typeof content === 'string') return new TextEncoder().encode(content)
  return content instanceof Uint8Array ? content : new Uint8Array(content)
}

async function returnedOf(email: Email): Promise<Returned | undefined> {
  const whole = partOf(email, wholeTypes)
  if (whole !== undefined) return readReturned(octetsOf(whole), 'message')
  const head = partOf(email, headTypes)
  return head === undefined ? undefined : readReturned(octetsOf(head), 'headers')
}

const idsOf = (email: Email): Pick<ReadReport, 'messageId' | 'references'> => ({
  messageId: messageIds(email.messageId ?? '')[0],
  references: [...new Set(messageIds(`${email.inReplyTo ?? ''} ${email.references ?? ''}`))],
})

async function fromText(email: Email): Promise<ReadReport | null> {
  const text = email.text ?? ''
  const named = email.headers.filter(({ key }) => key === 'x-failed-recipients').map(({ value }) => value)
  const exim = readExim(named, text)
  if (exim !== null)
    return older('exim', 'the header field X-Failed-Recipients, as Exim writes it', exim, email)
  const qmail = readQmail(text)
  return qmail && older('qmail', 'the words that qmail begins with (QSBMF)', qmail, email)
}

async function older(
  form: ReadReport['form'],
  recognisedBy: string,
  { recipients, reportingMta, returned }: OldBounce,
  email: Email,
): Promise<ReadReport> {
  const bytes = new TextEncoder().encode(returned)
  return {
    form,
    recognisedBy,
    reportingMta,
    recipients,
    returned: await readReturned(bytes, 'message'),
    ...idsOf(email),
    problems: [],
  }
}

/** Its structure breaks a limit of the reader; the header still says what it claims to be. */
async function unread(bytes: Uint8Array, why: string): Promise<ReadReport | null> {
  const head = bytes.subarray(0, Math.min(headerEnd(bytes), headLimit))
  try {
    const email = await PostalMime.parse(head, parseOptions)
    if (!isReport(email)) return null
    const form = contentType(email).includes('feedback-report') ? 'feedback-report' : 'delivery-status'
    const problems = [`Its parts could not be read: ${why}.`]
    return { form, recognisedBy: 'multipart/report (RFC 6522)', recipients: [], ...idsOf(email), problems } // prettier-ignore
  } catch {
    return null
  }
}
