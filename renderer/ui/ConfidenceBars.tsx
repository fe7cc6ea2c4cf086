/** Owns: how sure a finding is: three bars and a word. */
import styles from './ConfidenceBars.module.css'
import { cx } from './cx.ts'

export type Confidence = 'certain' | 'likely' | 'possible'
const known: Record<Confidence, { bars: number; word: string }> = {
  certain: { bars: 3, word: 'Certain' },
  likely: { bars: 2, word: 'Likely' },
  possible: { bars: 1, word: 'Possible' },
}

export function ConfidenceBars({ confidence }: { confidence: Confidence }) {
  const { bars, word } = known[confidence]
  return (
    <span className={styles.confidence}>
      <span className={styles.bars} aria-hidden="true">
        {[1, 2, 3].map((bar) => (
          <i key={bar} className={cx(styles.bar, bar <= bars && styles.on)} />
        ))}
      </span>
      {word}
    </span>
  )
}
