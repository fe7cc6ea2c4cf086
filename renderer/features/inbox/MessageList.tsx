/** Owns: the list: rows of messages and of sessions that left none, and keeping it still while it is looked at. */
import { useEffect, useRef, useState } from 'react'
import { loadOlderMessages, removeMessage } from '#renderer/flows/inbox.ts'
import { goTo } from '#renderer/flows/route.ts'
import { useServices } from '#renderer/flows/services.ts'
import { searchProblems } from '#renderer/model/inboxView.ts'
import type { MessageSummary } from '#shared/rpc/contract/inbox.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { VirtualList } from '#renderer/ui/VirtualList.tsx'
import { ListFoot } from './ListFoot.tsx'
import { ListHead } from './ListHead.tsx'
import styles from './MessageList.module.css'
import { MessageRow } from './MessageRow.tsx'
import { PickedBar } from './PickedBar.tsx'
import { useCalm, useInbox, useListed } from './useInbox.ts'
import { type Picking, usePick } from './usePick.ts'

interface RowsProps {
  selected: string
  picking: Picking
  shown: readonly MessageSummary[]
  calm: Omit<ReturnType<typeof useCalm>, 'shown'>
  onRemove: () => void
}

function Rows({ selected, picking, shown, calm, onRemove }: RowsProps) {
  const services = useServices()
  const { waiting, letIn, still } = calm
  const { pick, onChord, onPick, drop } = picking
  const go = (index: number) => {
    const message = shown[index]
    drop()
    if (message) goTo({ room: 'inbox', id: message.id })
  }
  const active = shown.findIndex(({ id }) => id === (pick?.head ?? selected))
  const remove = () => {
    if (pick !== null) {
      onRemove()
      return true
    }
    const next = shown[active + 1] ?? shown[active - 1]
    if (active >= 0) void removeMessage(services, selected)
    if (active >= 0) goTo({ room: 'inbox', id: next?.id ?? '' })
    return active >= 0
  }
  return (
    <div className={styles.rows} {...still}>
      {waiting > 0 && (
        <Button
          tone="quiet"
          className={styles.fresh}
          icon="inbox"
          onPress={letIn}
          aria-label={`Show ${waiting} new`}
        >
          {waiting} new
        </Button>
      )}
      <VirtualList
        label="Messages"
        multi
        count={shown.length}
        estimate={() => 72}
        rowKey={(index) => shown[index]?.id ?? index}
        optionId={(index) => `message-${shown[index]?.id ?? ''}`}
        active={active}
        onActive={go}
        onChord={onChord}
        onKey={(event) => event.key === 'Delete' && remove()}
        render={(index) => {
          const message = shown[index]
          if (!message) return null
          const { id } = message
          const isPicked = pick === null ? id === selected : pick.ids.has(id)
          return <MessageRow message={message} selected={isPicked} onPick={(event) => onPick(event, id)} />
        }}
      />
    </div>
  )
}

/** What had the focus goes with the bar of the picked rows; the list is where one was. */
function useFocusBack(picked: boolean) {
  const list = useRef<HTMLDivElement>(null)
  const before = useRef(picked)
  useEffect(() => {
    const gone = before.current && !picked
    before.current = picked
    if (!gone) return undefined
    // A dialog that closes gives the focus back in the next frame, if it still can.
    const later = (frames: number): number =>
      requestAnimationFrame(() => {
        if (frames > 0) frame = later(frames - 1)
        else if (document.activeElement === document.body)
          list.current?.querySelector<HTMLElement>('[role=listbox]')?.focus()
      })
    let frame = later(2)
    return () => cancelAnimationFrame(frame)
  }, [picked])
  return list
}

export function MessageList({ selected }: { selected: string }) {
  const services = useServices()
  const { items, total, more, part } = useListed()
  const { shown, ...calm } = useCalm(items)
  const picking = usePick(shown, selected, total)
  const [removing, setRemoving] = useState(false)
  const list = useFocusBack(picking.pick !== null)
  const asked = useInbox((inbox) => searchProblems(inbox.search).length === 0)
  const failed = useInbox((inbox) => inbox.list === 'failed')
  const [problem, setProblem] = useState<string>()
  const bar = picking.pick && (
    <PickedBar
      picking={{ ...picking, pick: picking.pick }}
      shown={shown}
      total={total}
      more={more}
      removing={removing}
      onRemoving={setRemoving}
      onProblem={setProblem}
    />
  )
  return (
    <div ref={list} className={styles.list}>
      <ListHead picked={bar} />
      {failed && <Banner tone="warn">The list is not up to date: the engine could not be asked.</Banner>}
      {problem && (
        <Banner tone="bad" live="alert">
          {problem}
        </Banner>
      )}
      {part && asked && items.length === 0 && <p className={styles.none}>Nothing here matches that.</p>}
      <Rows
        selected={selected}
        picking={picking}
        shown={shown}
        calm={calm}
        onRemove={() => setRemoving(true)}
      />
      {more && (
        <Button tone="quiet" wide onPress={() => void loadOlderMessages(services).catch(() => {})}>
          More
        </Button>
      )}
      <ListFoot onProblem={setProblem} />
    </div>
  )
}
