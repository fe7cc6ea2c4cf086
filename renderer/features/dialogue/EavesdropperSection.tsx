/**
 * Owns: what somebody on the path could see of this event: its bytes, or only that something passed and how much; and
 * what they have learnt of the session so far.
 */
import type { EventOf, TranscriptEvent } from '#shared/transcript/event.ts'
import { octetsOf, shownText } from '#shared/transcript/shown.ts'
import type { EventLog } from '#renderer/model/eventLog.ts'
import { countWords } from '#renderer/model/measures.ts'
import { pathLearnt, recordOf, tlsBefore, type RecordSize } from '#renderer/model/pathLearnt.ts'
import { pathMoment } from '#renderer/model/pathMoment.ts'
import { cx } from '#renderer/ui/cx.ts'
import { ToneIcon } from '#renderer/ui/ToneIcon.tsx'
import styles from './Inspector.module.css'
import { Section } from './Section.tsx'
import { WireText } from './WireText.tsx'

type Travelled = EventOf<'line'> | EventOf<'reply'> | EventOf<'chunk'>

const travelled = (event: TranscriptEvent): event is Travelled =>
  event.kind === 'line' || event.kind === 'reply' || event.kind === 'chunk'

const isMasked = (event: Travelled): boolean => event.kind !== 'chunk' && (event.masked?.length ?? 0) > 0

function Sealed({ event, record }: { event: Travelled; record: RecordSize | undefined }) {
  // Of a secret not even the length is told.
  const size = isMasked(event) ? 'Sealed' : `${countWords(record?.octets ?? octetsOf(event), 'byte')}, sealed`
  return (
    <div className={cx(styles.eavesdropper, styles.sealed)}>
      <div className={styles.eavesLine}>
        <ToneIcon tone="sealed" word={size} />
        <small>size and time only</small>
      </div>
      {record && (
        <div className={styles.record}>
          <b>{record.header}</b> then {countWords(record.octets - 5, 'byte')} without meaning
        </div>
      )}
    </div>
  )
}

function Open({ event }: { event: Travelled }) {
  const masked = isMasked(event)
  return (
    <div className={cx(styles.eavesdropper, styles.open)}>
      <div className={styles.eavesLine}>
        <ToneIcon
          tone="open"
          word={masked ? 'Everything' : `${countWords(octetsOf(event), 'byte')}, in clear`}
        />
        <small>{masked ? 'the secret too' : 'every byte'}</small>
      </div>
      {event.kind !== 'chunk' && (
        <WireText label="Bytes that others see">{shownText(event.raw, event.masked).slice(0, 2000)}</WireText>
      )}
    </div>
  )
}

export function EavesdropperSection({ event, log }: { event: TranscriptEvent; log: EventLog }) {
  const sealed = event.sealed === true
  const tls = travelled(event) && sealed && !isMasked(event) ? tlsBefore(log, event.seq) : undefined
  return (
    <Section title="What an eavesdropper sees">
      {travelled(event) &&
        (sealed ? (
          <Sealed event={event} record={tls && recordOf(octetsOf(event), tls)} />
        ) : (
          <Open event={event} />
        ))}
      {!travelled(event) && <p className={styles.moment}>{pathMoment(event)}</p>}
      {/* Where nothing travelled there is nothing else to see here. */}
      <details key={travelled(event) ? 'beside' : 'alone'} className={styles.learnt} open={!travelled(event)}>
        <summary>What the path has learnt so far</summary>
        <dl className={styles.facts}>
          {pathLearnt(log, event.seq).map(({ what, words, grave }) => [
            <dt key={what}>{what}</dt>,
            <dd key={`${what} words`} className={cx(grave && styles.grave)}>
              {words}
            </dd>,
          ])}
        </dl>
      </details>
    </Section>
  )
}
