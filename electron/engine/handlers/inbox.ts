/** Owns: reading and tidying the messages that the local server kept, and telling the list what changed. */
import { toBase64 } from '#shared/bytes/bytes.ts'
import type { InboxChange } from '#shared/rpc/contract/inbox.ts'
import { notFound } from '#shared/rpc/error.ts'
import { EventLog } from '#shared/rpc/eventLog.ts'
import type { Handlers } from '#shared/rpc/types.ts'
import { readMessage } from '../message/parse.ts'
import type { Store } from '../store/types.ts'
import { inboxKeepHandlers } from './inboxKeep.ts'
import { inboxMessageHandlers } from './inboxMessage.ts'
import { inboxReleaseHandlers } from './inboxRelease.ts'
import { inboxTagHandlers } from './inboxTags.ts'
import type { Parts } from './parts.ts'
import type { Running } from './running.ts'
import type { Dialogue } from '../dialogue/index.ts'

/** Changes kept for a list that lags behind; it is told what it lost and reads anew. */
const changesKept = 10_000
/** Of more changes at once the list is read anew. */
const toldSingly = 500

/** Octets [from, from + size) of a message, as many as there are. */
async function octets(store: Store, id: string, from: number, size: number): Promise<Uint8Array> {
  const read = await store.readMessage(id, from, size)
  if (read === null) throw notFound('Message', id)
  return read.bytes
}

async function putSummaries(store: Store, ids: string[], changes: EventLog<InboxChange>): Promise<void> {
  if (ids.length > toldSingly) return void changes.append({ type: 'many' })
  for (const id of ids) {
    const summary = await store.getMessage(id)
    if (summary !== null) changes.append({ type: summary.outcome === 'kept' ? 'put' : 'session', summary })
  }
}

/** Of a session that left no message. */
const nothingToRead = { headers: [], text: '', html: false, parts: [], problems: [] }

export function inboxHandlers(
  parts: Pick<Parts, 'ports' | 'store' | 'hub' | 'server' | 'hosts'>,
  running: Running<Dialogue>,
): Pick<Handlers, Extract<keyof Handlers, `inbox.${string}`>> {
  const { store, hub } = parts
  const changes = new EventLog<InboxChange>(changesKept)
  store.onMessages((messages) => {
    for (const summary of messages) changes.append({ type: 'put', summary })
  })
  store.onSessions((sessions) => {
    for (const summary of sessions) changes.append({ type: 'session', summary })
  })
  return {
    ...inboxMessageHandlers(store),
    ...inboxKeepHandlers(store, hub, changes),
    ...inboxReleaseHandlers(parts, running),
    ...inboxTagHandlers(store),
    'inbox.setAside': async () => ({ path: store.setAside }),
    'inbox.list': (query) => store.listMessages(query),
    'inbox.get': async ({ id }) => {
      const summary = await store.getMessage(id)
      if (summary === null) throw notFound('Message', id)
      if (summary.outcome !== 'kept') return { ...summary, ...nothingToRead }
      const readable = await readMessage(summary.size, (from, size) => octets(store, id, from, size))
      return { ...summary, ...readable }
    },
    'inbox.source': async ({ id, from, size }) => {
      const read = await store.readMessage(id, from, size)
      if (read === null) throw notFound('Message', id)
      return { base64: toBase64(read.bytes), total: read.total }
    },
    'inbox.mark': async ({ ids, unread }) => {
      await store.markMessages(ids, unread)
      await putSummaries(store, ids, changes)
      return {}
    },
    'inbox.star': async ({ ids, starred }) => {
      await store.starMessages(ids, starred)
      await putSummaries(store, ids, changes)
      return {}
    },
    'inbox.bulk': async ({ act, ...search }) => {
      const changed = await store.bulkMessages(search, act)
      if (changed > 0) changes.append({ type: 'many' })
      return { changed }
    },
    'inbox.remove': async ({ ids }) => {
      const removed = await store.removeMessages(ids)
      changes.append({ type: 'gone', ids })
      return { removed }
    },
    'inbox.clear': async () => {
      const removed = await store.clearMessages()
      changes.append({ type: 'cleared' })
      return { removed }
    },
    'inbox.changes': () => changes,
  }
}
