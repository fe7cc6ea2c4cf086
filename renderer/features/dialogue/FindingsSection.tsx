/** Owns: what was found in this dialogue: the sentence, how sure, what to try, and the events that prove it. */
import type { EventOf, TranscriptEvent } from '#shared/transcript/event.ts'
import { useServices } from '#renderer/flows/services.ts'
import { eventBySeq } from '#renderer/model/eventLog.ts'
import { findingTones } from '#renderer/model/findingTones.ts'
import { ConfidenceBars } from '#renderer/ui/ConfidenceBars.tsx'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './Inspector.module.css'
import { Section } from './Section.tsx'
import type { Session } from './useSession.ts'

/** Findings listed at most; the rest are in the ladder. */
const listed = 20

function Finding({
  finding,
  onEvidence,
}: {
  finding: EventOf<'finding'>
  onEvidence: (seq: number) => void
}) {
  return (
    <div className={styles.finding}>
      <div className={styles.findingHead}>
        <ToneIcon tone={findingTones[finding.severity]} spoken />
        <span>{finding.message}</span>
      </div>
      {finding.next && <div className={styles.findingNext}>{finding.next}</div>}
      <div className={styles.findingFoot}>
        <ConfidenceBars confidence={finding.confidence} />
        {finding.evidence.map((seq) => (
          <button key={seq} type="button" className={styles.evidence} onClick={() => onEvidence(seq)}>
            Event {seq}
          </button>
        ))}
        <span className={styles.code}>{finding.code}</span>
      </div>
      {finding.references && <div className={styles.findingFoot}>{finding.references.join(', ')}</div>}
    </div>
  )
}

export function FindingsSection({ session, event }: { session: Session; event: TranscriptEvent }) {
  const { stores } = useServices()
  const { id, log, model } = session
  const all = model.ladder.findings
    .slice(0, listed)
    .map((seq) => eventBySeq(log, seq))
    .filter((found) => found?.kind === 'finding')
  if (all.length === 0) return null
  const about = all.filter(({ evidence, seq }) => seq === event.seq || evidence.includes(event.seq))
  const shown = about.length > 0 ? about : all
  const select = (seq: number) => {
    stores.view.getState().select(id, seq)
    stores.view.getState().follow(id, false)
  }
  return (
    <Section title={about.length > 0 ? 'Found about this event' : 'Found in this dialogue'}>
      {shown.map((finding) => (
        <Finding key={finding.seq} finding={finding} onEvidence={select} />
      ))}
    </Section>
  )
}
