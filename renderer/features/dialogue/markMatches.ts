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

/** Where the text of a row has to begin for its first match to be read; undefined where it stands right. */
function placeFor(text: HTMLElement, mark: AbstractRange | undefined): number | undefined {
  const moved = text.dataset['moved'] !== undefined
  if (mark === undefined) return moved ? 0 : undefined
  if (!moved && text.scrollWidth <= text.clientWidth) return undefined
  const place = document.createRange()
  place.setStart(mark.startContainer, mark.startOffset)
  place.setEnd(mark.endContainer, mark.endOffset)
  const [from, to] = [text.getBoundingClientRect(), place.getBoundingClientRect()]
  if (to.left >= from.left && to.right <= from.right - before / 3) return undefined
  const left = Math.round(Math.max(0, text.scrollLeft + to.left - from.left - before))
  return left === Math.round(text.scrollLeft) ? undefined : left
}

/**
 * A row shows one line and cuts it off at its end: where the first match is behind that, the text is moved to it. The
 * cut is then at its begin, or at both ends (`data-moved`, for the style). All rows are looked at before one is changed:
 * else each would be laid out by itself.
 */
function bringInSight(firsts: readonly { row: Element; mark: AbstractRange | undefined }[]): void {
  const moves = firsts.flatMap(({ row, mark }) => {
    const text = row.querySelector<HTMLElement>('[data-wire]')
    const left = text
      ? placeFor(text, mark && text.contains(mark.startContainer) ? mark : undefined)
      : undefined
    return text && left !== undefined
      ? [{ text, left, end: left + text.clientWidth >= text.scrollWidth - 1 }]
      : []
  })
  for (const { text, left, end } of moves) {
    if (left === 0) delete text.dataset['moved']
    else text.dataset['moved'] = end ? 'end' : 'middle'
  }
  for (const { text, left } of moves) text.scrollLeft = left
}

/** Marks `text` in what stands between the walls of `list`; an empty text takes the marks away. */
export function markMatches(list: Element | null, text: string): void {
  if (typeof CSS === 'undefined' || !('highlights' in CSS)) return
  CSS.highlights.delete(name)
  const needle = text.toLowerCase()
  if (list === null) return
  const ranges: AbstractRange[] = []
  const firsts: { row: Element; mark: AbstractRange | undefined }[] = []
  for (const row of list.querySelectorAll('[role=option] > [aria-hidden=true]')) {
    const found = needle !== '' && ranges.length < most ? [...rangesIn(row, needle)] : []
    firsts.push({ row, mark: found[0] })
    ranges.push(...found.slice(0, most - ranges.length))
  }
  bringInSight(firsts)
  if (needle !== '') CSS.highlights.set(name, new Highlight(...ranges))
}
