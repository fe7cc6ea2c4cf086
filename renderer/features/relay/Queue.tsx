/** Owns: the right column: the queue with what it counts, its rows, and the entry that is chosen below them. */
import { useRef, useState } from 'react'
import { loadMoreQueue, openItem } from '#renderer/flows/relayQueue.ts'
import { useServices } from '#renderer/flows/services.ts'
import { queueKey } from '#renderer/model/relayQueue.ts'
import type { QueueItem } from '#shared/rpc/contract/relay.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { EmptyState } from '#renderer/ui/EmptyState.tsx'
import { VirtualList } from '#renderer/ui/VirtualList.tsx'
import { ItemCard } from './ItemCard.tsx'
import { QueueHead } from './QueueHead.tsx'
import styles from './Queue.module.css'
import { QueueRow } from './QueueRow.tsx'
import { useNow, useRelay } from './useRelay.ts'

/** The next page is asked for when its rows are about to be reached; once for each end of the list. */
function useMoreAtEnd(count: number) {
  const services = useServices()
  const askedAt = useRef(0)
  return (list: HTMLElement) => {
    const last = list.querySelector(`[data-virtual-row="${count - 1}"]`)
    if (last === null || askedAt.current === count) return
    askedAt.current = count
    // What cannot be loaded is loaded by the button, which says why.
    void loadMoreQueue(services)
  }
}

function Rows({ items }: { items: readonly QueueItem[] }) {
  const services = useServices()
  const moreAtEnd = useMoreAtEnd(items.length)
  const selected = useRelay((relay) => relay.selected)
  const paused = useRelay((relay) => relay.status?.settings.paused ?? false)
  const now = useNow()
  const open = (index: number) => {
    const item = items[index]
    if (item) void openItem(services, item.id)
  }
  return (
    <VirtualList
      label="Queue"
      className={styles.list}
      count={items.length}
      estimate={() => 49}
      rowKey={(index) => items[index]?.id ?? index}
      optionId={(index) => `leg-${items[index]?.id ?? ''}`}
      active={items.findIndex(({ id }) => id === selected)}
      onActive={open}
      onDrawn={moreAtEnd}
      render={(index) => {
        const item = items[index]
        return item ? (
          <QueueRow
            item={item}
            now={now}
            paused={paused}
            selected={item.id === selected}
            onPick={() => open(index)}
          />
        ) : null
      }}
    />
  )
}

function More() {
  const services = useServices()
  const [problem, setProblem] = useState<string>()
  const left = useRelay(({ queue }) => (queue?.next === undefined ? 0 : queue.total - queue.items.length))
  if (left <= 0) return null
  return (
    <>
      {problem && <p className={styles.problem}>{problem}</p>}
      <Button tone="quiet" wide onPress={() => void loadMoreQueue(services).then(setProblem)}>
        {left.toLocaleString('en-US')} more
      </Button>
    </>
  )
}

function Empty({ filtered }: { filtered: boolean }) {
  if (filtered) return <p className={styles.none}>Nothing in the queue matches that.</p>
  return (
    <EmptyState icon="relay" title="The queue is empty">
      <p>A message that the relay has taken stands here until it is delivered, returned or dropped.</p>
    </EmptyState>
  )
}

export function Queue() {
  const key = useRelay(queueKey)
  const queue = useRelay((relay) => relay.queue)
  const state = useRelay((relay) => relay.queueState)
  const items = queue?.items ?? []
  return (
    <div className={styles.column}>
      <QueueHead />
      {state === 'failed' && <Banner tone="warn">The queue could not be read; the rows are as they were.</Banner>}
      {queue !== null && items.length === 0 ? <Empty filtered={key !== 'all '} /> : <Rows items={items} />}
      <More />
      <ItemCard />
    </div>
  )
} // prettier-ignore
