/** Owns: sizes in the Send form: what the files of a message come to, and how a preview is put in words. */
import { maxAttachments, type Preview } from '#shared/rpc/contract/message.ts'
import { countWords, sizeShort } from './measures.ts'

/** A file of the form, not read yet. */
export interface FormFile {
  id: string
  name: string
  /** Media type as the browser tells it; '' when it does not know. */
  type: string
  size: number
  /** Read when it is needed: it may be gone by then. */
  file: Blob
}

/** Files at once; each is a part of the message. */
export const mostFiles = 100

/** Takes what fits; what does not is named with its size. */
export function withFiles(
  files: readonly FormFile[],
  added: readonly FormFile[],
): { files: FormFile[]; problem: string } {
  const taken = [...files]
  const tooLarge: string[] = []
  let total = files.reduce((sum, { size }) => sum + size, 0)
  for (const file of added) {
    if (total + file.size > maxAttachments || taken.length >= mostFiles) {
      tooLarge.push(`“${file.name.slice(0, 80)}” (${sizeShort(file.size)})`)
      continue
    }
    total += file.size
    taken.push(file)
  }
  const problem =
    tooLarge.length === 0
      ? ''
      : `${tooLarge.slice(0, 5).join(', ')}${tooLarge.length > 5 ? ` and ${tooLarge.length - 5} more` : ''} did not fit: all attachments together take ${sizeShort(maxAttachments)} and ${mostFiles} files at most.`
  return { files: taken, problem }
}

/** As "4,312 bytes, 3 parts". Base64 makes four octets of three (RFC 2045 §6.8). */
export function previewWords({ size, parts }: Pick<Preview, 'size' | 'parts'>, unread = 0): string {
  const octets = size + Math.ceil(unread / 3) * 4
  const words = `${octets.toLocaleString('en-US')} bytes, ${countWords(Math.max(1, parts.length), 'part')}`
  return unread > 0 ? `about ${words}` : words
}

export const longLineWords = ({ longestLine }: Pick<Preview, 'longestLine'>): string =>
  longestLine > 998
    ? `The longest line has ${longestLine.toLocaleString('en-US')} octets; 998 are allowed (RFC 5322 §2.1.1).`
    : ''
