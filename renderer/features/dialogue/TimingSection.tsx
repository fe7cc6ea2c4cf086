/** Owns: the time of one event: waited before it, how much of that was the network's, and since the session began. */
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { shortTime } from '#shared/transcript/measure.ts'
import { eventBySeq } from '#renderer/model/eventLog.ts'
import { splitOf } from '#renderer/model/timing.ts'
import styles from './Inspector.module.css'
import { Section } from './Section.tsx'
import type { Session } from './useSession.ts'

function Split({ roundTrip, server }: { roundTrip: number; server: number }) {
  const half = roundTrip / 2
  return (
    <>
      <div className={styles.timing} aria-hidden="true">
        <i style={{ flex: half }} />
        <i className={styles.main} style={{ flex: server }} />
        <i style={{ flex: half }} />
      </div>
      <div className={styles.timingWords}>
        <span>{shortTime(half)} out</span>
        <span>about {shortTime(server)} server</span>
        <span>{shortTime(half)} back</span>
      </div>
      <p className={styles.how}>
        TCP connected in {shortTime(roundTrip)}: one round trip. The rest of the wait is the server’s.
      </p>
    </>
  )
}

export function TimingSection({ session, event }: { session: Session; event: TranscriptEvent }) {
  const { log, model, summary } = session
  const row = model.ladder.row(model.ladder.indexOf(event.seq))
  // A connection that came to us took no time of ours.
  const took = 'took' in event && event.took > 0 ? event.took : undefined
  const waited = took ?? (row && row.seq === event.seq && 'gap' in row ? row.gap : undefined)
  const before = eventBySeq(log, event.seq - 1)
  const after = before?.kind === 'line' ? (before.verb ?? 'the line before') : 'the event before'
  const split = splitOf(event, { log, role: summary?.role, waited })
  if (summary?.times === 'none')
    return (
      <Section title="Timing">
        <p className={styles.how}>The text that this was read from does not say when.</p>
      </Section>
    )
  return (
    <Section
      title="Timing"
      aside={
        waited !== undefined && (
          <span>
            {took === undefined ? `${shortTime(waited)} after ${after}` : `took ${shortTime(took)}`}
          </span>
        )
      }
    >
      {split?.known === true && <Split {...split} />}
      {split?.known === false && <p className={styles.how}>{split.why}</p>}
      <div className={styles.timingWords}>
        <span>{shortTime(event.at)} since the session began</span>
      </div>
    </Section>
  )
}
