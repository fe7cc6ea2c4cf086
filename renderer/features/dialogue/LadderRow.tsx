/** Owns: one row of the ladder: gutter, walls, and what stands between them, by its kind. */
import type { ReactNode } from 'react'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { describe } from '#shared/transcript/describe.ts'
import { shownRemark } from '#shared/transcript/shown.ts'
import { eventBySeq } from '#renderer/model/eventLog.ts'
import type { ShownRow } from '#renderer/model/ladderView.ts'
import { gutterTime, gutterWait } from '#renderer/model/measures.ts'
import { momentOf } from '#renderer/model/moment.ts'
import { shortMeaning } from '#renderer/model/shortMeaning.ts'
import { replyParts } from '#renderer/model/wire.ts'
import { cx } from '#renderer/ui/cx.ts'
import { Icon } from '#renderer/ui/Icon.tsx'
import { BodyOutline } from './BodyOutline.tsx'
import styles from './Ladder.module.css'
import { BodyLine, ClientLine, Planned, ServerReply } from './LadderLine.tsx'
import {
  Band,
  Capabilities,
  EndNote,
  FindingNote,
  FoldNote,
  HeldNote,
  LinkNote,
  LostNote,
  RemarkNote,
} from './LadderNote.tsx'
import { TlsCard } from './TlsCard.tsx'
import { isPaused } from './moves.ts'
import type { Session } from './useSession.ts'

export interface LadderRowProps {
  row: ShownRow
  session: Session
  selected: boolean
  expanded: boolean
  /** Of the capabilities below an EHLO reply: the one that the arrow keys stand on, from 0. */
  chip?: number | undefined
  /** Behind the playhead of a recording that is played back: not yet. */
  future?: boolean
  /** The first row behind that playhead: the line is drawn before it. */
  head?: boolean
  id: string
  onSelect: (seq: number) => void
  onToggle: (row: ShownRow) => void
}

/** Pixels of the elapsed bar: linear, so that twice the wait is twice the length, up to the width of the gutter. */
const widest = 62
const barWidth = (micros: number) => Math.round((micros / 1000) * 0.35)
/** Shorter waits are not worth a number. */
const worthTelling = 5000

function Gutter({ event, gap, timed }: { event: TranscriptEvent | undefined; gap: number; timed: boolean }) {
  // A text without times has no time to tell: a column of zeros would be a claim.
  if (!timed) return <span className={styles.times} />
  const told = gap >= worthTelling
  return (
    <span className={styles.times}>
      {told && (
        <span className={styles.waited}>
          +{gutterWait(gap)}
          {/* A longer wait is folded: the bar is broken, and the number tells it. */}
          <i
            className={cx(barWidth(gap) > widest && styles.broken)}
            style={{ width: Math.max(14, Math.min(widest, barWidth(gap))) }}
          />
        </span>
      )}
      {event && gutterTime(event.at)}
    </span>
  )
}

/** The drawing; what it says is said in words by the row. */
function Walls({
  times,
  head,
  children,
}: {
  times: ReactNode
  head?: boolean | undefined
  children: ReactNode
}) {
  return (
    <div className={styles.walls} aria-hidden="true">
      {times}
      <span className={cx(styles.wall, styles.left)} />
      <div className={styles.in}>
        {head && <span className={cx(styles.playline, styles.playedTo)} data-playhead="" />}
        {children}
      </div>
      <span className={cx(styles.wall, styles.right)} />
    </div>
  )
}

/** What stands between the walls. Undefined when the row's event is not there any more. */
function content({ row, session, expanded, chip }: LadderRowProps): ReactNode {
  const { log, model, summary } = session
  const event = eventBySeq(log, row.seq)
  const { ladder } = model
  switch (row.kind) {
    case 'line':
      return event?.kind === 'line' && <ClientLine event={event} />
    case 'reply':
      return event?.kind === 'reply' && <ServerReply event={event} open={expanded} />
    case 'body': {
      const totals = ladder.bodies.get(row.body)
      return totals && <BodyLine totals={totals} open={expanded} />
    }
    case 'tls':
      return event?.kind === 'tls' && <TlsCard event={event} startedAt={summary?.startedAt} />
    case 'link':
      return <LinkNote events={row.seqs.map((seq) => eventBySeq(log, seq))} />
    case 'band':
      return <Band segment={ladder.segments[row.segment]} first={row.segment === 0} />
    case 'capabilities': {
      const before = row.before === undefined ? undefined : eventBySeq(log, row.before)
      return (
        event?.kind === 'reply' && (
          <Capabilities reply={event} before={before?.kind === 'reply' ? before : undefined} chip={chip} />
        )
      )
    }
    case 'fold':
      return <FoldNote fold={row.fold} open={expanded} />
    case 'lost':
      return <LostNote count={row.count} />
    case 'planned':
      return <Planned line={row.line} next={row.next} />
    case 'playhead':
      return <span className={styles.playline} />
    case 'finding':
      return event?.kind === 'finding' && <FindingNote event={event} log={log} />
    case 'remark':
      return event?.kind === 'remark' && <RemarkNote event={event} open={expanded} />
    case 'end':
      return event?.kind === 'end' && <EndNote event={event} log={log} findings={ladder.findings} />
    case 'wait':
    case 'edit':
      break
  }
  return event && <HeldNote event={event} />
}

