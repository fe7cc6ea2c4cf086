/** Owns: what was found in the dialogue of a session without a message: the sentence, what to do, the events that prove it. */
import { useEffect, useMemo } from 'react'
import { useServices, useTranscripts } from '#renderer/flows/services.ts'
import { watchEvents } from '#renderer/flows/transcripts.ts'
import { emptyLog, type EventLog, kindAt, readEvent } from '#renderer/model/eventLog.ts'
import { findingTones } from '#renderer/model/findingTones.ts'
import type { EventOf } from '#shared/transcript/event.ts'
import { FindingItem } from '#renderer/ui/FindingItem.tsx'
import styles from './SessionFindings.module.css'

type Finding = EventOf<'finding'>

/** The rest are in the ladder. */
const atMost = 8
/** Events that are looked at: more has only a session that sends the same again and again. */
const mostLooked = 20_000

const nothing = emptyLog()

/** In their order; one more than is shown tells that there are more. */
function findingsIn(log: EventLog): Finding[] {
  const found: Finding[] = []
  for (let at = 0; at < Math.min(log.length, mostLooked) && found.length <= atMost; at++) {
    const event = kindAt(log, at) === 'finding' ? readEvent(log, at) : undefined
    if (event?.kind === 'finding') found.push(event)
  }
  return found
}

export interface SessionFindingsProps {
  session: string
  /** Opens the dialogue at an event. */
  onOpen: (seq: number) => void
}

/** Nothing while there is nothing to tell: most sessions end without a finding. */
export function SessionFindings({ session, onOpen }: SessionFindingsProps) {
  const services = useServices()
  useEffect(() => watchEvents(services, session), [services, session])
  const log = useTranscripts((transcripts) => transcripts.logs[session]) ?? nothing
  const found = useMemo(() => findingsIn(log), [log])
  if (found.length === 0) return null
  return (
    <section className={styles.findings} aria-label="Found in its dialogue">
      <h2>Found in its dialogue</h2>
      <ul>
        {found.slice(0, atMost).map((finding) => (
          <FindingItem
            key={finding.seq}
            tone={findingTones[finding.severity]}
            message={finding.message}
            next={finding.next}
            confidence={finding.confidence}
            evidence={finding.evidence}
            code={finding.code}
            onOpen={onOpen}
          />
        ))}
      </ul>
      {found.length > atMost && <p className={styles.next}>There are more in the dialogue.</p>}
    </section>
  )
}
