/**
 * Owns: base64 and quoted-printable as content transfer encodings (RFC 2045 §6.7, §6.8), both ways, in pieces. It reads
 * what mail programs read, not only what the grammar allows: what they show must be found. Octets are byte strings.
 */
import { pieceSize } from './cut.ts'
import { fromBase64, fromByteString, toBase64, toByteString } from '../../bytes/bytes.ts'

/** Octets of base64 in which other characters are passed over, and which may end and begin again. */
export function fromLooseBase64(text: string): Uint8Array {
  return fromByteString([...base64Octets(text)].join(''))
}

/** The same as byte strings, in pieces. */
export function* base64Octets(text: string): Generator<string> {
  let rest = ''
  for (let from = 0; from < text.length; from += pieceSize) {
    const clean = rest + text.slice(from, from + pieceSize).replace(/[^A-Za-z0-9+/=]+/g, '')
    const last = from + pieceSize >= text.length
    const groups = clean.split(/=+/)
    const open = groups.pop()!
    const whole = last ? open.length : open.length - (open.length % 4)
    rest = open.slice(whole)
    // A decoder that goes on after padding must find nothing that was not looked into.
    yield [...groups, open.slice(0, whole)].map(group).join('')
  }
}

/** Characters of the alphabet alone; a single one over says nothing. */
function group(text: string): string {
  const over = text.length % 4
  const whole = over === 1 ? text.slice(0, -1) : text
  if (whole === '') return ''
  const octets = fromBase64(whole.padEnd(Math.ceil(whole.length / 4) * 4, 'A'))!
  return toByteString(octets.subarray(0, Math.floor((whole.length * 3) / 4)))
}

const lineOctets = 57

/** Base64 in lines of 76 characters, of octets given piece by piece. */
export class Base64Lines {
  readonly #end: string
  #rest = ''

  constructor(lineEnd: string) {
    this.#end = lineEnd
  }

  push(octets: string): string {
    const all = this.#rest + octets
    const whole = all.length - (all.length % lineOctets)
    this.#rest = all.slice(whole)
    const lines: string[] = []
    for (let at = 0; at < whole; at += lineOctets)
      lines.push(toBase64(fromByteString(all.slice(at, at + lineOctets))), this.#end)
    // Joined, not added: what is added up stays a tree of small strings, and takes many times its length.
    return lines.join('')
  }

  /** The last line, without a line end. */
  end(): string {
    return toBase64(fromByteString(this.#rest))
  }
}

/** Octets of quoted-printable; an `=` that begins nothing stands for itself. */
export const fromQuotedPrintable = (text: string): string =>
  text.replace(/=(?:([0-9A-Fa-f]{2})|[ \t]{0,100}\r?\n)/g, (_, hex: string | undefined) =>
    hex === undefined ? '' : String.fromCharCode(Number.parseInt(hex, 16)),
  )

/** The same in pieces; none ends inside an escape. */
export function* quotedPrintableOctets(text: string): Generator<string> {
  for (let from = 0; from < text.length;) {
    let to = Math.min(text.length, from + pieceSize)
    if (to < text.length) {
      const line = text.lastIndexOf('\n', to - 1) + 1
      if (line > from) to = line
      else if (text.lastIndexOf('=', to - 1) > to - 4) to = text.lastIndexOf('=', to - 1)
      if (to <= from) to = Math.min(text.length, from + pieceSize)
    }
    yield fromQuotedPrintable(text.slice(from, to))
    from = to
  }
}

/** Characters of a line, its `=` not counted. */
const lineLength = 75
const escaped = (octet: string): string =>
  `=${octet.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`

/** Quoted-printable of octets given piece by piece. `lineEnd` is what a line of this content ends with. */
export class QuotedPrintableLines {
  readonly #end: string
  #column = 0
  #rest = ''

  constructor(lineEnd: string) {
    this.#end = lineEnd
  }

  push(octets: string): string {
    const all = this.#rest + octets
    // What a line ends with is seen whole, and the white space before it too.
    const whole = all.length - (/[ \t\r]{0,200}$/.exec(all)?.[0].length ?? 0)
    this.#rest = all.slice(whole)
    return this.#lines(all.slice(0, whole))
  }

  end(): string {
    const rest = this.#rest
    this.#rest = ''
    return this.#lines(rest, true)
  }

  #lines(octets: string, last = false): string {
    const parts = octets.split(this.#end)
    return parts
      .map((part, index) => {
        const ends = index < parts.length - 1
        const text = this.#line(part, ends || last)
        if (!ends) return text
        this.#column = 0
        return text + this.#end
      })
      .join('')
  }

  #line(part: string, closed: boolean): string {
    const text: string[] = []
    for (let at = 0; at < part.length; at++) {
      const octet = part[at]!
      const blank = octet === ' ' || octet === '\t'
      const plain = blank ? !(closed && at === part.length - 1) : octet > ' ' && octet <= '~' && octet !== '='
      let coded = plain ? octet : escaped(octet)
      if (this.#column + coded.length > lineLength) {
        text.push('=', this.#end)
        this.#column = 0
      }
      // A line that begins with two hyphens could be taken for a delimiter (RFC 2046 §5.1.1).
      if (this.#column === 0 && octet === '-') coded = escaped(octet)
      text.push(coded)
      this.#column += coded.length
    }
    return text.join('')
  }
}
