/**
 * Owns: what of a message's body is searchable: its readable text and the names of its attachments. Most test mail is plain
 * text that needs no parser, and the parser makes a Blob of two entries a line: it took half of what a message costs the
 * index. What is not plainly plain goes to the parser.
 */
import PostalMime from 'postal-mime'
import { fromUtf8 } from '#shared/bytes/bytes.ts'

/** Characters that are searchable. */
export const textLimit = 64 * 1024
/** Octets of a header that may be plain; a longer one is the parser's. */
const plainHead = 16 * 1024

/** Fields that leave the body as it stands (RFC 2045 §5.2, §6.2). Anything else that begins with `Content-` does not. */
const plainField =
  /^content-(?:type:[ \t]*text\/plain[ \t]*(?:;[ \t]*charset="?(?:us-ascii|utf-8)"?[ \t]*)?|transfer-encoding:[ \t]*(?:7bit|8bit|binary)[ \t]*)$/iu

/** Readable text of a message, after the names of its attachments; its raw text when the parser gives up. */
export async function bodyText(bytes: Uint8Array): Promise<string> {
  const plain = plainText(bytes)
  if (plain !== null) return plain
  try {
    const mail = await PostalMime.parse(bytes)
    const names = mail.attachments.map((part) => part.filename ?? '').join(' ')
    return `${names} ${mail.text ?? (mail.html ?? '').replace(/<[^>]{0,2000}>/g, ' ')}`.slice(0, textLimit)
  } catch {
    return Buffer.from(bytes).toString('latin1', 0, textLimit)
  }
}

/** The body of a message whose header says nothing about it, or that it is text as it stands; null for every other one. */
export function plainText(bytes: Uint8Array): string | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const crlf = buffer.indexOf('\r\n\r\n')
  // One that begins with an empty line has no header.
  if (crlf < 0 || crlf > plainHead || buffer[0] === 0x0d) return null
  const head = buffer.toString('latin1', 0, crlf)
  // Other line ends may end the header sooner, or not, as a parser sees it.
  if (/(?<!\r)\n|\r(?!\n)/u.test(head)) return null
  const lines = head.split('\r\n')
  // A folded field would have to be joined first.
  const plain = lines.every((line, i) => {
    if (!/^content-/iu.test(line)) return true
    return plainField.test(line) && !/^[ \t]/u.test(lines[i + 1] ?? '')
  })
  return plain ? fromUtf8(cut(buffer.subarray(crlf + 4))) : null
}

/** At most `textLimit` octets, and no character cut in two: UTF-8 has four octets at most, all but the first 10xxxxxx. */
function cut(body: Uint8Array): Uint8Array {
  if (body.length <= textLimit) return body
  let end = textLimit
  while (end > textLimit - 4 && (body[end]! & 0xc0) === 0x80) end--
  return body.subarray(0, end)
}
