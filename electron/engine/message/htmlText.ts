/**
 * Owns: readable text of an HTML body, for reading only: nothing of it is ever shown as HTML. One pass from left to
 * right with `indexOf`, so that no input makes it quadratic.
 */

const breaking = new Set(['br', 'p', 'div', 'tr', 'li', 'ul', 'ol', 'table', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'blockquote', 'pre', 'section', 'article', 'header', 'footer']) // prettier-ignore
/** Elements whose content is not text. */
const silent = new Set(['script', 'style', 'head', 'title', 'template', 'noscript'])
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', copy: '©', reg: '®', hellip: '…', ndash: '–', mdash: '—', laquo: '«', raquo: '»', euro: '€', bull: '•', middot: '·', lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”' } // prettier-ignore

export function htmlToText(html: string): string {
  const lower = html.toLowerCase()
  const out: string[] = []
  for (let at = 0; at < html.length;) {
    const open = html.indexOf('<', at)
    if (open < 0) {
      out.push(plain(html.slice(at)))
      break
    }
    if (open > at) out.push(plain(html.slice(at, open)))
    at = afterMarkup(html, lower, open, out)
  }
  return tidy(out.join(''))
}

/** Reads one tag or comment at `open`; answers where text goes on. */
function afterMarkup(html: string, lower: string, open: number, out: string[]): number {
  if (lower.startsWith('<!--', open)) {
    const end = html.indexOf('-->', open + 4)
    return end < 0 ? html.length : end + 3
  }
  const name = /^[a-z][a-z0-9]*/u.exec(lower.slice(open + 1, open + 17).replace('/', ''))?.[0]
  if (name === undefined && !/[!/?]/u.test(html[open + 1] ?? '')) {
    out.push('<')
    return open + 1
  }
  const end = html.indexOf('>', open)
  if (end < 0) return html.length
  if (name !== undefined && breaking.has(name)) out.push('\n')
  else if (name === 'td' || name === 'th') out.push(' ')
  if (name === undefined || !silent.has(name) || lower[open + 1] === '/') return end + 1
  const close = lower.indexOf(`</${name}`, end)
  return close < 0 ? html.length : close
}

const plain = (text: string): string =>
  text
    .replace(/[\s\u00a0]+/gu, ' ')
    .replace(
      /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));/gu,
      (whole, dec, hex, name: string) => {
        if (name) return entities[name] ?? whole
        const code = dec ? Number(dec) : Number.parseInt(String(hex), 16)
        return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
          ? String.fromCodePoint(code)
          : '\ufffd'
      },
    )

const tidy = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.replace(/ {2,}/gu, ' ').trim())
    .filter((line, i, all) => line !== '' || (i > 0 && all[i - 1] !== ''))
    .join('\n')
    .trim()
