/**
 * Owns: replacing known phrases in text, the longest one first, whatever their case and the white space in them. A phrase
 * begins and ends where words do: `ann` is not found in `channel`.
 *
 * Text is cut into atoms (a word, white space, one other character), phrases are kept as a tree of atoms. Where no phrase
 * begins, an atom costs one look-up, so the time is in proportion to the text, however many phrases there are.
 */

interface Node {
  next: Map<string, Node>
  standIn: string | null
  digits: boolean
}

const newNode = (): Node => ({ next: new Map(), standIn: null, digits: false })
/** Stand in a text where lines were joined: the one is white space, the other nothing. Both stay, after a stand-in. */
export const lineBreak = '\ue000'
export const wordBreak = '\ue001'
const breaks = /[\ue000\ue001]/
/** Nobody sees them in a word: the soft hyphen, spaces without width, marks of direction. */
const invisible = /[\u00ad\u200b-\u200f\u2060\ufeff]/g
const atomForm = /[\p{L}\p{N}\p{M}\ue001\u00ad\u200b-\u200f\u2060]+|[\s\ue000]+|[^]/uy
/** Longer phrases are not kept: no name or address is. */
export const longestPhrase = 600
/** A number here counts octets, even where somebody's user name is the same number. */
const counted = /(?:SIZE[= ]|BDAT )$/i

/** A sigma's small form depends on what follows it, which a word by itself does not know. */
const keyOf = (atom: string): string =>
  breaks.test(atom) ? (/^[\s\ue000]/.test(atom) ? ' ' : keyOf(atom.replaceAll(wordBreak, ''))) : /^\s/.test(atom) ? ' ' : /^[\0-\x7f]*$/.test(atom) ? atom.toLowerCase() : atom.replace(invisible, '').normalize('NFKC').toLowerCase().replaceAll('ς', 'σ') // prettier-ignore

export class Phrases {
  readonly #root = newNode()

  /** The first stand-in of a phrase stays. False when it is too long or empty. */
  add(phrase: string, standIn: string): boolean {
    if (phrase.trim() === '' || phrase.length > longestPhrase) return false
    let node = this.#root
    for (let at = 0; at < phrase.length;) {
      const atom = atomAt(phrase, at)
      at += atom.length
      const key = keyOf(atom)
      let next = node.next.get(key)
      if (next === undefined) node.next.set(key, (next = newNode()))
      node = next
    }
    node.standIn ??= standIn
    node.digits = /^\d+$/.test(phrase)
    return true
  }

  /** The text with all phrases replaced. */
  replace(text: string): string {
    let kept = 0
    let result = ''
    for (let at = 0; at < text.length;) {
      const atom = atomAt(text, at)
      const first = this.#root.next.get(keyOf(atom))
      const match = first === undefined ? null : longestFrom(text, at + atom.length, first)
      if (match === null || (match.digits && counted.test(text.slice(Math.max(0, at - 5), at)))) {
        at += atom.length
        continue
      }
      const within = text.slice(at, match.end)
      const joints = breaks.test(within) ? within.replace(/[^\ue000\ue001]+/g, '') : ''
      result += text.slice(kept, at) + match.standIn + joints
      kept = at = match.end
    }
    return result + text.slice(kept)
  }
}

function atomAt(text: string, at: number): string {
  atomForm.lastIndex = at
  return atomForm.exec(text)![0]
}

function longestFrom(
  text: string,
  from: number,
  first: Node,
): { standIn: string; end: number; digits: boolean } | null {
  let best: { standIn: string; end: number; digits: boolean } | null = null
  let node: Node | undefined = first
  for (let at = from; node !== undefined;) {
    if (node.standIn !== null) best = { standIn: node.standIn, end: at, digits: node.digits }
    if (at >= text.length || node.next.size === 0) break
    const atom = atomAt(text, at)
    if (atom !== wordBreak) node = node.next.get(keyOf(atom))
    at += atom.length
  }
  return best
}
