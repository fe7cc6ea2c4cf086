/** Owns: failures by kind, the most frequent first, each with the dialogue of its first one. */
import { shownCount } from '#renderer/model/many.ts'
import type { ManyFailure } from '#shared/rpc/contract/many.ts'
import { Button } from '#renderer/ui/Button.tsx'
import styles from './Many.module.css'

export interface ManyFailuresProps {
  failures: readonly ManyFailure[]
  onOpen: (session: string) => void
}

export function ManyFailures({ failures, onOpen }: ManyFailuresProps) {
  if (failures.length === 0) return null
  return (
    <section aria-label="Failures by kind">
      <ul className={styles.failures}>
        {failures.map(({ code, message, count, session }) => (
          <li key={`${code} ${message}`}>
            <b className={styles.count}>{shownCount(count)}</b>
            <span className={styles.what}>
              <code>{code}</code>
              <span>{message}</span>
            </span>
            {session !== undefined && (
              <Button aria-label={`Open example of ${code}`} onPress={() => onOpen(session)}>
                Open example
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
