/** Owns: what the ladder says in words between its rungs: look-up and connection, bands, capabilities, holds, the end. */
import { Fragment } from 'react'
import type { EventOf, TranscriptEvent } from '#shared/transcript/event.ts'
import { editedText } from '#shared/transcript/describe.ts'
import { shortTime } from '#shared/transcript/measure.ts'
import { shownRemark } from '#shared/transcript/shown.ts'
import { capabilityWords } from '#renderer/model/capabilities.ts'
import type { EventLog } from '#renderer/model/eventLog.ts'
import { findingTones } from '#renderer/model/findingTones.ts'
import type { Fold, Segment } from '#renderer/model/ladderRows.ts'
import { capital, countWords, timeShort } from '#renderer/model/measures.ts'
import { endWords, findingWords } from '#renderer/model/verdict.ts'
import { Chip } from '#renderer/ui/Chip.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { Icon } from '#renderer/ui/Icon.tsx'
import { ToneIcon, type Tone } from '#renderer/ui/ToneIcon.tsx'
import styles from './Ladder.module.css'

function Resolved({ event }: { event: EventOf<'resolve'> }) {
  const addresses = event.addresses.map(({ address }) => address)
  const shown =
    addresses.slice(0, 3).join(', ') + (addresses.length > 3 ? ` and ${addresses.length - 3} more` : '')
  return (
    <>
      <Icon name="globe" size="s" />
      <span>
        {capital(event.fault?.message ?? (shown ? `Found ${shown}` : `${event.name} has no address`))}
      </span>
      <small>
        {event.server === undefined ? 'DNS' : `DNS of ${event.server}`}, {shortTime(event.took)}
      </small>
    </>
  )
}

function Connected({ event }: { event: EventOf<'connect'> }) {
  const fine = event.outcome === 'connected'
  return (
    <>
      {fine ? <Icon name="plug" size="s" /> : <ToneIcon tone="cut" spoken />}
      <span>
        {fine
          ? `Connected over IPv${event.family}`
          : capital(event.fault?.message ?? `${event.address}, port ${event.port}: ${event.outcome}`)}
      </span>
      <small>{event.took > 0 ? `TCP, ${shortTime(event.took)}` : 'TCP'}</small>
    </>
  )
}

export function LinkNote({ events }: { events: readonly (TranscriptEvent | undefined)[] }) {
  return (
    <>
      {events.map((event) =>
        event?.kind === 'resolve' ? (
          <Resolved key={event.seq} event={event} />
        ) : event?.kind === 'connect' ? (
          <Connected key={event.seq} event={event} />
        ) : null,
      )}
    </>
  )
}

export function Band({ segment, first }: { segment: Segment | undefined; first: boolean }) {
  const open = segment?.wall !== 'sealed'
  const totals = segment ? `${countWords(segment.lines, 'line')}, ${countWords(segment.octets, 'byte')}` : ''
  return (
    <>
      <Icon name={open ? 'eye' : 'lock'} size="s" />
      {open ? 'Readable by anyone on the path' : 'Sealed. Only the two ends can read this'}
      <span className={styles.bandNote}>
        {open
          ? `${totals} in clear`
          : first
            ? 'sealed from the first byte'
            : 'what was offered before no longer counts'}
      </span>
    </>
  )
}

export interface CapabilitiesProps {
  reply: EventOf<'reply'>
  before: EventOf<'reply'> | undefined
  /** The chip that the arrow keys stand on, from 0; its words are told below. A pointer is told by the title. */
  chip?: number | undefined
}

/** A chip far down a long reply is brought into view when the keys come to it. */
const intoView = (element: HTMLElement | null) => element?.scrollIntoView?.({ block: 'nearest' })

