/** Owns: what changed rules would do, line by line, before somebody agrees. */
import { useMemo } from 'react'
import { policyChanges, signWords, type Change } from '#renderer/model/relayChanges.ts'
import { countWords } from '#renderer/model/measures.ts'
import type { RelayPolicy } from '#shared/relay/policy.ts'
import { cx } from '#renderer/ui/cx.ts'
import styles from './Dialogs.module.css'

const classes: Record<Change['sign'], string | undefined> = {
  '+': styles.added,
  '−': styles.gone,
  '~': styles.other,
}

export function Changes({ before, after }: { before: RelayPolicy; after: RelayPolicy }) {
  // Beside a field that is typed in, and rules may be a hundred thousand.
  const { named, more } = useMemo(() => policyChanges(before, after), [before, after])
  if (named.length === 0) return <p className={styles.quiet}>The same rules as those in force.</p>
  return (
    <>
      <ul className={styles.changes}>
        {named.map(({ sign, words }) => (
          <li key={sign + words} className={cx(classes[sign])}>
            <b aria-hidden="true">{sign}</b>
            <span>
              <span className="visuallyHidden">{signWords[sign]}: </span>
              {words}
            </span>
          </li>
        ))}
      </ul>
      {more > 0 && <p className={styles.quiet}>and {countWords(more, 'more change')}</p>}
    </>
  )
}
