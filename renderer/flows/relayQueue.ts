/** Owns: the relay's queue: what is looked at, page by page, the entry that is chosen, and what is done to entries. */
import type { QueueItem, QueueTarget } from '#shared/rpc/contract/relay.ts'
import { queueKey } from '../model/relayQueue.ts'
import { problemWords } from '../model/server.ts'
import type { QueueAct, Queued } from '../stores/relay.ts'
import type { Services } from './services.ts'
import { wordsOf } from './transcripts.ts'

const pageSize = 500

const asked = ({ show, text }: Parameters<typeof queueKey>[0]) => ({ show, text: text.trim() })

/** Pages that are read again at most; rows behind them are let go, and are asked for when they are scrolled to. */
const mostPages = 4

/** As many rows as were shown, each as it is now: one that stayed as it was would wait for ever on a page that moved on. */
async function readRows({ client }: Services, view: ReturnType<typeof asked>, shown: number): Promise<Omit<Queued, 'key'>> {
  const rows = new Map<string, QueueItem>()
  let before: string | undefined
  let total = 0
  for (let pages = 0; pages < mostPages; pages++) {
    const page = await client.call('relay.queue', { ...view, limit: pageSize, ...(before === undefined ? {} : { before }) })
    for (const item of page.items) rows.set(item.id, item)
    before = page.next
    total = page.total
    if (before === undefined || rows.size >= shown) break
  }
  return { items: [...rows.values()], total, next: before }
} // prettier-ignore

/** The rows of what is looked at; an answer that comes too late is dropped. */
export async function loadQueue(services: Services): Promise<void> {
  const { relay } = services.stores
  const view = relay.getState()
  const key = queueKey(view)
  const shown = view.queue?.key === key ? view.queue.items.length : 0
  try {
    const rows = await readRows(services, asked(view), shown)
    const now = relay.getState()
    if (queueKey(now) === key) now.set({ queue: { key, ...rows }, queueState: 'ready' })
  } catch (error) {
    relay.getState().set({ queueState: 'failed' })
    throw error
  }
}

/** The next page. Undefined when loaded, else why not, in words. */
export async function loadMoreQueue({ client, stores }: Services): Promise<string | undefined> {
  const { queue, ...view } = stores.relay.getState()
  if (queue?.next === undefined) return undefined
  try {
    const page = await client.call('relay.queue', { ...asked(view), limit: pageSize, before: queue.next })
    const now = stores.relay.getState()
    if (now.queue?.key !== queue.key || now.queue.next !== queue.next) return undefined
    const known = new Set(now.queue.items.map(({ id }) => id))
    const items = [...now.queue.items, ...page.items.filter(({ id }) => !known.has(id))]
    now.set({ queue: { ...now.queue, items, total: page.total, next: page.next } })
    return undefined
  } catch (error) {
    return wordsOf(error)
  }
}

/** How many open entries of a domain there are now; null where that could not be asked. */
export async function countOfDomain({ client }: Services, domain: string): Promise<number | null> {
  try {
    return (await client.call('relay.queue', { show: 'open', domain, limit: 1 })).total
  } catch {
    return null
  }
}

/** Chooses an entry and reads all of it; '' chooses none. */
export async function openItem({ client, stores }: Services, id: string): Promise<void> {
  const { set, selected, detail } = stores.relay.getState()
  if (selected !== id || detail?.id !== id) set({ selected: id, detail: null, detailProblem: '' })
  if (id === '') return
  try {
    const found = await client.call('relay.queueItem', { id })
    if (stores.relay.getState().selected === id) set({ detail: found, detailProblem: '' })
  } catch (error) {
    if (stores.relay.getState().selected === id) set({ detail: null, detailProblem: wordsOf(error) })
  }
}

const doneWords: Record<QueueAct, string> = {
  retry: 'tried now',
  hold: 'held',
  release: 'released',
  drop: 'dropped',
  bounce: 'returned to the sender',
  'use-mta': 'moved',
}

/** Does something to entries and reads them again. Undefined when done, else why not, in words. */
export async function actOnQueue(
  services: Services,
  act: QueueAct,
  target: QueueTarget,
  virtualMta?: string,
): Promise<string | undefined> {
  const { client, stores } = services
  const { set } = stores.relay.getState()
  set({ busy: true })
  try {
    const { done, problems } = await client.call('relay.act', { act, target, ...(virtualMta === undefined ? {} : { virtualMta }) }) // prettier-ignore
    if (problems.length > 0) return problemWords(problems).join(' ')
    if (done === 0) return 'Nothing was there to do it to: the entry may be over by now.'
    stores.view.getState().set({ announcement: `${done === 1 ? 'One entry' : `${done.toLocaleString('en-US')} entries`} ${doneWords[act]}.` }) // prettier-ignore
    return undefined
  } catch (error) {
    return wordsOf(error)
  } finally {
    set({ busy: false })
    // The list says itself when it could not be read.
    await loadQueue(services).catch(() => {})
    const { selected } = stores.relay.getState()
    if (selected !== '') await openItem(services, selected)
  }
}
