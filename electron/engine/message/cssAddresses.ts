/**
 * Owns: what a message's CSS would fetch from elsewhere, counted so that a person can be told of it. Nothing is kept out
 * here: the frame's own policy does that (hosts/common/web/mailFrame.ts). One pass each, nothing backtracks.
 */

export interface CssAddresses {
  /** Pictures: backgrounds, list marks, content, cursors. They come when remote images are asked for. */
  images: number
  /** Never fetched. */
  fonts: number
  sheets: number
}

const longestCss = 2 << 20

/** CSS escapes read as a browser reads them (CSS Syntax §4.3.7): `u\72l(` is `url(`. */
const unescaped = (css: string): string =>
  css.replaceAll(/\\(?:([0-9a-f]{1,6})\s?|([^\n\r\f0-9a-f]))/giu, (_whole, hex?: string, plain?: string) => {
    if (plain !== undefined) return plain
    const code = Number.parseInt(hex!, 16)
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '\ufffd' // prettier-ignore
  })

const address = String.raw`["']?\s{0,20}(?:https?:)?\/\/`
const urls = new RegExp(String.raw`url\(\s{0,20}${address}|image-set\(\s{0,20}${address}`, 'giu')
const imports = new RegExp(String.raw`@import\s{0,20}(?:url\(\s{0,20})?${address}`, 'giu')
const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0

/** A comment that never ends takes the rest (CSS Syntax §4.3.2). */
function withoutComments(css: string): string {
  let text = ''
  for (let at = 0; ;) {
    const open = css.indexOf('/*', at)
    if (open < 0) return text + css.slice(at)
    text += `${css.slice(at, open)} `
    const close = css.indexOf('*/', open + 2)
    if (close < 0) return text
    at = close + 2
  }
}

/** Of a style sheet or of a `style` attribute. */
export function cssAddresses(given: string): CssAddresses {
  const css = unescaped(withoutComments(given.slice(0, longestCss)))
  const found: CssAddresses = { images: 0, fonts: 0, sheets: count(css, imports) }
  const [head = '', ...faces] = css.replaceAll(imports, ' ').split(/@font-face/iu)
  found.images += count(head, urls)
  for (const face of faces) {
    const close = face.indexOf('}')
    found.fonts += count(close < 0 ? face : face.slice(0, close), urls)
    if (close >= 0) found.images += count(face.slice(close), urls)
  }
  return found
}
