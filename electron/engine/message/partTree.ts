/**
 * Owns: the MIME tree of a stored message as it stands in its octets (RFC 2045, RFC 2046): every part with its place,
 * type, encoding and size, nothing decoded but what is asked for. Depth and number are bounded; a broken tree is read as
 * far as it goes and said. Each level is one search over its own octets, so the work is size times depth at most.
 * Nothing is ever unpacked but transfer encodings, which only shrink: an archive stays a file.
 */
import type { MessagePart } from '#shared/rpc/contract/inbox.ts'
import { boundaryIn, endsDelimiter, named, parametersOf } from './parameters.ts'

export interface PartRange {
  /** Octets of the encoded content. */
  from: number
  to: number
}
export interface PartTree {
  parts: (MessagePart & PartRange)[]
  /** Parts beyond those that are listed. */
  more: number
  problems: string[]
}

const mostParts = 1000
/** Counting goes on a while, so that ten thousand parts are said to be ten thousand. */
const mostCounted = 50_000
const deepest = 20
/** RFC 2046 §5.1.1. */
const longestBoundary = 70
const headLimit = 64 << 10
/** Octets of white space behind a boundary that are looked at. */
const longestPadding = 200

interface Fields {
  type: string
  parameters: Map<string, string>
  encoding: string
  disposition: string
  fileName: string
  contentId: string
}

const word = (text: string): string => /^[^\s;]{0,100}/u.exec(text)![0].toLowerCase()

function fieldsOf(head: string): Fields {
  const unfolded = head.replaceAll(/\r?\n[ \t]+/gu, ' ')
  const value = (name: string) => new RegExp(`(?:^|\\n)${name}[ \\t]*:([^\\n]*)`, 'iu').exec(unfolded)?.[1]?.trim() ?? '' // prettier-ignore
  const type = value('content-type')
  const disposition = value('content-disposition')
  const parameters = parametersOf(type)
  return {
    type: word(type) || 'text/plain',
    parameters,
    encoding: word(value('content-transfer-encoding')) || '7bit',
    disposition: word(disposition),
    fileName: (named(parametersOf(disposition), 'filename') || named(parameters, 'name')).slice(0, 500),
    contentId: value('content-id').slice(0, 500),
  }
}

/** Offset of the content behind the empty line, and of the end of the header section. */
function contentStart(bytes: Buffer, from: number, to: number): { head: number; body: number } {
  for (let at = from; at < to;) {
    const lf = bytes.indexOf(0x0a, at)
    if (lf < 0 || lf >= to) return { head: to, body: to }
    if (lf === at || (lf === at + 1 && bytes[at] === 0x0d)) return { head: at, body: lf + 1 }
    at = lf + 1
  }
  return { head: to, body: to }
}

