/** Owns: the rows of a diff: only those in sight are drawn; arrows move, N and P go from difference to difference. */
import { useMemo, useState, type KeyboardEvent } from 'react'
import { seqOf } from '#shared/transcript/diff/stepParts.ts'
import { shortTime } from '#shared/transcript/measure.ts'
import type { TranscriptDiff } from '#shared/transcript/diff/types.ts'
import { useField, useServices, useSettings } from '#renderer/flows/services.ts'
import { longest, nextDifference, viewRows } from '#renderer/model/diffRows.ts'
import { VirtualList } from '#renderer/ui/VirtualList.tsx'
import styles from './Diff.module.css'
import { DiffRow } from './DiffRow.tsx'

export interface DiffListProps {
  diff: TranscriptDiff
  startedAt: readonly [string | undefined, string | undefined]
  onOpen: (side: 'left' | 'right', seq: number) => void
}

const toggled = (set: ReadonlySet<string>, key: string): ReadonlySet<string> => {
  const next = new Set(set)
  if (!next.delete(key)) next.add(key)
  return next
}

function Axis({ of }: { of: number }) {
  return (
    <div className={styles.axis} aria-hidden="true">
      <span>Left</span>
      <span className={styles.ticks}>
        <span>{shortTime(of)}</span>
        <span>0</span>
        <span>{shortTime(of)}</span>
      </span>
      <span>Right</span>
    </div>
  )
}

export function DiffList({ diff, startedAt, onOpen }: DiffListProps) {
  const { stores } = useServices()
  const only = useField((all) => all.compare, ({ onlyDifferences }) => onlyDifferences) // prettier-ignore
  const side = useField((all) => all.compare, (compare) => compare.side) // prettier-ignore
  const letters = useSettings((settings) => settings.singleKeys)
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const parting = diff.rows[diff.verdict.row]?.key
  const [chosen, setChosen] = useState<string>()
  const view = useMemo(() => viewRows(diff.rows, open, only), [diff.rows, open, only])
  const of = useMemo(() => longest(diff.rows), [diff.rows])
  const active = view.findIndex(({ key }) => key === (chosen ?? parting))
  const go = (place: number) => setChosen(view[place]?.key)
  const toggle = (key: string) => setOpen((old) => toggled(old, key))
  const enter = (place: number) => {
    const entry = view[place]
    if (entry?.kind === 'fold') toggle(entry.key)
    else if (entry) {
      const which = entry.row[side] ? side : side === 'left' ? 'right' : 'left'
      onOpen(which, seqOf(entry.row[which]))
    }
  }
  const key = ({ key: pressed }: KeyboardEvent): boolean => {
    if (pressed === 'ArrowLeft' || pressed === 'ArrowRight') {
      stores.compare.getState().set({ side: pressed === 'ArrowLeft' ? 'left' : 'right' })
      return true
    }
    if (!letters || (pressed !== 'n' && pressed !== 'p')) return false
    const next = nextDifference(view, active, pressed === 'n' ? 1 : -1)
    if (next >= 0) go(next)
    return true
  }
  return (
    <div className={styles.list}>
      {diff.timed && <Axis of={of} />}
      <VirtualList
        label="Steps of both dialogues"
        className={styles.rows}
        count={view.length}
        resetKey={only ? 'only' : 'all'}
        estimate={(place) => (view[place]?.kind === 'fold' ? 32 : 62)}
        rowKey={(place) => view[place]?.key ?? place}
        optionId={(place) => `step-${place}`}
        active={active}
        onActive={go}
        onEnter={enter}
        onKey={key}
        letters={letters}
        render={(place) => {
          const entry = view[place]
          return (
            entry && (
              <DiffRow
                entry={entry}
                id={`step-${place}`}
                selected={place === active}
                side={side}
                of={of}
                timed={diff.timed}
                startedAt={startedAt}
                onSelect={() => go(place)}
                onOpen={onOpen}
                onToggle={() => toggle(entry.key)}
              />
            )
          )
        }}
      />
    </div>
  )
}
