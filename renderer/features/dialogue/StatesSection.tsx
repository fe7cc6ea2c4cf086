/** Owns: the state of both ends before and after one event, in two rows. */
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { stateName, stateSentence } from '#renderer/model/stateWords.ts'
import type { End } from '#renderer/model/stateSteps.ts'
import { cx } from '#renderer/ui/cx.ts'
import styles from './Inspector.module.css'
import { Section } from './Section.tsx'
import type { Session } from './useSession.ts'

const ends = [['client', 'Client'], ['server', 'Server']] as const satisfies readonly [End, string][] // prettier-ignore

export function StatesSection({ session, event }: { session: Session; event: TranscriptEvent }) {
  const { states } = session.model
  const [before, after] = [states.before(event.seq), states.after(event.seq)]
  return (
    <Section title="State of both ends">
      <dl className={styles.pair}>
        {ends.map(([end, title]) => {
          const moved = before[end] !== after[end]
          return (
            <div key={end} title={stateSentence(end, after[end])}>
              <dt>{title}</dt>
              <dd>
                {moved && (
                  <>
                    <span className={styles.was}>{stateName(end, before[end])}</span>
                    <span className={styles.arrow} aria-hidden="true">
                      →
                    </span>
                    <span className="visuallyHidden">, then </span>
                  </>
                )}
                <span className={cx(moved && styles.moved)}>{stateName(end, after[end])}</span>
                {!moved && <span className={styles.was}> as before</span>}
              </dd>
            </div>
          )
        })}
      </dl>
    </Section>
  )
}