/** Kinds whose class has the row's own name. */
const named = [
  'link',
  'band',
  'capabilities',
  'tls',
  'finding',
  'remark',
  'fold',
  'lost',
  'playhead',
  'planned',
] as const
const isNamed = (kind: ShownRow['kind']): kind is (typeof named)[number] =>
  (named as readonly string[]).includes(kind)

function rowClass(row: ShownRow, event: TranscriptEvent | undefined): string {
  const server = row.kind === 'reply' || (row.kind === 'planned' && row.line.kind === 'reply')
  const client = row.kind === 'line' || row.kind === 'body' || (row.kind === 'planned' && !server)
  const note = row.kind === 'wait' || row.kind === 'edit' || row.kind === 'finding' || row.kind === 'end'
  const seam = row.kind === 'tls'
  return cx(
    styles.row,
    row.wall === 'open' && !seam && styles.open,
    row.wall === 'sealed' && !seam && styles.sealed,
    seam && row.wall !== 'open' && styles.fromStart,
    event?.kind === 'tls' && event.outcome === 'failed' && styles.failed,
    isNamed(row.kind) && styles[row.kind],
    server && styles.server,
    client && styles.client,
    note && styles.note,
    // Like a finding it speaks of the whole, not of one side.
    row.kind === 'end' && styles.finding,
    row.kind === 'planned' && row.next && styles.next,
  )
}

const hiddenKinds = new Set<ShownRow['kind']>(['band', 'capabilities', 'playhead', 'planned'])
/** Rows that are a picture of what other rows say; they cannot be selected. */
export const isPicture = (row: ShownRow | undefined): boolean =>
  row === undefined || hiddenKinds.has(row.kind)

/** Direction, text, sealed, how long it was waited for, and what it means. */
function spoken({ row, session }: LadderRowProps, event: TranscriptEvent | undefined, gap: number): string {
  if (row.kind === 'fold') return `${row.fold.times} times like these, ${row.fold.pattern.join(', ')}, folded`
  if (row.kind === 'lost') return `${row.count} events were dropped here`
  if (!event) return ''
  const moment = event.kind === 'reply' ? momentOf(session.log, event) : undefined
  const meaning = shortMeaning(event, moment)
  return describe(event, gap > 0 ? gap : undefined) + (meaning === '' ? '' : `; ${meaning}`)
}

export function LadderRow(props: LadderRowProps) {
  const { row, session, selected, expanded, future, head, id, onSelect, onToggle } = props
  const event = row.seq > 0 ? eventBySeq(session.log, row.seq) : undefined
  const gap = 'gap' in row ? row.gap : 0
  const stops = row.kind === 'planned' && row.stops
  const silent = isPicture(row) || row.kind === 'lost' || row.kind === 'fold'
  const times = silent ? (
    <span className={styles.times}>
      {row.kind === 'playhead' && (isPaused(session) ? 'paused' : 'delayed')}
      {stops && <Icon name="paused" size="xs" />}
    </span>
  ) : (
    <Gutter event={event} gap={row.kind === 'line' ? 0 : gap} timed={session.summary?.times !== 'none'} />
  )
  const body = (
    <Walls times={times} head={head}>
      {content(props)}
    </Walls>
  )
  if (isPicture(row))
    return (
      <div className={cx(rowClass(row, event), future && styles.future)} aria-hidden="true">
        {body}
      </div>
    )
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the list has the focus and its keys do the same
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an option element cannot hold the parts of a row
      role="option"
      id={id}
      aria-selected={selected}
      className={cx(rowClass(row, event), future && styles.future)}
      onClick={(click) => {
        onSelect(row.seq)
        if (click.target instanceof Element && click.target.closest('[data-fold]')) onToggle(row)
      }}
    >
      <span className="visuallyHidden">{spoken(props, event, gap) + (future ? ', not yet' : '')}</span>
      {body}
      {row.kind === 'reply' && expanded && event?.kind === 'reply' && (
        <FurtherLines lines={replyParts(event).lines} />
      )}
      {row.kind === 'body' && expanded && (
        <Walls times={<span className={styles.times} />}>
          <div className={styles.outline}>
            <BodyOutline session={session} body={row.body} />
          </div>
        </Walls>
      )}
      {row.kind === 'remark' && expanded && event?.kind === 'remark' && (
        <FurtherLines lines={shownRemark(event.text)} />
      )}
    </div>
  )
}

function FurtherLines({ lines }: { lines: readonly string[] }) {
  return (
    <Walls times={<span className={styles.times} />}>
      <div className={cx(styles.more, 'mono')}>
        {lines.slice(1).map((line, place) => (
          <div key={place}>{line || ' '}</div>
        ))}
      </div>
    </Walls>
  )
}
