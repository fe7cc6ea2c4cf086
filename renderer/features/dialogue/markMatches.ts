/**
 * Owns: marking the text of a filter in the rows that are drawn, by the browser's own highlights: no row is drawn anew
 * for it, and the rows know nothing of it. Where a browser has none, matches are not marked.
 */

const name = 'filter-match'
/** Marks at most; a screen shows fewer. */
const most = 400

/** Places of the needle in the text of one element, which may be in several nodes. */
function* rangesIn(element: Element, needle: string): Generator<AbstractRange> {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  const nodes: { node: Node; start: number }[] = []
  let text = ''
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    nodes.push({ node, start: text.length })
    text += (node.textContent ?? '').toLowerCase()
  }
  const placeOf = (at: number) => {
    const { node, start } = nodes.findLast((one) => one.start <= at)!
    return [node, at - start] as const
  }
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) {
    const [startContainer, startOffset] = placeOf(at)
    const [endContainer, last] = placeOf(at + needle.length - 1)
    // A live range is told of every node that the document gains or loses; rows come and go all the time.
    yield new StaticRange({ startContainer, startOffset, endContainer, endOffset: last + 1 })
  }
}

/** Marks `text` in what stands between the walls of `list`; an empty text takes the marks away. */
export function markMatches(list: Element | null, text: string): void {
  if (typeof CSS === 'undefined' || !('highlights' in CSS)) return
  CSS.highlights.delete(name)
  const needle = text.toLowerCase()
  if (list === null || needle === '') return
  const ranges: AbstractRange[] = []
  for (const row of list.querySelectorAll('[role=option] > [aria-hidden=true]'))
    for (const range of rangesIn(row, needle)) if (ranges.push(range) >= most) break
  CSS.highlights.set(name, new Highlight(...ranges))
}
