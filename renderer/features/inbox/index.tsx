/** Owns: the Inbox room: list, message, how it arrived. Where the window is narrow, list or message. */
import { useEffect, useRef } from 'react'
import { followInbox, holdMessage, openMessage } from '#renderer/flows/inbox.ts'
import { followServer } from '#renderer/flows/server.ts'
import { goTo } from '#renderer/flows/route.ts'
import { useServices, useView } from '#renderer/flows/services.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { EmptyState } from '#renderer/ui/EmptyState.tsx'
import { SplitPane } from '#renderer/ui/SplitPane.tsx'
import { narrowQueries, useMedia } from '#renderer/ui/useMedia.ts'
import { Arrival } from './Arrival.tsx'
import { EmptyInbox } from './EmptyInbox.tsx'
import { ListDialogs } from './ListDialogs.tsx'
import { MessageList } from './MessageList.tsx'
import { MessageView } from './MessageView.tsx'
import styles from './Room.module.css'
import { SessionView } from './SessionView.tsx'
import { SetAside } from './SetAside.tsx'
import { useInbox } from './useInbox.ts'

function Reading({ id }: { id: string }) {
  const open = useInbox((inbox) => (inbox.open?.id === id ? inbox.open : null))
  const problem = useInbox((inbox) => inbox.problem)
  if (open && open.outcome !== 'kept') return <SessionView key={id} session={open} />
  if (open) return <MessageView key={id} message={open} />
  if (id === '')
    return (
      <EmptyState icon="mail" title="No message chosen">
        <p>Choose one at the left; up and down move through the list.</p>
      </EmptyState>
    )
  if (problem === null) return null
  return (
    <EmptyState
      icon="warn"
      title="This message cannot be shown"
      actions={<Button onPress={() => goTo({ room: 'inbox', id: '' })}>All messages</Button>}
    >
      <p>{problem}</p>
    </EmptyState>
  )
}

function Filled({ id }: { id: string }) {
  const { stores } = useServices()
  const narrow = useMedia(narrowQueries.sheetLeft)
  const sideOpen = useView((view) => view.sideOpen)
  const open = useInbox((inbox) => (inbox.open?.id === id ? inbox.open : null))
  const closeSide = () => stores.view.getState().set({ sideOpen: false })
  const list = <MessageList selected={id} />
  return (
    <div className={styles.room}>
      <SplitPane
        centerLabel="Message"
        {...(narrow ? {} : { list: { label: 'Messages', content: list, open: true, onClose: () => {} } })}
        center={narrow && id === '' ? list : <Reading id={id} />}
        side={
          open
            ? {
                label: 'How it arrived',
                content: <Arrival message={open} />,
                open: sideOpen,
                onClose: closeSide,
              }
            : undefined
        }
      />
    </div>
  )
}

/** When the last row is deleted, what had the focus goes with the list: the room has it then. */
function useFocusWhenEmptied(empty: boolean) {
  const room = useRef<HTMLDivElement>(null)
  const before = useRef(empty)
  useEffect(() => {
    const emptied = empty && !before.current
    before.current = empty
    if (!emptied) return undefined
    // A dialog that closes gives the focus back in the next frame, if it still can.
    const later = (frames: number): number =>
      requestAnimationFrame(() => {
        if (frames > 0) frame = later(frames - 1)
        else if (document.activeElement === document.body) room.current?.closest('main')?.focus()
      })
    let frame = later(2)
    return () => cancelAnimationFrame(frame)
  }, [empty])
  return room
}

export default function InboxRoom() {
  const services = useServices()
  const id = useView((view) => (view.route.room === 'inbox' ? view.route.id : ''))
  const state = useInbox((inbox) => inbox.list)
  const empty = useInbox((inbox) => inbox.items.length === 0 && inbox.total === 0)
  const asks = useInbox((inbox) => inbox.asks)
  const room = useFocusWhenEmptied(empty && asks === null)
  useEffect(() => followInbox(services), [services])
  useEffect(() => followServer(services), [services])
  // Who comes back from another room finds nothing picked and nothing asked.
  useEffect(() => () => services.stores.inbox.getState().set({ pick: null, asks: null }), [services])
  useEffect(() => {
    if (id === '') return undefined
    void openMessage(services, id)
    return holdMessage(services, id)
  }, [services, id])
  if (empty && state === 'loading') return null
  return (
    <>
      {(empty || id === '') && <h1 className="visuallyHidden">Inbox</h1>}
      <div className={styles.whole} ref={room}>
        <SetAside />
        {empty ? <EmptyInbox /> : <Filled id={id} />}
      </div>
      <ListDialogs />
    </>
  )
}
