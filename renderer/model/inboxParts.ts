/** Owns: a part of a message in words, its name as a file, and whether it may be previewed as a picture. */
import type { MessagePart, MessageSummary } from '#shared/rpc/contract/inbox.ts'

/** Formats that a browser decodes as pixels alone; SVG is a document and never previewed. */
const pictures = new Set(['image/png', 'image/gif', 'image/jpeg', 'image/webp', 'image/bmp', 'image/avif'])
const largestPreview = 16 << 20

export const isPicture = ({ type, size }: Pick<MessagePart, 'type' | 'size'>): boolean =>
  pictures.has(type) && size <= largestPreview

/** A name that every system takes: no path, no control character, no leading dot, no device, not too long; its ending stays. */
export function safeFileName(name: string, fallback: string): string {
  const clean = name
    .normalize('NFC')
    .replaceAll(/[\p{C}/\\:*?"<>|]+/gu, '_')
    .replace(/^[.\s]+/u, '')
    .trim()
  const dot = clean.lastIndexOf('.')
  const [stem, ending] = dot > 0 && clean.length - dot <= 12 ? [clean.slice(0, dot), clean.slice(dot)] : [clean, '']
  // Windows takes dots and spaces off the end.
  const whole = cut(stem, mostOctets - ending.length * 3).concat(ending).replace(/[.\s]+$/u, '')
  if (whole === '') return fallback
  return device.test(whole) ? `_${whole}` : whole
} // prettier-ignore

/** Of a file's name on most systems, with room for a number that makes it another. */
const mostOctets = 200
/** Names that are devices on Windows, whatever follows their first dot. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d|com[¹²³]|lpt[¹²³])\s*(?:\.|$)/iu

/** As many characters as fit into so many octets of UTF-8. */
function cut(text: string, octets: number): string {
  let left = octets
  let found = ''
  for (const one of text) {
    const code = one.codePointAt(0) ?? 0
    left -= code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
    if (left < 0) break
    found += one
  }
  return found
}

/** A message's file is called by its subject. */
export const emlName = ({ subject }: Pick<MessageSummary, 'subject'>): string =>
  safeFileName(`${safeFileName(subject, 'message')}.eml`, 'message.eml')

const endings: Record<string, string> = {
  'text/plain': 'txt', 'text/html': 'html', 'message/rfc822': 'eml', 'application/pdf': 'pdf', 'image/png': 'png',
  'image/jpeg': 'jpg', 'image/gif': 'gif', 'text/calendar': 'ics',
} // prettier-ignore

export const partFileName = ({ name, path, type }: MessagePart): string =>
  safeFileName(name, `part-${path}.${endings[type] ?? 'bin'}`)

/** As "base64, utf-8, inline". */
export const partWords = ({ encoding, charset, disposition }: MessagePart): string =>
  [encoding, charset, disposition].filter(Boolean).join(', ')

export const isContainer = ({ type }: Pick<MessagePart, 'type'>): boolean => type.startsWith('multipart/')
