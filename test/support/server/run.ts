/** Owns: the real local server with the real store and hub, on ports the system chooses, for one test. */
import { onTestFinished } from 'vitest'
import { openCertificates } from '#engine/certs/certificates.ts'
import { createLocalServer } from '#engine/server/localServer.ts'
import type { Log } from '#engine/ports.ts'
import type { Relaying } from '#engine/server/relaying.ts'
import type { LocalServer } from '#engine/server/types.ts'
import { openStore } from '#engine/store/client.ts'
import type { Store } from '#engine/store/types.ts'
import { createHub } from '#engine/transcripts/hub.ts'
import type { Hub } from '#engine/transcripts/types.ts'
import type { ServerConfigInput } from '#shared/rpc/contract/server.ts'
import { concat } from '#shared/bytes/bytes.ts'
import type { SessionSummary, TranscriptEvent } from '#shared/transcript/event.ts'
import { hashes } from '../hashes.ts'
import { emptyFolder, keepLog, memorySecrets, systemClock, type LogLine } from './place.ts'
import { inShort } from './fakes.ts'

export interface Running {
  server: LocalServer
  store: Store
  hub: Hub
  folder: string
  /** Path of the authority's certificate. */
  caFile: string
  lines: LogLine[]
  /** Actual ports, in the order of the listeners. */
  ports: number[]
}

const loud = { address: '127.0.0.1', port: 0 } as const
/** Plain, STARTTLS, implicit TLS; and STARTTLS where AUTH is required after TLS. */
export const fourListeners: ServerConfigInput['listeners'] = [
  { ...loud, tls: 'plain' },
  { ...loud, tls: 'starttls' },
  { ...loud, tls: 'implicit' },
  { ...loud, tls: 'starttls-required', auth: 'required', authOnlyAfterTls: true },
]

/** `relay` makes what its listeners relay by. */
export async function runServer(
  config: Partial<ServerConfigInput> = {},
  relay?: (place: { store: Store; log: Log }) => Relaying,
): Promise<Running> {
  const folder = await emptyFolder()
  const { lines, log } = keepLog()
  const store = await openStore({ folder })
  const hub = createHub({ store, clock: systemClock, log })
  const certs = await openCertificates({ folder, clock: systemClock, log, hostname: 'desk' })
  const server = createLocalServer({
    hub,
    store,
    certs,
    clock: systemClock,
    log,
    secrets: memorySecrets(),
    hashes,
    relaying: relay?.({ store, log }),
  })
  onTestFinished(async () => {
    await server.stop()
    await hub.stop()
    await store.close()
  })
  const { status } = await server.start({ name: 'mx.test', listeners: fourListeners, ...config })
  const ports = status.listeners.map(({ actualPort }) => actualPort ?? 0)
  return { server, store, hub, folder, caFile: certs.caFile, lines, ports }
}

/** Waits until the list has a session that fits; answers with the newest. */
export async function session(
  run: Running,
  fits: (summary: SessionSummary) => boolean,
): Promise<SessionSummary> {
  for (;;) {
    const { items } = await run.hub.list({ limit: 100 })
    const found = items.find(fits)
    if (found !== undefined) return found
    await nextChange(run.hub)
  }
}

function nextChange(hub: Hub): Promise<void> {
  return new Promise((resolve) => {
    const stop = hub.changes().watch(() => {
      stop()
      resolve()
    })
    // A change between the look and the watch is not told again.
    const timer = setTimeout(() => {
      stop()
      resolve()
    }, 100)
    timer.unref()
  })
}

export const ended = (summary: SessionSummary): boolean => summary.state === 'ended'

export async function eventsOf(run: Running, id: string): Promise<TranscriptEvent[]> {
  const source = await run.hub.events(id)
  if (source === null) throw new Error(`no session ${id}`)
  const all: TranscriptEvent[] = []
  for (let more = true; more;) {
    const batch = await source.read(all.length, 1000)
    all.push(...batch.events)
    more = batch.events.length > 0
  }
  return all
}

export const shortOf = async (run: Running, id: string): Promise<string[]> =>
  (await eventsOf(run, id)).map(inShort)

/** Octets of the newest message. */
export async function newestMessage(
  run: Running,
): Promise<{ id: string; bytes: Uint8Array; sealed: boolean; user?: string | undefined }> {
  const { items } = await run.store.listMessages({ limit: 1 })
  const message = items[0]
  if (message === undefined) throw new Error('the Inbox is empty')
  return { ...message, bytes: await messageBytes(run.store, message.id) }
}

export async function messageBytes(store: Store, id: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for (let at = 0, total = 1; at < total;) {
    const part = await store.readMessage(id, at, 1 << 20)
    if (part === null || (part.bytes.length === 0 && part.total > at)) throw new Error(`no message ${id}`)
    parts.push(part.bytes)
    at += part.bytes.length
    total = part.total
  }
  return concat(parts)
}
