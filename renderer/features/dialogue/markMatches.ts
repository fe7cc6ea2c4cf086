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

/** Pixels that stay readable before a match that was brought in sight. */
const before = 60

/**
 * A row shows one line and cuts it off at its end: where the first match is behind that, the text is moved to it. The
 * cut is then at its begin, or at both ends (`data-moved`, for the style).
 */
function bringInSight(row: Element, mark: AbstractRange | undefined): void {
  for (const text of row.querySelectorAll<HTMLElement>('[data-moved]')) {
    text.scrollLeft = 0
    delete text.dataset['moved']
  }
  const text = mark?.startContainer.parentElement?.closest<HTMLElement>('[data-wire]')
  if (!mark || !text || text.scrollWidth <= text.clientWidth) return
  const place = document.createRange()
  place.setStart(mark.startContainer, mark.startOffset)
  place.setEnd(mark.endContainer, mark.endOffset)
  const [from, to] = [text.getBoundingClientRect(), place.getBoundingClientRect()]
  if (to.right <= from.right - before / 3) return
  text.scrollLeft = to.left - from.left - before
  text.dataset['moved'] = text.scrollLeft + text.clientWidth >= text.scrollWidth - 1 ? 'end' : 'middle'
}

/** Marks `text` in what stands between the walls of `list`; an empty text takes the marks away. */
export function markMatches(list: Element | null, text: string): void {
  if (typeof CSS === 'undefined' || !('highlights' in CSS)) return
  CSS.highlights.delete(name)
  const needle = text.toLowerCase()
  if (list === null) return
  if (needle === '') {
    bringInSight(list, undefined)
    return
  }
  const ranges: AbstractRange[] = []
  for (const row of list.querySelectorAll('[role=option] > [aria-hidden=true]')) {
    const found = ranges.length < most ? [...rangesIn(row, needle)] : []
    bringInSight(row, found[0])
    ranges.push(...found.slice(0, most - ranges.length))
  }
  CSS.highlights.set(name, new Highlight(...ranges))
}
