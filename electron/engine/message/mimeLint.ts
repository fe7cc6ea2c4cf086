/**
 * Owns: what in a message's MIME tree is against RFC 2045 and 2046, part by part: structure, transfer encodings, charsets.
 * Each fault is told once with the parts that have it; octets that are looked at are bounded.
 */
import { isAscii, isUtf8 } from 'node:buffer'
import type { MessageCheck } from '#shared/rpc/contract/inbox.ts'
import { octetsInWords } from '#shared/transcript/measure.ts'
import { partContent, partTree, type PartTree } from './partTree.ts'

type Part = PartTree['parts'][number]

/** Octets of all parts together whose content is looked at. */
export const contentLimit = 16 << 20
const mostNamed = 5
/** RFC 2045 §6.7 rule 5, §6.8. */
const longestEncoded = 76

const identity = /^(?:7bit|8bit|binary)$/u
const isMultipart = ({ type }: Part): boolean => type.startsWith('multipart/')
/** RFC 2046 §5.2: may not be encoded; message/global may (RFC 6532 §3.7). */
const isMessage = ({ type }: Part): boolean => /^message\/(?:rfc822|partial|external-body)$/u.test(type)
const isText = ({ type }: Part): boolean => type.startsWith('text/')

class Found {
  readonly #all = new Map<string, { check: MessageCheck; paths: string[] }>()

  /** `detail` is of the first part that has it. */
  say(part: Part, verdict: MessageCheck['verdict'], title: string, detail: string, reference: string): void {
    const known = this.#all.get(title)
    if (known !== undefined) known.paths.push(part.path)
    else if (this.#all.size < 50) this.#all.set(title, { check: { verdict, title, detail, reference }, paths: [part.path] }) // prettier-ignore
  }

  checks(): MessageCheck[] {
    return [...this.#all.values()].map(({ check, paths }) => {
      const named = paths.slice(0, mostNamed).join(', ')
      const more = paths.length > mostNamed ? ` and ${paths.length - mostNamed} more` : ''
      const where = paths.length === 1 ? `Part ${named}` : `Parts ${named}${more}`
      return { ...check, detail: `${where}. ${check.detail}` }
    })
  }
}

const shown = (text: string): string => `“${text.replaceAll(/[^\x21-\x7e]/gu, '?').slice(0, 40)}”`

