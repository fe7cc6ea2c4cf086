/** Owns: the list: rows of messages and of sessions that left none, and keeping it still while it is looked at. */
import { useState } from 'react'
import { loadOlderMessages, removeMessage } from '#renderer/flows/inbox.ts'
import { goTo } from '#renderer/flows/route.ts'
import { useServices } from '#renderer/flows/services.ts'
import { searchProblems } from '#renderer/model/inboxView.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { VirtualList } from '#renderer/ui/VirtualList.tsx'
import { ListFoot } from './ListFoot.tsx'
import { ListHead } from './ListHead.tsx'
import styles from './MessageList.module.css'
import { MessageRow } from './MessageRow.tsx'
import { useCalm, useInbox, useListed } from './useInbox.ts'

function Rows({ selected }: { selected: string }) {
  const services = useServices()
  const { items } = useListed()
  const { shown, waiting, letIn, still } = useCalm(items)
  const go = (index: number) => {
    const message = shown[index]
    if (message) goTo({ room: 'inbox', id: message.id })
  }
  const active = shown.findIndex(({ id }) => id === selected)
  const remove = () => {
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
        count={shown.length}
        estimate={() => 72}
        rowKey={(index) => shown[index]?.id ?? index}
        optionId={(index) => `message-${shown[index]?.id ?? ''}`}
        active={active}
        onActive={go}
        onKey={(event) => event.key === 'Delete' && remove()}
        render={(index) => {
          const message = shown[index]
          return message && <MessageRow message={message} selected={message.id === selected} />
        }}
      />
    </div>
  )
}

export function MessageList({ selected }: { selected: string }) {
  const services = useServices()
  const { items, more, part } = useListed()
  const asked = useInbox((inbox) => searchProblems(inbox.search).length === 0)
  const failed = useInbox((inbox) => inbox.list === 'failed')
  const [problem, setProblem] = useState<string>()
  return (
    <div className={styles.list}>
      <ListHead />
      {failed && <Banner tone="warn">The list is not up to date: the engine could not be asked.</Banner>}
      {problem && (
        <Banner tone="bad" live="alert">
          {problem}
        </Banner>
      )}
      {part && asked && items.length === 0 && <p className={styles.none}>Nothing here matches that.</p>}
      <Rows selected={selected} />
      {more && (
        <Button tone="quiet" wide onPress={() => void loadOlderMessages(services).catch(() => {})}>
          More
        </Button>
      )}
      <ListFoot onProblem={setProblem} />
    </div>
  )
}
