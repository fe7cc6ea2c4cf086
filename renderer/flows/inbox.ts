/** Owns: everything the page asks about the box: the live list, the search, one message, its source, tidying. */
import { fromBase64 } from '#shared/bytes/bytes.ts'
import type { bulkActs, MessageSummary } from '#shared/rpc/contract/inbox.ts'
import { foldChanges } from '../model/inbox.ts'
import { isWhole, searchProblems, viewKey } from '../model/inboxView.ts'
import { download } from './download.ts'
import type { Services } from './services.ts'
import { followShared } from './shared.ts'
import { wordsOf } from './transcripts.ts'
import { whenBack } from './whenBack.ts'

type BulkAct = (typeof bulkActs)[number]

const pageSize = 200
/** Milliseconds that changes are gathered before what they did to the counts and to a search is asked for. */
const gatherMs = 250

async function loadPage({ client, stores }: Services, before?: string): Promise<void> {
  const { items, next, total, unread, counts, disk } = await client.call('inbox.list', {
    show: 'all',
    limit: pageSize,
    ...(before ? { before } : {}),
  })
  const { put, set } = stores.inbox.getState()
  put(items, { next, total, unread })
  set({ counts, disk })
}

/** The list from the start. Changes that came meanwhile are in the answer or follow it. */
function reload(services: Services): void {
  const { setList } = services.stores.inbox.getState()
  loadPage(services).then(
    () => setList('ready'),
    () => setList('failed'),
  )
}

/** What changes did to the counts, and to what was searched for: asked once for all that came within a moment. */
function gather(services: Services): { again: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  const ask = async () => {
    const { client, stores } = services
    const { counts, disk, total, unread } = await client.call('inbox.list', { show: 'all', limit: 1 })
    stores.inbox.getState().set({ counts, disk, total, unread })
    await searchInbox(services, true)
  }
  return {
    again: () => {
      timer ??= setTimeout(() => {
        timer = undefined
        // The next change asks again; until then the list is as it was.
        ask().catch(() => {})
      }, gatherMs)
    },
    stop: () => clearTimeout(timer),
  }
}