function typeChecks(part: Part, found: Found): void {
  const { type, encoding } = part
  if (!/^[!#$&+.^_`|~\w-]{1,127}\/[!#$&+.^_`|~\w-]{1,127}$/u.test(type))
    found.say(part, 'bad', 'Content-Type cannot be read', `${shown(type)} is no “type/subtype”; readers take it as plain text, or as a file.`, 'RFC 2045 §5.1, §5.2') // prettier-ignore
  if (isMultipart(part) && !identity.test(encoding))
    found.say(part, 'bad', 'A multipart with a transfer encoding', `${shown(encoding)} may stand on its parts only; readers do not find them.`, 'RFC 2045 §6.4') // prettier-ignore
  else if (isMessage(part) && !identity.test(encoding))
    found.say(part, 'bad', 'A message inside the message is encoded', `${shown(encoding)} on ${type}: what is in it cannot be told without breaking the rule; only 7bit, 8bit and binary may stand there.`, 'RFC 2046 §5.2.1') // prettier-ignore
  else if (!/^(?:7bit|8bit|binary|base64|quoted-printable)$/u.test(encoding))
    found.say(part, 'bad', 'Unknown Content-Transfer-Encoding', `${shown(encoding)} is none of 7bit, 8bit, binary, quoted-printable and base64; readers keep the part as octets.`, 'RFC 2045 §6.4') // prettier-ignore
}

/** Whether this runtime's decoder, which has the Encoding Standard's, knows it. */
function isKnownCharset(charset: string): boolean {
  try {
    return new TextDecoder(charset).encoding !== ''
  } catch {
    return false
  }
}

const hasHigh = (bytes: Uint8Array): boolean => !isAscii(bytes)

function charsetChecks(part: Part, content: Uint8Array, found: Found): void {
  const charset = part.charset?.toLowerCase()
  const high = hasHigh(content)
  if (charset !== undefined && charset !== 'us-ascii' && !isKnownCharset(charset))
    found.say(part, 'warn', 'Unknown charset', `${shown(charset)}: readers guess, and letters may come out wrong.`, 'RFC 2046 §4.1.2') // prettier-ignore
  if (!high) return
  if (charset === undefined && part.type === 'text/plain')
    found.say(part, 'warn', 'Octets above 127 without a charset', 'Without one US-ASCII is meant; readers guess.', 'RFC 2046 §4.1.2') // prettier-ignore
  else if (charset === 'us-ascii')
    found.say(part, 'bad', 'Octets above 127 in US-ASCII text', 'The charset has no such letters; name the one that was used.', 'RFC 2046 §4.1.2') // prettier-ignore
  else if ((charset === 'utf-8' || charset === 'utf8') && !isUtf8(content))
    found.say(part, 'bad', 'Text that is no UTF-8', 'Its charset says utf-8, and its octets are none: another charset was used, or a letter was cut in two.', 'RFC 3629 §3') // prettier-ignore
}

/** Whether any line is longer than an encoded one may be. */
function longLine(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length;) {
    const lf = bytes.indexOf(0x0a, at)
    const end = lf < 0 ? bytes.length : lf
    if (end - at - (bytes[end - 1] === 0x0d ? 1 : 0) > longestEncoded) return true
    at = end + 1
  }
  return false
}

function base64Checks(part: Part, raw: Buffer, found: Found): void {
  const text = raw.toString('latin1').trimEnd()
  if (/[^A-Za-z0-9+/=\r\n\t ]/u.test(text))
    found.say(part, 'bad', 'Octets in base64 that are not of it', 'Readers skip them, or give up: the file comes out damaged.', 'RFC 2045 §6.8') // prettier-ignore
  else if (/=\s*[^=\s]/u.test(text) || text.replaceAll(/\s+/gu, '').length % 4 !== 0)
    found.say(part, 'bad', 'Base64 that does not end as it should', 'It has no whole groups of four: a piece is missing, or it is padded in the middle.', 'RFC 2045 §6.8') // prettier-ignore
}

function quotedChecks(part: Part, raw: Buffer, found: Found): void {
  const text = raw.toString('latin1')
  if (/=(?![0-9A-F]{2}|[ \t]*\r?\n|[ \t]*$)/iu.test(text))
    found.say(part, 'bad', 'A “=” in quoted-printable that stands for nothing', 'Two hexadecimal digits or the line’s end follow it.', 'RFC 2045 §6.7') // prettier-ignore
  if (hasHigh(raw))
    found.say(part, 'bad', 'Octets above 127 in quoted-printable', 'They are written as =XX there.', 'RFC 2045 §6.7') // prettier-ignore
}

function contentChecks(part: Part, bytes: Uint8Array, found: Found): void {
  const { encoding, from, to } = part
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from)
  if (encoding === 'base64') base64Checks(part, raw, found)
  else if (encoding === 'quoted-printable') quotedChecks(part, raw, found)
  else if (encoding === '7bit' && hasHigh(raw))
    found.say(part, 'warn', 'Octets above 127 that nothing declares', 'Content-Transfer-Encoding is 7bit; it should be 8bit, quoted-printable or base64.', 'RFC 2045 §6.2') // prettier-ignore
  if ((encoding === 'base64' || encoding === 'quoted-printable') && longLine(raw))
    found.say(part, 'warn', `Encoded lines longer than ${longestEncoded}`, 'Some readers and filters cut or refuse them.', 'RFC 2045 §6.7, §6.8') // prettier-ignore
  if (isText(part)) charsetChecks(part, partContent(bytes, part, encoding), found)
}

/** Alternatives come in increasing order of preference; children of one parent stand in order. */
function orderChecks({ parts }: PartTree, found: Found): void {
  const html = new Set<string>()
  const alternatives = new Set(parts.filter(({ type }) => type === 'multipart/alternative').map(({ path }) => path)) // prettier-ignore
  for (const part of parts) {
    const parent = part.path.slice(0, part.path.lastIndexOf('.'))
    if (!alternatives.has(parent)) continue
    if (part.type === 'text/html') html.add(parent)
    else if (part.type === 'text/plain' && html.has(parent))
      found.say(part, 'warn', 'The plain text stands behind the HTML', 'Readers show the last alternative that they can: this one.', 'RFC 2046 §5.1.4') // prettier-ignore
  }
}

/** In the order of what weighs most for a reader: structure first. */
export function lintMime(bytes: Uint8Array): MessageCheck[] {
  const tree = partTree(bytes)
  const found = new Found()
  let left = contentLimit
  let skipped = 0
  for (const part of tree.parts) {
    typeChecks(part, found)
    if (isMultipart(part) || isMessage(part)) continue
    left -= part.to - part.from
    if (left >= 0) contentChecks(part, bytes, found)
    else skipped++
  }
  orderChecks(tree, found)
  const structure = tree.problems.map((detail): MessageCheck => ({ verdict: 'bad', title: 'The MIME structure is broken', detail: detail.replace(' (RFC 2046 §5.1.1)', ''), reference: 'RFC 2046 §5.1.1' })) // prettier-ignore
  const total = tree.parts.length + tree.more
  const limits: MessageCheck[] = []
  if (tree.more > 0) limits.push({ verdict: 'warn', title: `${total.toLocaleString('en-US')} parts`, detail: `Many servers and readers refuse so many; the first ${tree.parts.length.toLocaleString('en-US')} were looked at.`, reference: 'RFC 2046 §5.1' }) // prettier-ignore
  if (skipped > 0) limits.push({ verdict: 'info', title: 'Not all content was looked at', detail: `${skipped} of ${total} parts lie beyond the first ${octetsInWords(contentLimit)}.`, reference: 'RFC 2045' }) // prettier-ignore
  return [...structure, ...found.checks(), ...limits]
}
