/**
 * Owns: the parts of a message (RFC 2045, RFC 2046) as an outline: type, size, file name, depth. Reads the octets in
 * stretches and keeps none of them, so a large message costs no memory, and the page can paint between two stretches.
 * Hostile structure is bounded: parts, depth, header size, the look at a line.
 */

export interface OutlinePart {
  depth: number
  /** Lower case, as `text/html`; `text/plain` where nothing is said (RFC 2045 §5.2). */
  type: string
  /** File name; '' for none. */
  name: string
  /** As `base64`; '' where nothing is said. */
  encoding: string
  /** Octets as they travelled, still encoded; of what has parts, all of them are its parts'. */
  size: number
}

/** Parts listed; what comes after is counted. */
export const mostParts = 200
const mostDepth = 20
/** Octets of one part's header that are read. */
const mostHeader = 32 << 10
/** Octets of a line that are looked at: a boundary has 70 characters at most (RFC 2046 §5.1.1). */
const mostLook = 256

type State = 'header' | 'body' | 'between'

export class MimeOutline {
  readonly parts: OutlinePart[] = []
  /** Parts beyond `mostParts`. */
  more = 0
  #state: State = 'header'
  #header = ''
  #boundaries: { mark: string; depth: number }[] = []
  #rest = ''
  /** Octets of the line at hand that are not in `#rest` any more. */
  #dropped = 0
  #current: OutlinePart | null = null

  constructor() {
    this.#begin(0)
  }

  /** The next octets, as a byte string. */
  push(octets: string): void {
    const text = this.#rest + octets
    let from = 0
    for (let end = text.indexOf('\n', from); end >= 0; end = text.indexOf('\n', from)) {
      this.#line(text.slice(from, Math.min(end, from + mostHeader)), end + 1 - from + this.#dropped)
      this.#dropped = 0
      from = end + 1
    }
    this.#rest = text.slice(from)
    if (this.#rest.length <= mostHeader) return
    // No end of line in sight: only its begin can matter.
    this.#dropped += this.#rest.length - mostLook
    this.#rest = this.#rest.slice(0, mostLook)
  }

  /** No more octets will come. */
  end(): void {
    if (this.#rest !== '') this.#line(this.#rest, this.#rest.length + this.#dropped)
    if (this.#state === 'header') this.#headerEnds()
    this.#rest = ''
  }

  #begin(depth: number): void {
    const part = { depth, type: 'text/plain', name: '', encoding: '', size: 0 }
    this.#current = part
    this.#header = ''
    this.#state = 'header'
    if (this.parts.length < mostParts) this.parts.push(part)
    else this.more++
  }

  #line(line: string, octets: number): void {
    if (line.startsWith('--') && this.#atBoundary(line.slice(0, mostLook).trimEnd())) return
    if (this.#state === 'header') {
      if (line.trimEnd() === '') this.#headerEnds()
      else if (this.#header.length < mostHeader) this.#header += `${line.trimEnd()}\n`
    } else if (this.#state === 'body') this.#current!.size += octets
  }

  #headerEnds(): void {
    const part = this.#current!
    const fields = readHeader(this.#header)
    part.type = fields.type
    part.name = fields.name
    part.encoding = fields.encoding
    const deep = part.depth >= mostDepth
    if (fields.boundary !== '' && part.type.startsWith('multipart/') && !deep) {
      this.#boundaries.push({ mark: `--${fields.boundary}`, depth: part.depth })
      this.#state = 'between'
    } else if (part.type === 'message/rfc822' && !deep && !/base64|quoted/.test(part.encoding))
      this.#begin(part.depth + 1) // prettier-ignore
    else this.#state = 'body'
  }

  /** The innermost boundary that the line is; what was open inside is over (RFC 2046 §5.1.2). */
  #atBoundary(line: string): boolean {
    for (let at = this.#boundaries.length - 1; at >= 0; at--) {
      const { mark, depth } = this.#boundaries[at]!
      const closes = line === `${mark}--`
      if (line !== mark && !closes) continue
      // The line end before a boundary belongs to it (RFC 2046 §5.1.1).
      if (this.#state === 'body') this.#current!.size = Math.max(0, this.#current!.size - 2)
      else if (this.#state === 'header') this.#headerEnds()
      this.#boundaries.length = closes ? at : at + 1
      if (closes) this.#state = 'between'
      else this.#begin(depth + 1)
      return true
    }
    return false
  }
}

interface Fields {
  type: string
  boundary: string
  name: string
  encoding: string
}

function readHeader(header: string): Fields {
  const lines = header
    .replaceAll(/\n[ \t]+/g, ' ')
    .split('\n')
    .slice(0, 400)
  const field = (name: string) =>
    lines
      .find((line) => line.toLowerCase().startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim() ?? ''
  const kind = field('content-type')
  const type = /^[\w!#$&^.+-]{1,80}\/[\w!#$&^.+-]{1,80}/.exec(kind)?.[0].toLowerCase() ?? 'text/plain'
  const name = parameter(field('content-disposition'), 'filename') || parameter(kind, 'name')
  return { type, boundary: parameter(kind, 'boundary'), name, encoding: field('content-transfer-encoding').toLowerCase().slice(0, 40) } // prettier-ignore
}

/** A parameter's value, quoted or not; `name*=` of RFC 2231 is decoded when it is UTF-8 in one piece. */
function parameter(value: string, name: string): string {
  for (const piece of piecesOf(value)) {
    const equals = piece.indexOf('=')
    const key = piece.slice(0, equals).trim().toLowerCase()
    const text = piece.slice(equals + 1).trim()
    if (key === name) return text.startsWith('"') ? text.slice(1, -1).replaceAll(/\\(.)/g, '$1') : text
    if (key === `${name}*`) return decoded(text)
  }
  return ''
}

/** Split at semicolons outside of quotes. */
function piecesOf(value: string): string[] {
  const pieces: string[] = []
  let quoted = false
  let from = 0
  for (let at = 0; at < Math.min(value.length, 8000) && pieces.length < 50; at++) {
    const char = value[at]
    if (char === '\\' && quoted) at++
    else if (char === '"') quoted = !quoted
    else if (char === ';' && !quoted) {
      pieces.push(value.slice(from, at))
      from = at + 1
    }
  }
  return [...pieces, value.slice(from)]
}

function decoded(text: string): string {
  const coded = /^utf-8'[^']*'(.*)$/i.exec(text)?.[1]
  try {
    return coded === undefined ? text : decodeURIComponent(coded)
  } catch {
    return text
  }
}
