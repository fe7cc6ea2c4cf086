/**
 * Owns: a whole dialogue as one strip of many thin bars: the higher, the longer it took; amber and hatched where others
 * could read it, violet where it was sealed; a mark above where something was refused. A slider by its behaviour.
 */
import { useState, type KeyboardEvent, type PointerEvent } from 'react'
import styles from './Overview.module.css'

export interface OverviewBar {
  /** Number of its first event. */
  seq: number
  /** 0 to 1. */
  height: number
  look: 'open' | 'sealed'
  mark: 'none' | 'delayed' | 'refused'
}

export interface OverviewProps {
  bars: readonly OverviewBar[]
  /** Bar of the selected event; -1 for none. */
  current: number
  /** As "mostly rcpt, at 12.5 s, events 4,097 to 8,192, 12 refused". */
  wordsAt: (place: number) => string
  onSelect: (seq: number) => void
}

const tall = 18

function path(bars: readonly OverviewBar[], wanted: (bar: OverviewBar) => boolean, top?: number): string {
  return bars
    .map((bar, place) => {
      if (!wanted(bar)) return ''
      const from = top ?? 4 + (tall - 4) * (1 - bar.height)
      return `M${place} ${from.toFixed(1)}h1V${top === undefined ? tall : top + 3}h-1z`
    })
    .join('')
}

const jumps: Record<string, number> = {
  ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10, Home: -Infinity, End: Infinity,
} // prettier-ignore

export function Overview({ bars, current, wordsAt, onSelect }: OverviewProps) {
  const [pointed, setPointed] = useState(-1)
  const last = bars.length - 1
  const choose = (place: number) => onSelect(bars[Math.max(0, Math.min(last, place))]!.seq)
  const placeAt = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect()
    return Math.floor(((event.clientX - box.left) / Math.max(1, box.width)) * bars.length)
  }
  const keyed = (event: KeyboardEvent) => {
    const jump = jumps[event.key]
    if (jump === undefined) return
    choose(Math.max(0, current) + jump)
    event.preventDefault()
  }
  const shown = pointed >= 0 && pointed <= last ? pointed : current
  return (
    <div className={styles.overview}>
      <div
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a range input cannot be a picture of many bars
        role="slider"
        tabIndex={0}
        aria-label="The whole dialogue"
        aria-valuemin={1}
        aria-valuemax={bars.length}
        aria-valuenow={Math.max(0, current) + 1}
        aria-valuetext={current >= 0 ? wordsAt(current) : 'nothing selected'}
        className={styles.strip}
        onKeyDown={keyed}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          choose(placeAt(event))
        }}
        onPointerMove={(event) => {
          const place = Math.min(last, placeAt(event))
          setPointed(place)
          if (event.buttons === 1 && place !== current) choose(place)
        }}
        onPointerLeave={() => setPointed(-1)}
      >
        <svg viewBox={`0 0 ${bars.length} ${tall}`} preserveAspectRatio="none" aria-hidden="true">
          <path className={styles.open} d={path(bars, ({ look }) => look === 'open')} />
          <path className={styles.sealed} d={path(bars, ({ look }) => look === 'sealed')} />
          <path className={styles.delayed} d={path(bars, ({ mark }) => mark === 'delayed', 0)} />
          <path className={styles.refused} d={path(bars, ({ mark }) => mark === 'refused', 0)} />
        </svg>
        {current >= 0 && (
          <i className={styles.here} style={{ left: `${((current + 0.5) / bars.length) * 100}%` }} />
        )}
      </div>
      <div className={styles.foot} aria-hidden="true">
        {shown >= 0 && wordsAt(shown)}
      </div>
    </div>
  )
}
