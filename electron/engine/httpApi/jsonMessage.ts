/**
 * Owns: from the JSON of POST /api/v1/transmissions to a message: recipients, content (fields, or email_rfc822 as it is),
 * return_path. What a service would act on beside it (options, metadata, substitution_data, campaign_id) is taken and told
 * as not acted on; a stored template or list is refused, because there is none here.
 */
import { z } from 'zod'
import { fromUtf8, toBase64, utf8 } from '#shared/bytes/bytes.ts'
import type { Message } from '#shared/rpc/contract/message.ts'
import type { ReadMessage } from './formMessage.ts'

const Named = z.object({ email: z.string(), name: z.string().optional(), header_to: z.string().optional() })
const Mailbox = z.union([z.string(), Named])
const File = z.object({ name: z.string(), type: z.string().optional(), data: z.string() })

const Transmission = z.object({
  recipients: z
    .array(z.object({ address: Mailbox }))
    .min(1)
    .max(1000),
  return_path: z.string().optional(),
  content: z.object({
    from: Mailbox.optional(),
    subject: z.string().optional(),
    text: z.string().optional(),
    html: z.string().optional(),
    reply_to: z.string().optional(),
    headers: z.record(z.string(), z.string()).optional(),
    attachments: z.array(File).max(1000).optional(),
    inline_images: z.array(File).max(1000).optional(),
    email_rfc822: z.string().optional(),
  }),
})
type Transmission = z.infer<typeof Transmission>

const unusedNames = ['options', 'metadata', 'substitution_data', 'campaign_id', 'description'] as const
const bad = (message: string): ReadMessage => ({ ok: false, refusal: { status: 400, message } })

export function jsonMessage(body: Uint8Array): ReadMessage {
  const text = fromUtf8(body)
  if (text === null) return bad('The body is not UTF-8 (RFC 8259 §8.1).')
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return bad('The body is not JSON (RFC 8259).')
  }
  const stored = storedThing(json)
  if (stored !== null) return bad(stored)
  const read = Transmission.safeParse(json)
  if (!read.success) {
    const [issue] = read.error.issues
    return bad(`${issue?.path.join('.') || 'The body'}: ${issue?.message ?? 'cannot be used'}.`)
  }
  const unused = unusedNames.filter((name) => typeof json === 'object' && json !== null && name in json)
  return ofTransmission(read.data, unused)
}

/** What stands in for a list or a template that a service would have stored; null when there is none. */
function storedThing(json: unknown): string | null {
  const read = z
    .object({ recipients: z.unknown().optional(), content: z.unknown().optional() })
    .safeParse(json).data
  if (z.object({ list_id: z.string() }).safeParse(read?.recipients).success)
    return 'recipients.list_id: there are no stored lists here; write the recipients as an array.'
  if (z.object({ template_id: z.string() }).safeParse(read?.content).success)
    return 'content.template_id: there are no stored templates here; write from, subject and text.'
  return null
}

const mailbox = (of: z.infer<typeof Mailbox>): string =>
  typeof of === 'string' ? of : of.name ? `"${of.name.replace(/["\\]/g, '\\$&')}" <${of.email}>` : of.email
const addressOf = (of: z.infer<typeof Mailbox>): string => (typeof of === 'string' ? of : of.email)

function ofTransmission({ recipients, content, return_path }: Transmission, unused: string[]): ReadMessage {
  const addresses = recipients.map(({ address }) => address)
  const returnPath = return_path
  if (content.email_rfc822 !== undefined) {
    const raw = toBase64(utf8(content.email_rfc822.replace(/\r\n|\r|\n/g, '\r\n')))
    const from = return_path ?? /^from:(.*)$/im.exec(content.email_rfc822.slice(0, 65_536))?.[1]?.trim() ?? ''
    const to = addresses.map(addressOf)
    if (from === '') return bad('content.email_rfc822 has no From, and there is no return_path.')
    return { ok: true, brought: { message: { from, to, raw }, returnPath, to, unused } }
  }
  if (content.from === undefined) return bad('content.from is missing; it names the sender.')
  if (content.text === undefined && content.html === undefined)
    return bad('content.text and content.html are both missing; at least one of them is needed.')
  // header_to: this one is a Cc or Bcc, and sees the address of the To there.
  const to = addresses.filter((one) => typeof one === 'string' || one.header_to === undefined)
  const cc = Object.entries(content.headers ?? {})
    .filter(([name]) => /^cc$/i.test(name))
    .map(([, value]) => value)
  const message: Partial<Message> & Pick<Message, 'from' | 'to'> = {
    from: mailbox(content.from),
    to: (to.length > 0 ? to : addresses).map(mailbox),
    cc,
    replyTo: content.reply_to === undefined ? [] : [content.reply_to],
    subject: content.subject ?? '',
    text: content.text ?? '',
    ...(content.html === undefined ? {} : { html: content.html }),
    headers: Object.entries(content.headers ?? {})
      .filter(([name]) => !/^cc$/i.test(name))
      .map(([name, value]) => ({ name, value })),
    attachments: [
      ...(content.attachments ?? []).map(fileOf),
      ...(content.inline_images ?? []).map((file) => ({ ...fileOf(file), inline: file.name })),
    ],
  }
  return { ok: true, brought: { message, returnPath, to: addresses.map(addressOf), unused } }
}

const fileOf = ({ name, type, data }: z.infer<typeof File>) => ({
  name,
  ...(type === undefined ? {} : { type }),
  base64: data.replace(/\s/g, ''),
})
