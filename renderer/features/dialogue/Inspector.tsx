/** Owns: the inspector: one event in words, its parts, time, bytes, and what others could see; then the findings. */
import { useServices } from '#renderer/flows/services.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { authStepOf } from '#renderer/model/authStep.ts'
import { eventAt, eventBySeq, indexOfSeq } from '#renderer/model/eventLog.ts'
import { explain } from '#renderer/model/explain.ts'
import type { Part } from '#renderer/model/explanation.ts'
import { momentOf } from '#renderer/model/moment.ts'
import type { ReplyTone } from '#renderer/model/wire.ts'
import { cx } from '#renderer/ui/cx.ts'
import { EmptyState } from '#renderer/ui/EmptyState.tsx'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { BodySection } from './BodySection.tsx'
import { BytesSection } from './BytesSection.tsx'
import { EavesdropperSection } from './EavesdropperSection.tsx'
import { FindingsSection } from './FindingsSection.tsx'
import styles from './Inspector.module.css'
import { Meanings } from './Meanings.tsx'
import { OffersSection } from './OffersSection.tsx'
import { References } from './References.tsx'
import { StatesSection } from './StatesSection.tsx'
import { TimingSection } from './TimingSection.tsx'
import { TlsSection } from './TlsSection.tsx'
import type { Session } from './useSession.ts'

const directions = { 'to-server': ', client to server', 'to-client': ', server to client', none: '' } as const

const partTone = (part: Part, tone: ReplyTone): string | undefined => {
  if (part.look === 'code') return styles[tone]
  return part.look === 'enhanced' || part.look === 'verb' ? styles.accent : undefined
}

function Parts({ parts, tone }: { parts: readonly Part[]; tone: ReplyTone }) {
  return (
    <div className={styles.parts}>
      {parts.map((part, place) => (
        <div key={place} className={cx(styles.part, partTone(part, tone))}>
          <span>{part.text.length > 600 ? `${part.text.slice(0, 600)}…` : part.text}</span>
          <small>{part.label}</small>
        </div>
      ))}
    </div>
  )
}

/** What the palette can tell more about: the code of a reply, the verb of a command. */
function aboutOf(event: TranscriptEvent): string | undefined {
  if (event.kind === 'reply') return event.code === undefined ? undefined : String(event.code)
  return event.kind === 'line' ? event.verb : undefined
}

function InWords({ session, event }: { session: Session; event: TranscriptEvent }) {
  const { stores } = useServices()
  const moment = event.kind === 'reply' ? momentOf(session.log, event) : undefined
  // A server's own host is the client's address there: no provider's.
  const host = session.summary?.role === 'client' ? session.summary.host : ''
  const { plain, next, parts, meanings, offers, references, tone } = explain(event, {
    moment,
    host,
    step: authStepOf(session.log, event),
    http: session.summary?.protocol === 'http',
  })
  const about = aboutOf(event)
  const ask = (asked: string) => stores.view.getState().set({ paletteOpen: true, asked })
  return (
    <>
      <p className={styles.plain}>{plain}</p>
      {parts.length > 0 && <Parts parts={parts} tone={tone} />}
      {meanings.length > 0 && <Meanings meanings={meanings} />}
      {next && <p className={styles.next}>{next}</p>}
      <div className={styles.references}>
        <References references={references} />
        {about && (
          <button type="button" className={cx(styles.link, styles.about)} onClick={() => ask(about)}>
            All about {about}
          </button>
        )}
      </div>
      {offers.length > 0 && <OffersSection offers={offers} />}
    </>
  )
}

function EventNavigation({ session, event }: { session: Session; event: TranscriptEvent }) {
  const { stores } = useServices()
  const { id, log } = session
  const place = indexOfSeq(log, event.seq)
  const go = (index: number) => {
    const target = eventAt(log, index)
    if (!target) return
    stores.view.getState().select(id, target.seq)
    stores.view.getState().follow(id, false)
  }
  return (
    <div className={styles.head}>
      <span>
        Event {event.seq.toLocaleString('en-US')} of{' '}
        {(eventAt(log, log.length - 1)?.seq ?? 0).toLocaleString('en-US')}
        {directions[event.direction]}
      </span>
      <IconButton
        icon="left"
        label="Event before"
        size="s"
        isDisabled={place <= 0}
        onPress={() => go(place - 1)}
      />
      <IconButton
        icon="right"
        label="Event after"
        size="s"
        isDisabled={place >= log.length - 1}
        onPress={() => go(place + 1)}
      />
    </div>
  )
}

export function Inspector({ session }: { session: Session }) {
  const event = eventBySeq(session.log, session.cursor)
  if (!event)
    return (
      <EmptyState icon="info" title="Nothing is selected">
        Choose a line of the dialogue.
      </EmptyState>
    )
  const spoken = event.kind === 'line' || event.kind === 'reply'
  return (
    <>
      <EventNavigation session={session} event={event} />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it */}
      <section className={styles.body} tabIndex={0} aria-label="About this event">
        <InWords session={session} event={event} />
        {event.kind === 'tls' && <TlsSection event={event} startedAt={session.summary?.startedAt} />}
        {event.kind === 'chunk' && <BodySection key={event.body} session={session} body={event.body} />}
        <EavesdropperSection event={event} log={session.log} />
        {session.summary?.protocol !== 'http' && <StatesSection session={session} event={event} />}
        <TimingSection session={session} event={event} />
        {spoken && <BytesSection event={event} />}
        <FindingsSection session={session} event={event} />
      </section>
    </>
  )
}
