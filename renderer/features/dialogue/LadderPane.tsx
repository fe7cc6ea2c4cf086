/** Owns: the ladder as a list: selection, folding, following the end. */
import { memo, useCallback, useLayoutEffect, useRef, type KeyboardEvent } from 'react'
import { useField, useServices, useSettings, useView } from '#renderer/flows/services.ts'
import { eventAt, eventBySeq } from '#renderer/model/eventLog.ts'
import { filterKey } from '#renderer/model/filter.ts'
import { filteredView } from '#renderer/model/filterView.ts'
import { ladderView, type ShownRow } from '#renderer/model/ladderView.ts'
import { headBefore } from '#renderer/model/playback.ts'
import { replyParts } from '#renderer/model/wire.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { EmptyState } from '#renderer/ui/EmptyState.tsx'
import { VirtualList } from '#renderer/ui/VirtualList.tsx'
import { FilterBar, useMatchSteps } from './FilterBar.tsx'
import styles from './Ladder.module.css'
import { isPicture, LadderRow, type LadderRowProps } from './LadderRow.tsx'
import { later } from './later.tsx'
import { markMatches } from './markMatches.ts'
import { useChips } from './useChips.ts'
import type { Session } from './useSession.ts'

const none: readonly number[] = []

/** Pixels after which the hatch of a readable wall repeats. */
const hatch = 7

/** First guesses in pixels; a drawn row is measured. */
const guess: Partial<Record<ShownRow['kind'], number>> = {
  tls: 104,
  fold: 32,
  planned: 26,
  playhead: 14,
}

/** Of a text that another program wrote it is not known where it ran. */
function ownEnd(summary: Session['summary']): string {
  if (summary?.source !== 'import') return 'this computer'
  return summary.origin === undefined ? '' : 'where it was recorded'
}

function Heads({ session }: { session: Session }) {
  const { summary, model } = session
  const ours = summary?.role === 'server' ? 'server' : 'client'
  const peer = (ours === 'client' && model.ladder.address) || summary?.host
  const here = ownEnd(summary)
  const end = (side: 'client' | 'server') => (side === ours ? here : (peer ?? ''))
  return (
    <div className={styles.heads} aria-hidden="true">
      <span className={styles.headTimes}>
        {summary?.times !== 'none' && (
          <>
            <span>waited</span>
            <span>ms</span>
          </>
        )}
      </span>
      <span className={styles.ends}>
        <span className={styles.end}>
          <b>Client</b>
          <span>{end('client')}</span>
        </span>
        <span className={styles.end}>
          <span>{end('server')}</span>
          <b>Server</b>
        </span>
      </span>
    </div>
  )
}

const Filter = later(FilterBar)

/** Kinds whose row says all by its event, which never changes; the others grow, or speak of more. */
const settledKinds = new Set<ShownRow['kind']>(['line', 'reply', 'tls', 'wait', 'edit', 'finding'])

/** All that a row is given but what it shows and whose it is. */
const plainProps = ({ row: _row, session: _session, ...plain }: LadderRowProps) => Object.entries(plain)

const gapOf = (row: ShownRow) => ('gap' in row ? row.gap : 0)

function sameRow(a: LadderRowProps, b: LadderRowProps): boolean {
  const { row } = b
  const before = new Map<string, unknown>(plainProps(a))
  return (
    a.row.kind === row.kind &&
    a.row.seq === row.seq &&
    a.row.wall === row.wall &&
    gapOf(a.row) === gapOf(row) &&
    plainProps(b).every(([name, value]) => before.get(name) === value) &&
    (settledKinds.has(row.kind) ? a.session.id === b.session.id : a.session === b.session)
  )
}
/** A scroll or an arriving line draws what is new; a screen of rows costs more than a frame has. */
const SettledRow = memo(LadderRow, sameRow)

function NothingFound({ session }: { session: Session }) {
  const { stores } = useServices()
  return (
    <EmptyState
      icon="search"
      title="Nothing matches"
      actions={
        <Button icon="close" onPress={() => stores.view.getState().setFilter(session.id, null)}>
          Clear the filter
        </Button>
      }
    >
      None of {session.log.length.toLocaleString('en-US')} events has all of this.
    </EmptyState>
  )
}

