/** Owns: the ladder as a list: selection, folding, following the end. */
import { useMemo, type KeyboardEvent } from 'react'
import { useServices, useSettings, useView } from '#renderer/flows/services.ts'
import { eventAt, eventBySeq } from '#renderer/model/eventLog.ts'
import { ladderView, type ShownRow } from '#renderer/model/ladderView.ts'
import { replyParts } from '#renderer/model/wire.ts'
import { VirtualList } from '#renderer/ui/VirtualList.tsx'
import styles from './Ladder.module.css'
import { isPicture, LadderRow } from './LadderRow.tsx'
import type { Session } from './useSession.ts'

const none: readonly number[] = []

/** First guesses in pixels; a drawn row is measured. */
const guess: Partial<Record<ShownRow['kind'], number>> = {
  tls: 76,
  fold: 32,
  planned: 26,
  playhead: 14,
}

function Heads({ session }: { session: Session }) {
  const { summary, model } = session
  const ours = summary?.role === 'server' ? 'server' : 'client'
  const peer = ours === 'client' ? model.ladder.address : summary?.host
  // Another computer's dialogue: which end was where is not known.
  const imported = summary?.source === 'import'
  const end = (side: 'client' | 'server') => (imported ? '' : side === ours ? 'this computer' : (peer ?? ''))
  return (
    <div className={styles.heads} aria-hidden="true">
      <span className={styles.headTimes}>
        <span>waited</span>
        <span>ms</span>
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

export function LadderPane({ session }: { session: Session }) {
  const { id, log, model, gate, cursor, live } = session
  const { stores } = useServices()
  const unfolded = useView((view) => view.unfolded[id]) ?? none
  const expanded = useView((view) => view.expanded[id]) ?? none
  const follow = useView((view) => view.following[id]) ?? true
  const letters = useSettings((settings) => settings.singleKeys)
  const view = useMemo(() => ladderView(model.ladder, log, unfolded, gate), [model, log, unfolded, gate])
  const actions = stores.view.getState()

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
    if ((row.kind === 'reply' || row.kind === 'remark') && hasMore(row)) actions.toggle('expanded', id, row.seq)
  }
  const isOpen = (row: ShownRow) => (row.kind === 'fold' ? unfolded : expanded).includes(row.seq)
  const active = view.indexOf(cursor)
  const keyed = (event: KeyboardEvent) => {
    const row = view.row(active)
    const opens = event.key === 'ArrowRight'
    if (!row || (!opens && event.key !== 'ArrowLeft')) return false
    if (isOpen(row) !== opens) toggle(row)
    return true
  }
  return (
    <div className={styles.pane}>
      <Heads session={session} />
      <VirtualList
        label="Dialogue, line by line"
        count={view.count}
        settled={view.settled}
        resetKey={`${id} ${unfolded.join(' ')}`}
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
              <LadderRow
                row={row}
                session={session}
                selected={index === active}
                expanded={isOpen(row)}
                id={`event-${row.seq}`}
                onSelect={select}
                onToggle={toggle}
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
