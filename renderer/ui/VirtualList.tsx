/**
 * Owns: a list of which only the visible rows are drawn. Heights live in blocks (model/rowWindow), because the usual
 * virtualisers lay every row out again whenever the count changes, which a live dialogue of a million events does all
 * the time. A list higher than a browser can scroll is mapped (model/scrollMap). Keyboard focus stays on the list; the active row is named by aria-activedescendant.
 */
import { useLayoutEffect, useRef, useState } from 'react'
import type { CSSProperties, KeyboardEvent, ReactNode } from 'react'
import { moveByKey } from '#renderer/model/rowKeys.ts'
import { RowWindow, type RowKey } from '#renderer/model/rowWindow.ts'
import { cx } from './cx.ts'
import { useRowWindow } from './useRowWindow.ts'
import styles from './VirtualList.module.css'

export interface VirtualListProps {
  label: string
  count: number
  /** Rows before this one are final: neither their kind nor their order changes. Default: none. */
  settled?: number
  /** Changes when rows before `settled` were replaced, as by a filter. */
  resetKey?: RowKey
  /** First guess in pixels; a drawn row is measured. */
  estimate: (index: number) => number
  /** A row that can be active carries role="option", its id, and aria-selected. */
  render: (index: number) => ReactNode
  rowKey: (index: number) => RowKey
  optionId: (index: number) => string
  /** The active row, -1 for none. It is brought in sight when it changes. */
  active: number
  onActive: (index: number) => void
  /** True for rows that cannot be active (heads, bands). */
  skip?: (index: number) => boolean
  onEnter?: (index: number) => void
  /** Asked before any other, also about keys with Ctrl, Cmd or Shift; `true` when handled. */
  onChord?: (event: KeyboardEvent) => boolean
  /** Several rows may be selected. */
  multi?: boolean
  /** Other keys; `true` when handled. */
  onKey?: (event: KeyboardEvent) => boolean
  /** J and K move like the arrows. */
  letters?: boolean
  /** Keep the end in sight while rows arrive. */
  follow?: boolean
  onFollow?: (follow: boolean) => void
  /** Pixels after which a pattern down the rows repeats: `--row-y` lets it go on from row to row without a seam. */
  pattern?: number
  /** Called after each draw with the list, before it is painted. */
  onDrawn?: (list: HTMLElement) => void
  className?: string | undefined
}

function keyHandler(props: VirtualListProps) {
  return (event: KeyboardEvent) => {
    if (event.defaultPrevented) return
    if (props.onChord?.(event)) return event.preventDefault()
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const next = moveByKey(event.key, props, props.letters ?? true)
    if (next !== null) props.onActive(next)
    else if (event.key === 'Enter' && props.active >= 0 && props.onEnter) props.onEnter(props.active)
    else if (!props.onKey?.(event)) return
    event.preventDefault()
  }
}

/**
 * `--row-y` is how far into the pattern a row begins. A value of its own for each row would keep the browser from sharing
 * styles between rows: everything in a row inherits it.
 */
const placeAt = (y: number, pattern: number | undefined): CSSProperties & Record<'--row-y', string> => ({
  transform: `translateY(${y}px)`,
  '--row-y': pattern === undefined ? '0px' : `${y % pattern}px`,
})

/**
 * Which row of how many: a screen reader sees the drawn ones only. Set here and not given to each row, for the count of a
 * live list changes with every line and would draw them all again.
 */
function sayPlaces(list: HTMLElement, count: number): void {
  for (const option of list.querySelectorAll('[role=option]')) {
    const index = Number(option.closest<HTMLElement>('[data-virtual-row]')?.dataset['virtualRow'])
    option.setAttribute('aria-posinset', String(index + 1))
    option.setAttribute('aria-setsize', String(count))
  }
}

export function VirtualList(props: VirtualListProps) {
  const { label, active, render, rowKey, optionId } = props
  const viewport = useRef<HTMLDivElement>(null)
  const [rows] = useState(() => new RowWindow())
  const { first, last, shift, height, onScroll } = useRowWindow(viewport, rows, props)

  const { onDrawn } = props
  // After each draw, as it says.
  useLayoutEffect(() => {
    if (viewport.current === null) return
    sayPlaces(viewport.current, props.count)
    onDrawn?.(viewport.current)
  })

  const drawn = Array.from({ length: last - first + 1 }, (_, place) => first + place)
  const inSight = active >= first && active <= last
  return (
    <div
      ref={viewport}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a select cannot hold rows of several parts
      role="listbox"
      aria-label={label}
      aria-multiselectable={props.multi}
      aria-activedescendant={inSight ? optionId(active) : undefined}
      tabIndex={0}
      className={cx(styles.viewport, props.className)}
      onScroll={onScroll}
      onKeyDown={keyHandler(props)}
    >
      <div className={styles.space} role="presentation" style={{ height }}>
        {drawn.map((index) => (
          <div
            key={rowKey(index)}
            role="presentation"
            data-virtual-row={index}
            className={styles.row}
            style={placeAt(rows.heights.offset(index) + shift, props.pattern)}
          >
            {render(index)}
          </div>
        ))}
      </div>
    </div>
  )
}
