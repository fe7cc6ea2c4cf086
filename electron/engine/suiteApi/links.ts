/**
 * Owns: the web addresses in a message's text, for a test suite that follows the one in a confirmation. Found by looking
 * for `http://` and `https://`, one pass; what cannot be an address is left out.
 */

export const mostLinks = 200
const longest = 4000

/** What ends an address in running text (RFC 3986 §2 allows none of them, Appendix C names the angle brackets). */
const ends = /[\s<>"`{}|\\^\u0000-\u001f\u007f]/u // eslint-disable-line no-control-regex -- control octets end it too

/** A full stop behind an address is the sentence's; a bracket is the address's own only where it opens one too. */
function trimmed(address: string): string {
  const count = (sign: string): number => address.split(sign).length - 1
  const open: Record<string, number> = { ')': count('(') - count(')'), ']': count('[') - count(']') }
  let end = address.length
  for (; end > 0; end--) {
    const last = address[end - 1]!
    const balance = open[last]
    if (balance !== undefined) {
      if (balance >= 0) break
      open[last] = balance + 1
    } else if (!/[.,;:!?'*]/u.test(last)) break
  }
  return address.slice(0, end)
}

/** In the order of the text, each once. */
export function linksIn(text: string): string[] {
  const found = new Set<string>()
  const lower = text.toLowerCase()
  for (let at = lower.indexOf('http'); at >= 0 && found.size < mostLinks;) {
    let next = at + 4
    if (/^https?:\/\/[^/]/u.test(lower.slice(at, at + 9))) {
      const piece = text.slice(at, at + longest)
      const end = ends.exec(piece)?.index ?? piece.length
      const address = trimmed(piece.slice(0, end))
      if (URL.canParse(address)) found.add(address)
      next = at + end
    }
    at = lower.indexOf('http', next)
  }
  return [...found]
}

export interface Link {
  href: string
  /** What stands on it in the HTML. */
  text?: string
}

/** Those of the HTML with their words, then those that only the text has. */
export function allLinks(inHtml: readonly { text: string; href: string }[], text: string): Link[] {
  const known = new Set(inHtml.map(({ href }) => href))
  const more = linksIn(text).filter((href) => !known.has(href))
  return [...inHtml, ...more.map((href) => ({ href }))].slice(0, mostLinks)
}
