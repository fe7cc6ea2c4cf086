/**
 * Owns: taking a multipart/form-data body apart (RFC 7578, RFC 2046 §5.1). The body is in memory and bounded already;
 * here the number of parts and the size of their headers are. Never throws: what cannot be read is one sentence.
 */

export interface Part {
  /** Name of the form field. */
  name: string
  /** A file has one, even an empty one. */
  filename?: string | undefined
  /** Media type, as the part says it. */
  type?: string | undefined
  data: Uint8Array
}

export type Parts = { ok: true; parts: Part[] } | { ok: false; message: string }

/** Parts of one request, and octets of the header of each. */
export const mostParts = 1000
const mostHead = 8192
const crlf = Buffer.from('\r\n')
const gap = Buffer.from('\r\n\r\n')
const no = (message: string): Parts => ({ ok: false, message })

/** The boundary of a Content-Type value, or null: 1 to 70 characters (RFC 2046 §5.1.1). */
export function boundaryOf(contentType: string): string | null {
  const found = /;\s*boundary=(?:"([^"\r\n]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType.slice(0, 1000))
  return found?.[1] ?? found?.[2] ?? null
}

export function readMultipart(body: Buffer, boundary: string): Parts {
  const mark = Buffer.from(`--${boundary}`, 'latin1')
  const between = Buffer.concat([crlf, mark])
  const parts: Part[] = []
  let at = body.subarray(0, mark.length).equals(mark) ? 0 : body.indexOf(between) + 2
  if (at === 1) return no('The body does not hold the boundary that Content-Type names.')
  for (;;) {
    at += mark.length
    if (body.subarray(at, at + 2).toString('latin1') === '--') return { ok: true, parts }
    const begins = skipPadding(body, at)
    if (begins < 0) return no('A boundary of the body is not at the end of its line.')
    const ends = body.indexOf(between, begins - 2)
    if (ends < 0) return no('The body ends inside a part: the closing boundary is missing.')
    const part = readPart(body.subarray(begins, Math.max(begins, ends)))
    if (typeof part === 'string') return no(part)
    if (parts.push(part) > mostParts) return no(`The form has more than ${mostParts} parts.`)
    at = ends + 2
  }
}

/** Offset behind the line end of a boundary line; white space before it is allowed. Negative: something else stands there. */
function skipPadding(body: Buffer, from: number): number {
  let at = from
  while (at < from + 100 && (body[at] === 0x20 || body[at] === 0x09)) at++
  return body[at] === 0x0d && body[at + 1] === 0x0a ? at + 2 : -1
}

function readPart(octets: Buffer): Part | string {
  // A part without any header begins with the empty line.
  const headless = octets[0] === 0x0d && octets[1] === 0x0a
  const end = headless ? 0 : octets.subarray(0, mostHead + 4).indexOf(gap)
  if (end < 0) return `A part of the form has no end of its header within ${mostHead} octets.`
  const lines = octets.subarray(0, end).toString('utf8').split('\r\n')
  const field = (name: string): string | undefined =>
    lines
      .find((line) => line.toLowerCase().startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim()
  const disposition = field('content-disposition') ?? ''
  const name = parameter(disposition, 'name')
  if (!/^form-data\b/i.test(disposition) || name === undefined)
    return 'A part of the form has no name: each needs Content-Disposition: form-data; name="…" (RFC 7578 §4.2).'
  const encoding = field('content-transfer-encoding')?.toLowerCase()
  if (encoding !== undefined && !['7bit', '8bit', 'binary'].includes(encoding))
    return `The part "${name.slice(0, 80)}" is encoded as ${encoding.slice(0, 40)}; send its octets as they are (RFC 7578 §4.7).`
  const filename = parameter(disposition, 'filename')
  const type = field('content-type')
  return {
    name,
    ...(filename === undefined ? {} : { filename }),
    ...(type === undefined ? {} : { type }),
    data: octets.subarray(headless ? 2 : end + 4),
  }
}

/** A parameter's value. Browsers write `%22` for a quote in it (RFC 7578 §4.2), other clients a backslash before it. */
function parameter(value: string, name: string): string | undefined {
  const at = new RegExp(`;[ \\t]{0,10}${name}=`, 'i').exec(value)
  if (at === null) return undefined
  const rest = value.slice(at.index + at[0].length)
  if (!rest.startsWith('"')) return /^[^;\s]*/.exec(rest)?.[0] ?? ''
  let text = ''
  for (let i = 1; i < rest.length && rest[i] !== '"'; i++) {
    if (rest[i] === '\\' && (rest[i + 1] === '"' || rest[i + 1] === '\\')) i++
    text += rest[i]
  }
  return text.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n')
}
