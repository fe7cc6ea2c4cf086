/** Owns: one row's phases as bars on the shared time axis: hatched while others can read, solid when sealed. */
import type { CSSProperties } from 'react'
import { timeWords } from '#renderer/model/probeRow.ts'
import {
  everyTick,
  placeBars,
  stoppedWords,
  type Axis,
  type Bar,
  type PlacedBar,
} from '#renderer/model/probeWaterfall.ts'
import { cx } from '#renderer/ui/cx.ts'
import { percent } from '#renderer/ui/percent.ts'
import styles from './Waterfall.module.css'

const stepOf = ({ step, length }: Axis): CSSProperties & Record<string, string> => ({
  '--step': percent(step / length),
})

const looks: Record<Bar['look'], string> = {
  neither: 'before the first word',
  readable: 'readable by others',
  sealed: 'sealed',
  silent: 'no answer',
  refused: 'refused',
}
const titleOf = ({ name, took, look, words }: Bar) => `${name} ${timeWords(took)}, ${words ?? looks[look]}`

/** Ticks over the bars. */
export function AxisHead({ axis }: { axis: Axis }) {
  return (
    <span className={styles.head}>
      {axis.ticks.map(({ at, words }, place) => (
        <em
          key={at}
          className={cx(place === axis.ticks.length - 1 && styles.last, place > 0 && at < 1 && styles.middle)}
          style={{ left: percent(at) }}
        >
          {words}
        </em>
      ))}
    </span>
  )
}

function BarMark({ bar, children }: { bar: PlacedBar; children?: React.ReactNode }) {
  return (
    <i
      className={cx(styles.bar, styles[bar.look])}
      style={{ left: percent(bar.left), width: percent(bar.width) }}
      title={titleOf(bar)}
      data-by={bar.words === stoppedWords ? 'person' : undefined}
    >
      {children}
    </i>
  )
}

/** The small one: hidden from readers, for whom the row says its times in words. */
export function Waterfall({ bars, axis }: { bars: readonly Bar[]; axis: Axis }) {
  return (
    <span className={styles.small} style={stepOf(axis)} aria-hidden="true">
      {placeBars(bars, axis).map((bar) => (
        <BarMark key={bar.key} bar={bar}>
          {bar.look === 'silent' && <span className={styles.words}>{bar.words}</span>}
        </BarMark>
      ))}
    </span>
  )
}

/** Words of every tick below the bars of the large one. */
function AxisFoot({ axis }: { axis: Axis }) {
  return (
    <span className={styles.foot} aria-hidden="true">
      {everyTick(axis).map(({ at, words }) => (
        <em key={at} style={{ left: percent(at) }}>
          {words}
        </em>
      ))}
    </span>
  )
}

/** The large one, with the names of the phases and what each took, as far as there is room. */
export function LargeWaterfall({ bars, axis, label }: { bars: readonly Bar[]; axis: Axis; label: string }) {
  const placed = placeBars(bars, axis)
  return (
    <div className={styles.large} style={stepOf(axis)}>
      <ol aria-label={label}>
        {placed.map((bar, place) => {
          // A name may reach to where the next bar begins, the last one to the end.
          const room = (placed[place + 1]?.left ?? 1) - bar.left
          return (
            <li key={bar.key}>
              <BarMark bar={bar} />
              <span className={styles.name} style={{ left: percent(bar.left), width: percent(room) }}>
                <span className={styles.what}>{bar.words ?? bar.name}</span> <em>{timeWords(bar.took)}</em>
                <span className="visuallyHidden">, {looks[bar.look]}</span>
              </span>
            </li>
          )
        })}
      </ol>
      <AxisFoot axis={axis} />
    </div>
  )
}
