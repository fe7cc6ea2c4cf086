/** Owns: tying a RowWindow to a scrolling element: what is in sight, measuring what was drawn, following the end. */
import { useEffect, useLayoutEffect, useReducer, useRef, useState, type RefObject } from 'react'
import type { RowKey, RowWindow } from '#renderer/model/rowWindow.ts'
import { elementHeight, ScrollMap } from '#renderer/model/scrollMap.ts'

interface RowWindowInput {
  count: number
  settled?: number
  resetKey?: RowKey
  estimate: (index: number) => number
  rowKey: (index: number) => RowKey
  active: number
  follow?: boolean
  onFollow?: (follow: boolean) => void
}

/** Before the first measure: enough rows for a tall window. */
const guessedHeight = 900

/** Reads the heights of the drawn rows; answers whether any was not what was expected. */
function measureDrawn(box: HTMLElement, rows: RowWindow, input: RowWindowInput): boolean {
  let moved = false
  for (const element of box.querySelectorAll<HTMLElement>('[data-virtual-row]')) {
    const index = Number(element.dataset['virtualRow'])
    if (index < input.count && rows.measured(index, input.rowKey(index), element.offsetHeight)) moved = true
  }
  return moved
}

/** Scrolls so that the list is seen from `top` on. The element is made as high as the list is by now. */
function scrollTo(box: HTMLElement, top: number, rows: RowWindow, map: ScrollMap): void {
  const { total } = rows.heights
  map.resize(total)
  const space = box.firstElementChild
  if (space instanceof HTMLElement) space.style.height = `${elementHeight(total)}px`
  box.scrollTop = map.goTo(Math.max(0, Math.min(top, total - box.clientHeight)))
}

export function useRowWindow(
  viewport: RefObject<HTMLElement | null>,
  rows: RowWindow,
  input: RowWindowInput,
) {
  const { count, active, follow, onFollow } = input
  const [map] = useState(() => new ScrollMap())
  const [view, setView] = useState({ top: 0, shift: 0, height: guessedHeight })
  const [, redraw] = useReducer((n: number) => n + 1, 0)
  rows.sync({ ...input, settled: input.settled ?? 0, resetKey: input.resetKey ?? '' })
  const { first, last, whole } = rows.range(map.top, view.height)
  map.resize(rows.heights.total)

  /** By its key: rows that come in above move its place, and must not move what a person looks at. */
  const revealed = useRef<RowKey | null>(null)
  const laidOut = useRef(input.resetKey)
  /** As it was drawn last. */
  const sight = useRef({ height: 0, active: false })
  const activeKey = active >= 0 && active < count ? input.rowKey(active) : null
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- every draw may show new rows; a measured row never moves twice
  useLayoutEffect(() => {
    const box = viewport.current
    if (!box) return
    // Other rows stand where these stood: what is active is looked for anew.
    if (laidOut.current !== input.resetKey) revealed.current = null
    laidOut.current = input.resetKey
    // The head or the dock took room: what was active and in sight stays so.
    if (sight.current.active && box.clientHeight < sight.current.height) revealed.current = null
    // What a frame has not shown is not on the screen: a second draw before it must not bring the rows around it too.
    if (whole) rows.drew(first, last)
    const moved = measureDrawn(box, rows, input)
    const { total } = rows.heights
    const wanted = revealed.current !== activeKey && !follow && activeKey !== null
    const top = wanted ? rows.reveal(active, map.top, box.clientHeight) : null
    if (top !== null) scrollTo(box, top, rows, map)
    else if (follow && map.top + box.clientHeight < total - 1) scrollTo(box, total, rows, map)
    // A list that became short, or that the browser cut at its end.
    else if (map.top > Math.max(0, total - box.clientHeight)) scrollTo(box, total, rows, map)
    else if (map.shift !== 0 && elementHeight(total) === total) scrollTo(box, map.top, rows, map)
    // Drawn before the next paint: a burst of rows would else leave the place scrolled to empty.
    if (Math.abs(map.top - view.top) >= 1 || map.shift !== view.shift)
      setView((old) => ({ ...old, top: map.top, shift: map.shift }))
    // Rows above may have turned out higher than guessed: then look once more when they are in their places.
    revealed.current = moved ? null : activeKey
    const inSight = activeKey !== null && rows.reveal(active, map.top, box.clientHeight) === null
    sight.current = { height: box.clientHeight, active: inSight }
    if (moved) redraw()
  })
  useEffect(() => {
    if (whole) return undefined
    const frame = requestAnimationFrame(() => {
      rows.drew(first, last)
      redraw()
    })
    return () => cancelAnimationFrame(frame)
  }, [rows, whole, first, last])
  useEffect(() => {
    const box = viewport.current
    if (!box) return undefined
    const measure = () => setView((old) => ({ ...old, height: box.clientHeight || guessedHeight }))
    const observer = new ResizeObserver(measure)
    observer.observe(box)
    /** Small movements have led away from the mapped place; the bar is brought back there while nothing moves. */
    const rest = () => {
      scrollTo(box, map.top, rows, map)
      setView((old) => ({ ...old, top: map.top, shift: map.shift }))
    }
    box.addEventListener('scrollend', rest)
    return () => {
      observer.disconnect()
      box.removeEventListener('scrollend', rest)
    }
  }, [viewport, rows, map])

  const onScroll = () => {
    const box = viewport.current
    if (!box) return
    map.scrolled(box.scrollTop, 2 * box.clientHeight)
    const up = map.top < view.top - 2
    const atEnd = map.top + box.clientHeight >= rows.heights.total - 4
    if (follow && up && !atEnd) onFollow?.(false)
    else if (follow === false && atEnd && !up) onFollow?.(true)
    setView({ top: map.top, shift: map.shift, height: box.clientHeight || guessedHeight })
  }
  return { first, last, shift: map.shift, height: elementHeight(rows.heights.total), onScroll }
}
