/** Owns: everything the page asks about transcripts: the live list, one session's events, bodies, files. */
import type { Subscription } from '#shared/rpc/types.ts'
import type { SessionSummary, TranscriptEvent } from '#shared/transcript/event.ts'
import { fromBase64 } from '#shared/bytes/bytes.ts'
import { appendEvents, emptyLog } from '../model/eventLog.ts'
import { download } from './download.ts'
import { FrameBudget, PaintPace } from './frames.ts'
import type { Services } from './services.ts'
import { whenBack } from './whenBack.ts'

const pageSize = 200
/** Batches of events under way at once: what is read of one waits for none. */
const ahead = 4

async function loadPage({ client, stores }: Services, before?: string): Promise<void> {
  const page = await client.call('transcript.list', { limit: pageSize, ...(before ? { before } : {}) })
  stores.transcripts.getState().put(page.items, { next: page.next, total: page.total })
}

/** The list from the start. Changes that came meanwhile are in the answer or follow it. */
export function reloadList(services: Services): void {
  const { setList } = services.stores.transcripts.getState()
  loadPage(services).then(
    () => setList('ready'),
    () => setList('failed'),
  )
}

/** A change that is told again, of a session that comes with an older page, is not due before that page is. */
function isDue(stores: Services['stores']): (summary: SessionSummary) => boolean {
  const { summaries, order, next } = stores.transcripts.getState()
  const oldest = next === undefined ? undefined : summaries[order.at(-1) ?? '']?.startedAt
  return ({ id, state, startedAt }) =>
    oldest === undefined || state !== 'ended' || summaries[id] !== undefined || startedAt >= oldest
}

/** Loads the newest page and follows every change from then on. Answers with the way to stop. */
export function followList(services: Services): () => void {
  const { client, stores } = services
  const { put, remove, setList } = stores.transcripts.getState()
  const changes = client.stream(
    'transcript.changes',
    {},
    {
      batch: ({ events, lost }) => {
        // The last word about a session in this batch is the only one worth drawing.
        const newest = new Map(events.filter((e) => e.type === 'put').map((e) => [e.summary.id, e.summary]))
        const gone = events.filter((e) => e.type === 'gone').map((e) => e.session)
        for (const id of gone) newest.delete(id)
        if (newest.size > 0) put([...newest.values()].filter(isDue(stores)))
        if (gone.length > 0) remove(gone)
        // What was evicted before it was read can only be had by asking again.
        if (lost > 0) reloadList(services)
      },
      closed: (error) => error && setList('failed'),
    },
  )
  reloadList(services)
  const stopTrying = whenBack(services, () => {
    if (stores.transcripts.getState().list === 'failed') reloadList(services)
  })
  return () => {
    stopTrying()
    changes.close()
  }
}

/** The next older page, when there is one. */
export async function loadOlder(services: Services): Promise<void> {
  const { next } = services.stores.transcripts.getState()
  if (next !== undefined) await loadPage(services, next)
}

/** Sessions that contain the text anywhere, wire text included; an empty text ends the filter. */
export async function filterTranscripts({ client, stores }: Services, text: string): Promise<void> {
  const { setFiltered, put } = stores.transcripts.getState()
  if (text.trim() === '') return setFiltered(null)
  const page = await client.call('transcript.list', { text: text.slice(0, 500), limit: 500 })
  if (stores.view.getState().filter.trim() !== text.trim()) return
  put(page.items)
  setFiltered({ text, ids: page.items.map((item) => item.id) })
}

interface Watch {
  users: number
  subscription: Subscription
}
const watches = new WeakMap<Services['client'], Map<string, Watch>>()

/**
 * Reads one session's events into the store and goes on while it is live. Watched twice it is read once; the events
 * are let go when the last watcher is. Answers with the way to stop.
 */
export function watchEvents(services: Services, session: string): () => void {
  const { client, stores } = services
  const open = watches.get(client) ?? new Map<string, Watch>()
  watches.set(client, open)
  const watch = open.get(session) ?? { users: 0, subscription: subscribe(services, session) }
  watch.users++
  open.set(session, watch)
  return () => {
    if (--watch.users > 0) return
    watch.subscription.close()
    open.delete(session)
    stores.transcripts.getState().close(session)
  }
}

function subscribe({ client, stores }: Services, session: string): Subscription {
  const { setLog, put, setProblem } = stores.transcripts.getState()
  if (!stores.transcripts.getState().summaries[session])
    client.call('transcript.get', { session }).then(
      (summary) => put([summary]),
      (error: unknown) => setProblem(session, wordsOf(error)),
    )
  // What comes is kept at once; it is drawn at the pace of the window, which a burst must not freeze.
  let log = stores.transcripts.getState().logs[session] ?? emptyLog()
  const pace = new PaintPace(() => setLog(session, log))
  const budget = new FrameBudget()
  const take = (batch: { events: readonly TranscriptEvent[]; lost: number; ended: boolean }) => {
    log = appendEvents(log, batch)
    pace.changed()
  }
  const subscription = client.stream(
    'transcript.events',
    { session },
    {
      batch: (batch) => {
        take(batch)
        return budget.spent()
      },
      closed: (error) => {
        if (error) setProblem(session, error.message)
        else take({ events: [], lost: 0, ended: true })
        pace.flush()
      },
    },
    { window: ahead },
  )
  return {
    close: () => {
      pace.stop()
      subscription.close()
    },
  }
}

export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

export async function removeTranscripts({ client, stores }: Services, sessions: string[]): Promise<void> {
  await client.call('transcript.remove', { sessions })
  stores.transcripts.getState().remove(sessions)
}

/** Gives the session's case file to the person. */
export async function exportTranscript({ client }: Services, session: string): Promise<string> {
  const file = await client.call('transcript.export', { session })
  download(file.name, file.text)
  return file.name
}

/** A stretch of a body: octets [from, from + size), and how many there are. */
export async function loadBody(
  { client }: Services,
  session: string,
  range: { body: number; from: number; size: number },
): Promise<{ bytes: Uint8Array; total: number }> {
  const part = await client.call('transcript.body', { session, ...range })
  const bytes = fromBase64(part.base64)
  if (bytes === null) throw new Error('The engine sent a body that is not base64.')
  return { bytes, total: part.total }
}
