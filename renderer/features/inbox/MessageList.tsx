/** Owns: the list of kept messages: search, rows, what is caught on, and tidying all of it. */
import { useEffect, useState } from 'react'
import { loadOlderMessages, markAllRead, removeMessage, searchInbox } from '#renderer/flows/inbox.ts'
import { goTo } from '#renderer/flows/route.ts'
import { useConnection, useServices } from '#renderer/flows/services.ts'
import { countWords } from '#renderer/model/measures.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { Icon } from '#renderer/ui/Icon.tsx'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { Menu } from '#renderer/ui/Menu.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import { VirtualList } from '#renderer/ui/VirtualList.tsx'
import { ClearDialog } from './ClearDialog.tsx'
import styles from './MessageList.module.css'
import { MessageRow } from './MessageRow.tsx'
import { useCalm, useInbox, useListed } from './useInbox.ts'

/** Typing is not asking: the engine is asked when the text has rested. */
const restMs = 200

function Search({ shown, total }: { shown: number; total: number }) {
  const services = useServices()
  const search = useInbox((inbox) => inbox.search)
  const { set } = services.stores.inbox.getState()
  useEffect(() => {
    const timer = setTimeout(() => void searchInbox(services, search).catch(() => {}), restMs)
    return () => clearTimeout(timer)
  }, [services, search])
  return (
    <div className={styles.search} data-filter>
      <TextField
        label="Search messages"
        hideLabel
        type="search"
        placeholder="Search sender, recipient, subject, text"
        value={search}
        onChange={(text) => set({ search: text })}
        before={<Icon name="search" size="s" />}
        after={<span className={styles.count}>{search.trim() === '' ? total : `${shown} found`}</span>}
      />
    </div>
  )
}

function Foot() {
  const services = useServices()
  const ports = useConnection((connection) => connection.ports)
  const [asking, setAsking] = useState(false)
  const total = useInbox((inbox) => inbox.total)
  return (
    <div className={styles.foot}>
      <span>
        {ports.length === 0 ? 'Not catching: the local server is off' : `Catching on ${ports.join(', ')}`}
      </span>
      <Menu
        label="All messages"
        trigger={<IconButton icon="more" label="All messages" size="s" />}
        items={[
          { id: 'read', label: 'Mark all as read', icon: 'check', disabled: total === 0, onAction: () => void markAllRead(services) },
          { id: 'clear', label: 'Delete all …', icon: 'trash', tone: 'danger', disabled: total === 0, onAction: () => setAsking(true) },
        ]} // prettier-ignore
      />
      <ClearDialog open={asking} onClose={() => setAsking(false)} />
    </div>
  )
}

function Rows({ selected }: { selected: string }) {
  const services = useServices()
  const { items } = useListed()
  const { shown, waiting, letIn, pointer } = useCalm(items)
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
    <div className={styles.rows} {...pointer}>
      {waiting > 0 && (
        <Button tone="quiet" className={styles.fresh} icon="inbox" onPress={letIn}>
          {countWords(waiting, 'new message')}
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
  const { items, total } = useListed()
  const searching = useInbox((inbox) => inbox.search.trim() !== '')
  const next = useInbox((inbox) => inbox.next)
  const failed = useInbox((inbox) => inbox.list === 'failed')
  return (
    <div className={styles.list}>
      <Search shown={items.length} total={total} />
      {failed && <Banner tone="warn">The list is not up to date: the engine could not be asked.</Banner>}
      {searching && items.length === 0 && <p className={styles.none}>No message contains that.</p>}
      <Rows selected={selected} />
      {next !== undefined && !searching && (
        <Button tone="quiet" wide onPress={() => void loadOlderMessages(services).catch(() => {})}>
          Older messages
        </Button>
      )}
      <Foot />
    </div>
  )
}
