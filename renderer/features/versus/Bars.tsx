/** Owns: both first connections as bars on one time axis, a bar for each wait: hatched while others can read, solid when sealed. */
import type { CSSProperties } from 'react'
import { versusAxis, type VersusBar } from '#renderer/model/versus.ts'
import { shortTime } from '#shared/transcript/measure.ts'
import { cx } from '#renderer/ui/cx.ts'
import { percent } from '#renderer/ui/percent.ts'
import styles from './Bars.module.css'

const looks = {
  connecting: 'before the first word',
  open: 'readable by others',
  handshake: 'handshake',
  sealed: 'sealed',
} as const
const place = (from: number, to: number, length: number): CSSProperties => ({
  left: percent(from / length),
  width: percent(Math.max(0.002, (to - from) / length)),
})

function Row({ name, bars, length }: { name: string; bars: readonly VersusBar[]; length: number }) {
  const last = bars.at(-1)
  return (
    <div className={styles.row}>
      <span className={styles.name}>
        <b>{name}</b>
        <span>{last ? shortTime(last.to) : 'nothing'}</span>
      </span>
      <ol className={styles.track} aria-label={`Waits of the first ${name} connection`}>
        {bars.map(({ key, what, look, from, to }) => (
          <li
            key={key}
            className={cx(styles.bar, styles[look])}
            style={place(from, to, length)}
            title={`${what}, ${shortTime(to - from)}, ${looks[look]}`}
          >
            <span className="visuallyHidden">
              {what}, {shortTime(to - from)}, {looks[look]}
            </span>
            <span className={styles.what} aria-hidden="true">
              {what}
            </span>
          </li>
        ))}
      </ol>
    </div>
  )
}

export function Bars({ smtp, http }: { smtp: readonly VersusBar[]; http: readonly VersusBar[] }) {
  const { length, ticks } = versusAxis(smtp, http)
  return (
    <div className={styles.bars}>
      <div className={styles.axis} aria-hidden="true">
        {ticks.map((tick, i) => (
          <em
            key={tick}
            className={cx(i === ticks.length - 1 && styles.last)}
            style={{ left: percent(tick / length) }}
          >
            {tick === 0 ? '0' : shortTime(tick)}
          </em>
        ))}
      </div>
      <Row name="SMTP" bars={smtp} length={length} />
      <Row name="HTTP API" bars={http} length={length} />
    </div>
  )
}
