/** Owns: tying a RowWindow to a scrolling element: what is in sight, measuring what was drawn, following the end. */
import { useEffect, useLayoutEffect, useReducer, useRef, useState, type RefObject } from 'react'
import type { RowKey, RowWindow } from '#renderer/model/rowWindow.ts'

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

export function useRowWindow(
  viewport: RefObject<HTMLElement | null>,
  rows: RowWindow,
  input: RowWindowInput,
) {
  const { count, active, follow, onFollow } = input
  const [view, setView] = useState({ top: 0, height: guessedHeight })
  const [, redraw] = useReducer((n: number) => n + 1, 0)
  rows.sync({ ...input, settled: input.settled ?? 0, resetKey: input.resetKey ?? '' })
  const { first, last } = rows.range(view.top, view.height)

  const reveal = (index: number) => {
    const box = viewport.current
    const top =
      box && index >= 0 && index < count ? rows.reveal(index, box.scrollTop, box.clientHeight) : null
    if (box && top !== null) box.scrollTop = top
  }

  /** By its key: rows that come in above move its place, and must not move what a person looks at. */
  const revealed = useRef<RowKey | null>(null)
  const activeKey = active >= 0 && active < count ? input.rowKey(active) : null
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- every draw may show new rows; a measured row never moves twice
  useLayoutEffect(() => {
    const box = viewport.current
    if (!box) return
    const moved = measureDrawn(box, rows, input)
    if (follow && box.scrollTop + box.clientHeight < rows.heights.total - 1)
      box.scrollTop = rows.heights.total
    if (revealed.current !== activeKey && !follow) reveal(active)
    // Drawn before the next paint: a burst of rows would else leave the place scrolled to empty.
    if (Math.abs(box.scrollTop - view.top) >= 1) setView((old) => ({ ...old, top: box.scrollTop }))
    // Rows above may have turned out higher than guessed: then look once more when they are in their places.
    revealed.current = moved ? null : activeKey
    if (moved) redraw()
  })
  useEffect(() => {
    const box = viewport.current
    if (!box) return undefined
    const measure = () => setView((old) => ({ ...old, height: box.clientHeight || guessedHeight }))
    const observer = new ResizeObserver(measure)
    observer.observe(box)
    return () => observer.disconnect()
  }, [viewport])

  const onScroll = () => {
    const box = viewport.current
    if (!box) return
    const up = box.scrollTop < view.top - 2
    const atEnd = box.scrollTop + box.clientHeight >= rows.heights.total - 4
    if (follow && up && !atEnd) onFollow?.(false)
    else if (follow === false && atEnd && !up) onFollow?.(true)
    setView({ top: box.scrollTop, height: box.clientHeight || guessedHeight })
  }
  return { first, last, onScroll }
}
