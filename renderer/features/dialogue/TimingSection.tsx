/** Owns: the time of one event: waited before it, and since the session began. */
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { shortTime } from '#shared/transcript/measure.ts'
import { eventBySeq, type EventLog } from '#renderer/model/eventLog.ts'
import styles from './Inspector.module.css'
import { Section } from './Section.tsx'
import type { Session } from './useSession.ts'

/** What the event came after, in a word, and how long the TCP connection took: about one round trip. */
function context(log: EventLog, seq: number): { after: string; roundTrip: number } {
  const before = eventBySeq(log, seq - 1)
  const after = before?.kind === 'line' ? (before.verb ?? 'the line before') : 'the event before'
  for (let at = 1; at <= 8; at++) {
    const event = eventBySeq(log, at)
    if (event?.kind === 'connect' && event.outcome === 'connected') return { after, roundTrip: event.took }
  }
  return { after, roundTrip: 0 }
}

function Split({ waited, roundTrip }: { waited: number; roundTrip: number }) {
  const half = roundTrip / 2
  const server = waited - roundTrip
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
    </>
  )
}

export function TimingSection({ session, event }: { session: Session; event: TranscriptEvent }) {
  const { ladder } = session.model
  const row = ladder.row(ladder.indexOf(event.seq))
  // A connection that came to us took no time of ours.
  const took = 'took' in event && event.took > 0 ? event.took : undefined
  const waited = took ?? (row && row.seq === event.seq && 'gap' in row ? row.gap : undefined)
  const { after, roundTrip } = context(session.log, event.seq)
  const splits = event.kind === 'reply' && session.summary?.role === 'client' && roundTrip > 0
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
      {splits && waited !== undefined && waited > roundTrip && (
        <Split waited={waited} roundTrip={roundTrip} />
      )}
      <div className={styles.timingWords}>
        <span>{shortTime(event.at)} since the session began</span>
      </div>
    </Section>
  )
}