export function Capabilities({ reply, before, chip }: CapabilitiesProps) {
  const { chips, same, gone, authMissing } = capabilityWords(reply, before)
  const chosen = chip === undefined ? undefined : chips[chip]
  const tone = reply.sealed ? 'sealed' : 'accent'
  const after = reply.sealed ? ' after TLS' : ''
  return (
    <>
      {(['none', 'new', 'changed'] as const).map((change) => {
        const group = chips.filter((one) => one.change === change)
        return (
          group.length > 0 && (
            <Fragment key={change}>
              {group.map((one) => (
                <span
                  key={one.text}
                  className={cx(styles.capability, one === chosen && styles.chosen)}
                  title={one.about}
                >
                  <Chip mono tone={one.important ? tone : 'plain'}>
                    {one.text}
                  </Chip>
                </span>
              ))}
              {change !== 'none' && (
                <Chip bare tone={reply.sealed ? 'sealed' : 'plain'}>
                  {change + after}
                </Chip>
              )}
            </Fragment>
          )
        )
      })}
      {same > 0 && <Chip bare>and {same} as before</Chip>}
      {gone.length > 0 && <Chip bare>no longer {gone.join(', ')}</Chip>}
      {authMissing && (
        <Chip bare tone="open" icon="close">
          AUTH, not before TLS
        </Chip>
      )}
      {chosen && (
        <span className={styles.about} ref={intoView}>
          {chosen.about}
        </span>
      )}
    </>
  )
}

export function HeldNote({ event }: { event: TranscriptEvent }) {
  if (event.kind === 'wait')
    return (
      <>
        <ToneIcon tone="paused" size="xs" />
        {event.why === 'delay' ? 'You delayed this for ' : 'You held this for '}
        {shortTime(event.took)}
      </>
    )
  if (event.kind !== 'edit') return null
  const words = { edited: 'You changed', skipped: 'You skipped', inserted: 'You added', repeated: 'You repeated', dropped: 'You dropped the connection', reset: 'You reset the connection' } // prettier-ignore
  const line = event.before ?? event.after
  const cut = event.action === 'dropped' || event.action === 'reset'
  return (
    <>
      <Icon name={cut ? 'unplug' : 'edit'} size="xs" />
      <span className={styles.did}>
        {words[event.action]}
        {cut && line !== undefined && ' before'}
      </span>
      {line !== undefined && <span className={styles.text}>{editedText(line, event.phase)}</span>}
    </>
  )
}

/** A line that is no dialogue. `open`: its further lines are shown below. */
export function RemarkNote({ event, open }: { event: EventOf<'remark'>; open: boolean }) {
  const lines = shownRemark(event.text)
  return (
    <>
      <span className={styles.text}>{lines[0]}</span>
      {lines.length > 1 && (
        <span className={styles.pill} data-fold>
          <Icon name={open ? 'down' : 'right'} size="xs" />
          {countWords(lines.length, 'line')}
        </span>
      )}
      {event.cutFrom !== undefined && (
        <span className={styles.pill}>cut, {countWords(event.cutFrom, 'character')} in all</span>
      )}
      {!event.understood && (
        <span className={styles.hidden}>
          <Icon name="unknown" size="xs" />
          not understood
        </span>
      )}
    </>
  )
}

export function FindingNote({ event, log }: { event: EventOf<'finding'>; log: EventLog }) {
  return (
    <>
      <ToneIcon tone={findingTones[event.severity]} />
      {findingWords(event, log)}
    </>
  )
}

const endTone: Record<EventOf<'end'>['outcome'], Tone> = {
  completed: 'good',
  closed: 'neutral',
  reset: 'cut',
  timeout: 'later',
  refused: 'bad',
  failed: 'bad',
  dropped: 'cut',
  cancelled: 'neutral',
}

interface EndProps {
  event: EventOf<'end'>
  log: EventLog
  /** Numbers of the findings. */
  findings: readonly number[]
}

export function EndNote({ event, log, findings }: EndProps) {
  return (
    <>
      <ToneIcon tone={endTone[event.outcome]} />
      {endWords(event, log, findings)}
    </>
  )
}

export function FoldNote({ fold, open }: { fold: Fold; open: boolean }) {
  return (
    <span data-fold className={styles.foldWords}>
      <Icon name={open ? 'down' : 'right'} size="xs" />
      <span>
        <b>{fold.times.toLocaleString('en-US')} more like these</b>, {fold.pattern.join(', ')}, from{' '}
        {timeShort(fold.from)} to {timeShort(fold.to)}
      </span>
    </span>
  )
}

export function LostNote({ count }: { count: number }) {
  return (
    <>
      <ToneIcon tone="warn" />
      {countWords(count, 'event was', 'events were')} dropped here, before this window asked for them
    </>
  )
}