export function LadderPane({ session }: { session: Session }) {
  const { id, log, model, gate, cursor, live } = session
  const { stores } = useServices()
  const unfolded = useView((view) => view.unfolded[id]) ?? none
  const expanded = useView((view) => view.expanded[id]) ?? none
  const follow = useView((view) => view.following[id]) ?? true
  const letters = useSettings((settings) => settings.singleKeys)
  const step = useMatchSteps(session)
  const barOpen = useView((view) => view.filterOpen)
  const only = useView((view) => view.filters[id]?.only) ?? true
  const { filtered } = session
  const narrowed = filtered !== undefined && only
  const view = narrowed
    ? filteredView(filtered, model.ladder, gate)
    : ladderView(model.ladder, log, unfolded, gate)
  const nothing = narrowed && filtered.matches === 0 && filtered.isDone(log)
  const playhead = useField(
    (all) => all.playback,
    (playback) => playback.at[id],
  )
  const actions = stores.view.getState()
  const closeFilter = () => {
    actions.setFilter(id, null)
    actions.set({ filterOpen: false })
  }

  const select = (seq: number) => {
    actions.select(id, seq)
    if (live) actions.follow(id, seq === eventAt(log, log.length - 1)?.seq)
  }
  const hasMore = ({ seq }: ShownRow) => {
    const event = eventBySeq(log, seq)
    if (event?.kind === 'remark') return event.text.includes('\n')
    return event?.kind === 'reply' && replyParts(event).lines.length > 1
  }
  const toggle = (row: ShownRow) => {
    if (row.kind === 'fold') actions.toggle('unfolded', id, row.seq)
    if (row.kind === 'body' || ((row.kind === 'reply' || row.kind === 'remark') && hasMore(row)))
      actions.toggle('expanded', id, row.seq)
  }
  // Rows are drawn anew when they change, not when what a click would do was made anew.
  const latest = useRef({ select, toggle })
  useLayoutEffect(() => {
    latest.current = { select, toggle }
  })
  const onSelect = useCallback((seq: number) => latest.current.select(seq), [])
  const onToggle = useCallback((row: ShownRow) => latest.current.toggle(row), [])
  const isOpen = (row: ShownRow) => (row.kind === 'fold' ? unfolded : expanded).includes(row.seq)
  const active = view.indexOf(cursor)
  const chips = useChips(session, view, active)
  const filterKeyed = (event: KeyboardEvent) => {
    if (event.key === '/') actions.set({ filterOpen: true })
    else if (event.key === 'F3') step(event.shiftKey ? -1 : 1)
    else if (event.key === 'Escape' && (barOpen || filtered)) closeFilter()
    else return false
    return true
  }
  const keyed = (event: KeyboardEvent) => {
    if (filterKeyed(event)) return true
    const row = view.row(active)
    if (chips.keyed(event.key, row !== undefined && isOpen(row))) return true
    const opens = event.key === 'ArrowRight'
    if (!row || (!opens && event.key !== 'ArrowLeft')) return false
    if (isOpen(row) !== opens) toggle(row)
    return true
  }
  return (
    <div className={styles.pane} data-ladder="">
      {(barOpen || filtered !== undefined) && <Filter session={session} />}
      <Heads session={session} />
      {nothing && <NothingFound session={session} />}
      <VirtualList
        label="Dialogue, line by line"
        pattern={hatch}
        count={view.count}
        settled={view.settled}
        resetKey={narrowed ? filterKey(filtered.filter) : `${id} ${unfolded.join(' ')}`}
        onDrawn={(list) => markMatches(list, filtered?.filter.text ?? '')}
        estimate={(index) => guess[view.row(index)?.kind ?? 'line'] ?? 28}
        rowKey={(index) => keyOf(view.row(index), index)}
        optionId={(index) => `event-${view.row(index)?.seq ?? 0}`}
        skip={(index) => isPicture(view.row(index))}
        active={active}
        letters={letters}
        onActive={(index) => select(view.row(index)?.seq ?? 0)}
        onKey={keyed}
        {...(live ? { follow, onFollow: (next: boolean) => actions.follow(id, next) } : {})}
        render={(index) => {
          const row = view.row(index)
          return (
            row && (
              <SettledRow
                row={row}
                session={session}
                selected={index === active}
                expanded={isOpen(row)}
                chip={chips.of(row)}
                future={playhead !== undefined && row.seq > playhead}
                head={playhead !== undefined && headBefore(view, index, playhead)}
                id={`event-${row.seq}`}
                onSelect={onSelect}
                onToggle={onToggle}
              />
            )
          )
        }}
      />
    </div>
  )
}

/** Rows of one event have different kinds; planned lines have ids of their own. */
function keyOf(row: ShownRow | undefined, index: number): string {
  if (row === undefined) return `none-${index}`
  return row.kind === 'planned' ? `planned-${row.line.id}` : `${row.kind}-${row.seq}`
}
