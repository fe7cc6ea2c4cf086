/** Owns: the attributes of one HTML tag, read once from left to right and bounded, and their values as text. */

const mostAttributes = 60
/** Longer values are dropped, but for pictures that the message carries in itself. */
const longestValue = 32 << 10
const longestSource = 4 << 20

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', colon: ':', tab: '\t', newline: '\n', sol: '/', lpar: '(', rpar: ')', num: '#' } // prettier-ignore

/** Character references as a browser reads them, those without a semicolon too; unknown names stay. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));?/giu,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return named[name.toLowerCase()] ?? whole
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
      const fits = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
      return fits ? String.fromCodePoint(code) : '\ufffd'
    },
  )
}

export const escapeAttribute = (text: string): string =>
  text
    .replaceAll('\0', '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')

export interface Tag {
  /** Lower case names; the first of equal ones counts (HTML §13.2.5.33). */
  attributes: Map<string, string>
  /** Behind the `>`. */
  end: number
}

const blank = /[\s/]/u
const endsName = /[\s/>=]/u

function skip(html: string, from: number, while_: RegExp): number {
  let at = from
  while (at < html.length && while_.test(html[at]!)) at++
  return at
}

/** From behind the tag's name to behind its `>`; a tag that never ends takes the rest. */
export function attributesOf(html: string, from: number): Tag {
  const attributes = new Map<string, string>()
  for (let at = from; ;) {
    at = skip(html, at, blank)
    if (at >= html.length) return { attributes, end: html.length }
    if (html[at] === '>') return { attributes, end: at + 1 }
    const start = at
    // A `=` at the beginning belongs to the name (HTML §13.2.5.32).
    at++
    while (at < html.length && !endsName.test(html[at]!)) at++
    const name = html.slice(start, Math.min(at, start + 64)).toLowerCase()
    const equals = skip(html, at, /\s/u)
    let value = ''
    if (html[equals] === '=') {
      const read = valueAt(html, skip(html, equals + 1, /\s/u))
      at = read.end
      value = read.value
    }
    const limit = name === 'src' ? longestSource : longestValue
    if (attributes.size < mostAttributes && !attributes.has(name) && value.length <= limit)
      attributes.set(name, decodeEntities(value))
  }
}

function valueAt(html: string, from: number): { value: string; end: number } {
  const quote = html[from]
  if (quote === '"' || quote === "'") {
    const close = html.indexOf(quote, from + 1)
    const end = close < 0 ? html.length : close
    return { value: html.slice(from + 1, end), end: Math.min(html.length, end + 1) }
  }
  let at = from
  while (at < html.length && !/[\s>]/u.test(html[at]!)) at++
  return { value: html.slice(from, at), end: at }
}
