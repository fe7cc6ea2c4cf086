/** Owns: everything the page asks about kept messages: the live list, the search, one message, its source, tidying. */
import { fromBase64 } from '#shared/bytes/bytes.ts'
import { foldChanges } from '../model/inbox.ts'
import type { Services } from './services.ts'
import { followShared } from './shared.ts'
import { wordsOf } from './transcripts.ts'
import { whenBack } from './whenBack.ts'

const pageSize = 200

async function loadPage({ client, stores }: Services, before?: string): Promise<void> {
  const { items, next, total, unread } = await client.call('inbox.list', {
    limit: pageSize,
    ...(before ? { before } : {}),
  })
  stores.inbox.getState().put(items, { next, total, unread })
}

/** The list from the start. Changes that came meanwhile are in the answer or follow it. */
function reload(services: Services): void {
  const { setList } = services.stores.inbox.getState()
  loadPage(services).then(
    () => setList('ready'),
    () => setList('failed'),
  )
}

/** Loads the newest page and follows every change while anybody wants it. Answers with the way to stop. */
export const followInbox = (services: Services): (() => void) =>
  followShared(services.client, 'inbox', () => {
    const { stores, client } = services
    const changes = client.stream(
      'inbox.changes',
      {},
      {
        batch: ({ events, lost }) => {
          const { clear, put, remove } = stores.inbox.getState()
          const { cleared, put: fresh, gone } = foldChanges(events)
          if (cleared) clear()
          if (gone.length > 0) remove(gone)
          if (fresh.length > 0) put(fresh)
          // What was evicted before it was read can only be had by asking again.
          if (lost > 0) reload(services)
        },
        closed: (error) => error && stores.inbox.getState().setList('failed'),
      },
    )
    reload(services)
    const stopTrying = whenBack(services, () => {
      if (stores.inbox.getState().list === 'failed') reload(services)
    })
    return () => {
      stopTrying()
      changes.close()
    }
  })

/** The next older page, when there is one. */
export async function loadOlderMessages(services: Services): Promise<void> {
  const { next } = services.stores.inbox.getState()
  if (next !== undefined) await loadPage(services, next)
}

/** Messages that contain the text anywhere; an empty text ends the search. An answer that comes too late is dropped. */
export async function searchInbox({ client, stores }: Services, text: string): Promise<void> {
  const asked = text.trim()
  const { set } = stores.inbox.getState()
  if (asked === '') return set({ found: null })
  const { items, total } = await client.call('inbox.list', { text: asked.slice(0, 500), limit: 500 })
  if (stores.inbox.getState().search.trim() === asked) set({ found: { text: asked, items, total } })
}

/** Reads one message and marks it read. A message that is gone is told in words. */
export async function openMessage({ client, stores }: Services, id: string): Promise<void> {
  const inbox = stores.inbox.getState()
  if (inbox.open?.id !== id) inbox.set({ open: null, problem: null })
  try {
    const detail = await client.call('inbox.get', { id })
    if (stores.view.getState().route.id !== id && stores.view.getState().route.id !== '') return
    stores.inbox.getState().set({ open: detail, problem: null })
    if (detail.unread) await client.call('inbox.mark', { ids: [id], unread: false })
  } catch (error) {
    stores.inbox.getState().set({ problem: wordsOf(error) })
  }
}

/** Undefined when done, else why not, in words. */
async function told(work: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    return wordsOf(error)
  }
}

export const markMessage = ({ client }: Services, id: string, unread: boolean) =>
  told(() => client.call('inbox.mark', { ids: [id], unread }))

/** Marks every message that the list holds now as read. */
export const markAllRead = ({ client, stores }: Services) => {
  const ids = stores.inbox.getState().items.flatMap(({ id, unread }) => (unread ? [id] : []))
  return told(async () => {
    if (ids.length > 0) await client.call('inbox.mark', { ids: ids.slice(0, 10_000), unread: false })
  })
}

export const removeMessage = ({ client, stores }: Services, id: string) =>
  told(async () => {
    await client.call('inbox.remove', { ids: [id] })
    const { open, set, remove } = stores.inbox.getState()
    remove([id])
    if (open?.id === id) set({ open: null })
  })

export const clearInbox = ({ client, stores }: Services) =>
  told(async () => {
    await client.call('inbox.clear', {})
    const { clear, set } = stores.inbox.getState()
    clear()
    set({ open: null, problem: null })
  })

/** Octets [from, from + size) of a message exactly as received. */
export async function loadSource(
  { client }: Services,
  id: string,
  range: { from: number; size: number },
): Promise<Uint8Array> {
  const part = await client.call('inbox.source', { id, ...range })
  const bytes = fromBase64(part.base64)
  if (bytes === null) throw new Error('The engine sent a source that is not base64.')
  return bytes
}
