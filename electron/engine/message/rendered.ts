/** Owns: a message's HTML part as a document that may be drawn, its own pictures in it, and what a person should know of it. */
import PostalMime, { type Attachment, type Email } from 'postal-mime'
import type { MessageView } from '#shared/rpc/contract/inbox.ts'
import { octetsInWords } from '#shared/transcript/measure.ts'
import { parseLimit, parseOptions } from './parse.ts'
import { htmlLimit, safeHtml } from './safeHtml.ts'
import { surveyMessage } from './survey.ts'

/** Octets of pictures that are put into the document. */
const pictureLimit = 12 << 20
const raster = /^image\/(?:png|gif|jpe?g|webp|bmp|avif)$/iu

const octetsOf = (content: ArrayBuffer | Uint8Array): Uint8Array =>
  content instanceof ArrayBuffer ? new Uint8Array(content) : content

/** Pictures by Content-ID without its angle brackets (RFC 2045 §7), until the limit is reached. */
function picturesOf(attachments: readonly Attachment[]): (contentId: string) => string | null {
  const known = new Map<string, string>()
  let left = pictureLimit
  for (const { contentId, mimeType, content } of attachments.slice(0, 1000)) {
    const id = contentId?.replace(/^<|>$/gu, '')
    if (id === undefined || !raster.test(mimeType) || typeof content === 'string' || known.has(id)) continue
    left -= content.byteLength
    if (left < 0) break
    known.set(
      id,
      `data:${mimeType.toLowerCase()};base64,${Buffer.from(octetsOf(content)).toString('base64')}`,
    )
  }
  return (contentId) => known.get(contentId) ?? null
}

async function read(bytes: Uint8Array, readTo: number): Promise<Email | null> {
  try {
    return await PostalMime.parse(bytes.subarray(0, readTo), parseOptions)
  } catch {
    return null
  }
}

/** '' when all of it is drawn. */
function cutWords(total: number, readTo: number, html: number): string {
  if (readTo < total)
    return `Cut: the last ${octetsInWords(total - readTo)} of ${octetsInWords(total)} are not drawn, as the message has too many lines.`
  return html > htmlLimit ? `Cut: only the first ${htmlLimit} of ${html} characters are drawn.` : ''
}

/** Null when the message has no HTML that can be read. `total` is its size; larger than `parseLimit` is not read. */
export async function renderMessage(
  bytes: Uint8Array,
  total: number,
  remote: boolean,
): Promise<{ document: string; view: MessageView } | null> {
  if (total > parseLimit) return null
  const { readTo } = surveyMessage(bytes)
  const email = await read(bytes, readTo)
  if (email?.html === undefined) return null
  const { document, facts } = safeHtml(email.html, { remote, inline: picturesOf(email.attachments) })
  const removed = Object.entries(facts.removed).map(([kind, count]) => ({ kind, count }))
  const { remoteImages, trackers, links } = facts
  const cut = cutWords(bytes.length, readTo, email.html.length)
  return { document, view: { remoteImages, trackers, removed, links, ...(cut === '' ? {} : { cut }) } }
}