class Reader {
  readonly tree: PartTree = { parts: [], more: 0, problems: [] }
  readonly #bytes: Buffer

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  read(from: number, to: number, path: string, depth: number): void {
    const { head, body } = contentStart(this.#bytes, from, to)
    const fields = fieldsOf(this.#bytes.toString('latin1', from, Math.min(head, from + headLimit)))
    if (this.tree.parts.length >= mostParts) this.tree.more++
    else this.#put(fields, { from: body, to }, path, depth)
    if (depth >= deepest) {
      if (/^(?:multipart\/|message\/rfc822)/u.test(fields.type)) this.#say(`Parts nest deeper than ${deepest}; what is inside part ${path} is not listed.`) // prettier-ignore
      return
    }
    if (fields.type.startsWith('multipart/')) this.#children(fields, body, to, path, depth)
    else if (fields.type === 'message/rfc822' && /^[78]bit|binary$/u.test(fields.encoding))
      this.read(body, to, `${path}.1`, depth + 1)
  }

  #put(fields: Fields, range: PartRange, path: string, depth: number): void {
    const { type, encoding, disposition, fileName, contentId, parameters } = fields
    const charset = parameters.get('charset')?.slice(0, 60)
    const size = decodedSize(this.#bytes, range, encoding)
    this.tree.parts.push({
      path, depth, type, encoding, disposition, name: fileName, contentId, size, encoded: range.to - range.from,
      ...(charset === undefined ? {} : { charset }), ...range,
    }) // prettier-ignore
  }

  #children({ parameters }: Fields, from: number, to: number, path: string, depth: number): void {
    const boundary = boundaryIn(parameters)
    if (boundary === '')
      return this.#say(`Part ${path} is multipart and names no boundary (RFC 2046 §5.1.1): what is inside cannot be told apart.`) // prettier-ignore
    if (boundary.length > longestBoundary)
      this.#say(`Part ${path}: its boundary has ${boundary.length} characters, ${longestBoundary} are the most (RFC 2046 §5.1.1): readers may not find its parts.`) // prettier-ignore
    const mark = Buffer.from(`--${boundary}`, 'latin1')
    let start = -1
    let index = 0
    for (
      let at = this.#delimiter(mark, from, to);
      at >= 0;
      at = this.#delimiter(mark, at + mark.length, to)
    ) {
      if (start >= 0) this.read(start, beforeLine(this.#bytes, at, start), `${path}.${++index}`, depth + 1)
      const line = this.#bytes.indexOf(0x0a, at)
      start = line < 0 || line >= to ? to : line + 1
      if (this.#bytes.toString('latin1', at + mark.length, at + mark.length + 2) === '--') {
        if (index === 0)
          this.#say(`Part ${path} is closed before its first part (RFC 2046 §5.1.1); it holds no parts.`)
        return
      }
      if (this.tree.parts.length + this.tree.more > mostCounted) return this.#say(`More than ${mostCounted} parts; counting stopped.`) // prettier-ignore
    }
    if (start < 0)
      return this.#say(`Part ${path}: its boundary never occurs (RFC 2046 §5.1.1); it holds no parts.`)
    this.#say(`Part ${path} is not closed (RFC 2046 §5.1.1): its last part goes to the end.`)
    this.read(start, to, `${path}.${++index}`, depth + 1)
  }

  /**
   * Next delimiter at the beginning of a line, or -1. Searched within these octets alone: ten thousand parts that each
   * looked to the end of the message for a boundary that never comes would cost minutes.
   */
  #delimiter(mark: Buffer, from: number, to: number): number {
    const within = this.#bytes.subarray(from, to)
    for (let at = within.indexOf(mark); at >= 0; at = within.indexOf(mark, at + 1)) {
      if (at > 0 && within[at - 1] !== 0x0a) continue
      const end = at + mark.length
      if (endsDelimiter(within.toString('latin1', end, end + longestPadding))) return from + at
    }
    return -1
  }

  #say(problem: string): void {
    if (this.tree.problems.length < 20) this.tree.problems.push(problem)
  }
}

/** The line end before a delimiter belongs to it (RFC 2046 §5.1.1). */
function beforeLine(bytes: Buffer, at: number, start: number): number {
  const lf = bytes[at - 1] === 0x0a ? at - 1 : at
  return Math.max(start, bytes[lf - 1] === 0x0d ? lf - 1 : lf)
}

/** Of base64 without counting its octets one by one: close enough for a list. */
function decodedSize(bytes: Buffer, { from, to }: PartRange, encoding: string): number {
  if (encoding !== 'base64') return to - from
  const line = bytes.indexOf(0x0a, from)
  const perLine = line > from && line < to ? line - from : 0
  const lines = perLine === 0 ? 0 : Math.floor((to - from) / (perLine + 1))
  const ends = lines * (bytes[line - 1] === 0x0d ? 2 : 1)
  const padding = bytes.toString('latin1', Math.max(from, to - 4), to).match(/=/gu)?.length ?? 0
  return Math.max(0, Math.floor(((to - from - ends) * 3) / 4) - padding)
}

export function partTree(octets: Uint8Array): PartTree {
  const bytes = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength)
  const reader = new Reader(bytes)
  reader.read(0, bytes.length, '1', 0)
  return reader.tree
}

/** Octets of a part's content, its transfer encoding undone (RFC 2045 §6.7, §6.8); an unknown one is left as it is. */
export function partContent(octets: Uint8Array, { from, to }: PartRange, encoding: string): Uint8Array {
  const bytes = Buffer.from(octets.buffer, octets.byteOffset + from, to - from)
  if (encoding === 'base64') return Buffer.from(bytes.toString('latin1'), 'base64')
  return encoding === 'quoted-printable' ? unquoted(bytes) : bytes
}

const hex = (octet: number | undefined): number =>
  octet === undefined ? -1 : Number.parseInt(String.fromCharCode(octet), 16)

function unquoted(bytes: Buffer): Uint8Array {
  const out = Buffer.alloc(bytes.length)
  let size = 0
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== 0x3d) out[size++] = bytes[at]!
    else if (bytes[at + 1] === 0x0a) at++
    else if (bytes[at + 1] === 0x0d && bytes[at + 2] === 0x0a) at += 2
    else {
      const [high, low] = [hex(bytes[at + 1]), hex(bytes[at + 2])]
      if (high >= 0 && low >= 0) {
        out[size++] = high * 16 + low
        at += 2
      } else out[size++] = 0x3d
    }
  }
  return out.subarray(0, size)
}