/** Loads the newest page and follows every change while anybody wants it. Answers with the way to stop. */
export const followInbox = (services: Services): (() => void) =>
  followShared(services.client, 'inbox', () => {
    const { stores, client } = services
    const counts = gather(services)
    const changes = client.stream(
      'inbox.changes',
      {},
      {
        batch: ({ events, lost }) => {
          const { clear, put, remove } = stores.inbox.getState()
          const { cleared, put: fresh, gone, many } = foldChanges(events)
          if (cleared || many) clear()
          if (gone.length > 0) remove(gone)
          if (fresh.length > 0) put(fresh)
          // What was evicted before it was read can only be had by asking again.
          if (lost > 0 || many) reload(services)
          counts.again()
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
      counts.stop()
      changes.close()
    }
  })

/** Asked once: whether a damaged database was set aside, and where. What cannot be asked is asked the next time. */
export async function loadSetAside({ client, stores }: Services): Promise<void> {
  if (stores.inbox.getState().setAside !== undefined) return
  try {
    const { path } = await client.call('inbox.setAside', {})
    stores.inbox.getState().set({ setAside: path })
  } catch {
    // The list says that the engine cannot be asked.
  }
}

/** The next page of what is looked at, when there is one. */
export async function loadOlderMessages(services: Services): Promise<void> {
  const state = services.stores.inbox.getState()
  if (isWhole(state)) {
    if (state.next !== undefined) await loadPage(services, state.next)
    return
  }
  const { found } = state
  if (found?.next === undefined) return
  const { items, next, total } = await services.client.call('inbox.list', {
    ...asked(state),
    before: found.next,
  })
  const now = services.stores.inbox.getState()
  if (now.found?.key !== found.key) return
  now.set({ found: { key: found.key, items: merged(now.found.items, items), total, next } })
}

const asked = ({ search, show, sort }: Parameters<typeof isWhole>[0]) => ({
  text: search.trim(),
  show,
  sort,
  limit: pageSize,
})

/** Rows that are known already stay where they stand. */
function merged(known: readonly MessageSummary[], more: readonly MessageSummary[]): MessageSummary[] {
  const ids = new Set(known.map(({ id }) => id))
  return [...known, ...more.filter(({ id }) => !ids.has(id))]
}

/**
 * Asks for what is looked at: search, outcome and order; for the whole box that is the live list. A search that cannot
 * be read is not asked, and an answer that comes too late is dropped. `again`: what is new comes before what is known.
 */
export async function searchInbox({ client, stores }: Services, again = false): Promise<void> {
  const view = stores.inbox.getState()
  if (isWhole(view)) return view.set({ found: null })
  if (searchProblems(view.search).length > 0) return
  const key = viewKey(view)
  const { items, next, total, counts, disk } = await client.call('inbox.list', asked(view))
  const now = stores.inbox.getState()
  if (viewKey(now) !== key) return
  const known = again && now.found?.key === key && now.found.items.length > items.length ? now.found : null
  const found = known
    ? { key, items: merged(items, known.items), total, next: known.next }
    : { key, items, total, next }
  now.set({ found, counts, disk })
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

/** While it is open here, the keep rules leave it. Answers with the way to stop. */
export function holdMessage({ client }: Services, id: string): () => void {
  const reading = client.stream('inbox.reading', { id }, { batch: () => {}, closed: () => {} })
  return () => reading.close()
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

export const starMessage = ({ client }: Services, id: string, starred: boolean) =>
  told(() => client.call('inbox.star', { ids: [id], starred }))

/** Does it to everything that is looked at, loaded or not. */
export const bulkInbox = ({ client, stores }: Services, act: BulkAct) =>
  told(async () => {
    const view = stores.inbox.getState()
    const { search, show, open, set, found } = view
    // What stands there was found for another search: nobody saw what this one finds.
    if (!isWhole(view) && found?.key !== viewKey(view))
      throw new Error('The search is not answered yet. Try again when its rows are here.')
    await client.call('inbox.bulk', { text: search.trim(), show, act })
    if (act === 'remove' && open !== null) set({ open: null })
  })

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

/** What there is to know of a message's HTML before it is drawn; null when it cannot be. */
export const loadView = ({ client }: Services, id: string) => client.call('inbox.view', { id })

export const loadParts = ({ client }: Services, id: string) => client.call('inbox.parts', { id })

const pieceSize = 1 << 20

/** All octets, piece by piece. */
async function allOctets(
  ask: (from: number) => Promise<{ base64: string; total: number }>,
): Promise<Uint8Array<ArrayBuffer>> {
  let whole = new Uint8Array(0)
  for (let at = 0; ;) {
    const { base64, total } = await ask(at)
    const piece = fromBase64(base64)
    if (piece === null) throw new Error('The engine sent octets that are not base64.')
    if (at === 0) whole = new Uint8Array(total)
    whole.set(piece.subarray(0, total - at), at)
    at += piece.length
    if (at >= total || piece.length === 0) return whole
  }
}

/** Content of a part, its transfer encoding undone. */
export const loadPart = ({ client }: Services, id: string, path: string) =>
  allOctets((from) => client.call('inbox.part', { id, path, from, size: pieceSize }))

/** Gives a part, or the message itself, as a file. Undefined when done, else why not, in words. */
export const savePart = (services: Services, id: string, path: string, name: string) =>
  told(async () => download(name, await loadPart(services, id, path), 'application/octet-stream'))

/** A message exactly as received, all of it. */
export const loadWhole = ({ client }: Services, id: string) =>
  allOctets((from) => client.call('inbox.source', { id, from, size: pieceSize }))

export const saveMessage = (services: Services, id: string, name: string) =>
  told(async () => download(name, await loadWhole(services, id), 'message/rfc822'))

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
