/** Owns: a part of a message in words, its name as a file, and whether it may be previewed as a picture. */
import type { MessagePart } from '#shared/rpc/contract/inbox.ts'

/** Formats that a browser decodes as pixels alone; SVG is a document and never previewed. */
const pictures = new Set(['image/png', 'image/gif', 'image/jpeg', 'image/webp', 'image/bmp', 'image/avif'])
const largestPreview = 16 << 20

export const isPicture = ({ type, size }: Pick<MessagePart, 'type' | 'size'>): boolean =>
  pictures.has(type) && size <= largestPreview

/** Letters, digits and little else: no path, no control character, no leading dot. */
export function safeFileName(name: string, fallback: string): string {
  const clean = name
    .normalize('NFC')
    .replaceAll(/[\p{C}/\\:*?"<>|]+/gu, '_')
    .replace(/^[.\s]+/u, '')
    .trim()
    .slice(0, 120)
  return clean === '' ? fallback : clean
}

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
