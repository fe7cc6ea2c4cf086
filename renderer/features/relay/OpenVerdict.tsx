/** Owns: whether strangers may send anywhere, as the engine found by trying. */
import { openVerdict } from '#renderer/model/relayStatus.ts'
import { cx } from '#renderer/ui/cx.ts'
import { Icon } from '#renderer/ui/Icon.tsx'
import styles from './OpenVerdict.module.css'
import { useNow, useRelay } from './useRelay.ts'

export function OpenVerdict() {
  const status = useRelay((relay) => relay.status)
  const rules = useRelay((relay) => relay.rules)
  const now = useNow()
  if (status === null) return null
  const { tone, title, words, ways } = openVerdict(status, rules, now)
  return (
    <div className={cx(styles.verdict, tone === 'bad' && styles.bad)} data-tone={tone}>
      <span className={styles.glyph}>
        <Icon name={tone === 'bad' ? 'bad' : 'shield'} />
      </span>
      <div className={styles.words}>
        <p>
          <b>{title}</b> {words}
        </p>
        {ways.length > 0 && (
          <ul>
            {ways.slice(0, 3).map((way) => (
              <li key={way}>{way}</li>
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}
