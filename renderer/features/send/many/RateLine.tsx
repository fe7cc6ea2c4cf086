/** Owns: the rate over time as one line, with its highest value said. */
import { linePoints, shownRate } from '#renderer/model/many.ts'
import styles from './Many.module.css'
import { useMany } from './useMany.ts'

const width = 320
const height = 72

export function RateLine() {
  const rates = useMany((many) => many.rates)
  const points = linePoints(rates, width, height)
  const most = shownRate(Math.max(0, ...rates))
  return (
    <figure className={styles.rate}>
      <figcaption>
        Messages a second <small>{points === '' ? '' : `highest ${most}`}</small>
      </figcaption>
      <svg
        viewBox={`0 -2 ${width} ${height + 4}`}
        preserveAspectRatio="none"
        // eslint-disable-next-line jsx-a11y/prefer-tag-over-role -- the picture is drawn here, not loaded
        role="img"
        aria-label={`Messages a second, highest ${most}`}
      >
        <line x1="0" x2={width} y1={height} y2={height} className={styles.axis} />
        {points !== '' && (
          <polygon points={`0,${height} ${points} ${width},${height}`} className={styles.area} />
        )}
        {points !== '' && <polyline points={points} className={styles.line} />}
      </svg>
      {points === '' && <p className={styles.note}>Too short for a line.</p>}
    </figure>
  )
}
