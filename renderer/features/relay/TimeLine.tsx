/** Owns: the tries of an entry as dots on a line, the next one filled, and where it gives up. */
import { timeLine } from '#renderer/model/relayTries.ts'
import type { QueueDetail } from '#shared/rpc/contract/relay.ts'
import { cx } from '#renderer/ui/cx.ts'
import { percent } from '#renderer/ui/percent.ts'
import styles from './TimeLine.module.css'
import { useNow } from './useRelay.ts'

export function TimeLine({ detail }: { detail: QueueDetail }) {
  const { dots, earlier, done } = timeLine(detail, useNow())
  return (
    <div className={styles.line}>
      {earlier > 0 && <span className={styles.earlier}>{earlier} earlier</span>}
      <div className={styles.track}>
        <i className={styles.done} style={{ width: percent(done) }} />
        <ol aria-label="Tries">
          {dots.map(({ key, place, kind, label, spoken }) => (
            <li
              key={key}
              className={cx(
                styles.dot,
                styles[kind],
                place > 0.9 && styles.last,
                place < 0.05 && styles.first,
              )}
              style={{ left: percent(place) }}
              title={spoken}
            >
              <i />
              <span aria-hidden="true">{label}</span>
              <span className="visuallyHidden">{spoken}</span>
            </li>
          ))}
        </ol>
      </div>
    </div>
  )
}
