/** Owns: the store as the engine sees it: the asynchronous face of the store's thread. */
import { Worker } from 'node:worker_threads'
import type { KeepRules } from '#shared/rpc/contract/inboxKeep.ts'
import type { MessageSummary } from '#shared/rpc/contract/inbox.ts'
import type { RelayStore } from '../relay/types.ts'
import { parseQuery } from '#shared/inbox/query.ts'
import { RpcError } from '#shared/rpc/error.ts'
import { SessionSummary, type TranscriptEvent } from '#shared/transcript/event.ts'
import { type ContentSink, StoreContentWriter } from './contentWriter.ts'
import { faultOf, toStoreError } from './faults.ts'
import { previewKeep } from './keepPreview.ts'
import { octetsOf } from './opSize.ts'
import { Outbox } from './outbox.ts'
import { RelayClient, type RelayLink } from './relayClient.ts'
import { Requests } from './requests.ts'
import { SpareChunks } from './spareChunks.ts'
import { type ContentWriter, type KeepPreview, type MessageQuery, type MessageSearch, type ProbeRow, type ProbeSummaryRow, type Store, StoreError, type TranscriptQuery } from './types.ts' // prettier-ignore
import type { BoxSearch, BulkAct, FromWorker, Opening, MessageRows, PutTranscript, ReadOp, ReadResults, ToWorker, WriteOp } from './wireTypes.ts' // prettier-ignore

export interface StoreOptions {
  /** Absolute; made when missing, with access for the owner only. */
  folder: string
  /** Where the worker's script lies when the engine is bundled; by default beside its source. */
  worker?: URL | undefined
  /** Milliseconds to wait for another process that has the database. Default 2000. */
  busyTimeout?: number | undefined
}

/**
 * Memory of the store's thread for what is young. Of that hardly anything outlives a commit, so a small one costs no more,
 * and V8's own would stand at some 50 MiB after the first burst.
 */
const youngMiB = 12

/** Opens the store. Rejects with StoreError: `locked`, `readonly`, `full`, or `failed` for a newer database. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const script = options.worker ?? new URL('../storeWorker.ts', import.meta.url)
  const worker = new Worker(script, {
    workerData: { folder: options.folder, busyTimeout: options.busyTimeout ?? 2000 },
    // node:sqlite still says that it is experimental, on stderr, at each start.
    execArgv: ['--disable-warning=ExperimentalWarning'],
    resourceLimits: { maxYoungGenerationSizeMb: youngMiB },
  })
  const opening = await new Promise<Opening>((opened, failed) => {
    worker.once('message', (message: FromWorker) => {
      if (message.type === 'opened') opened(message)
      else if (message.type === 'notOpened') failed(toStoreError(message))
    })
    worker.once('error', (error) => failed(toStoreError(faultOf(error, options.folder))))
  })
  return new StoreClient(worker, opening)
}

const toOp = (summary: SessionSummary, events: readonly TranscriptEvent[]): PutTranscript => ({
  type: 'transcript',
  id: summary.id,
  source: summary.source,
  ended: summary.state === 'ended',
  summary: JSON.stringify(summary),
  first: events[0]?.seq ?? 0,
  count: events.length,
  lines: events.map((event) => JSON.stringify(event)).join('\n'),
})

function toSearch({ text = '', show }: MessageSearch): BoxSearch {
  const parsed = parseQuery(text)
  if (!parsed.ok) throw new RpcError('bad-argument', parsed.problems.join(' '))
  return { terms: parsed.terms, show }
}

export class StoreClient implements Store, ContentSink, RelayLink {
  readonly notices: string[]
  readonly setAside: string | null
  readonly relay: RelayStore = new RelayClient(this)
  readonly #worker: Worker
  readonly #outbox: Outbox
  readonly #requests = new Requests()
  readonly #spare = new SpareChunks()
  readonly #faultListeners: ((fault: StoreError) => void)[] = []
  readonly #messageListeners: ((messages: MessageSummary[]) => void)[] = []
  readonly #sessionListeners: ((sessions: MessageSummary[]) => void)[] = []
  readonly #removedListeners: ((ids: string[], dialogues: string[]) => void)[] = []
  readonly #gone: Promise<void>
  #writers = 0
  #closed = false

  constructor(worker: Worker, { notices, setAside }: Opening) {
    this.#worker = worker
    this.notices = notices
    this.setAside = setAside ?? null
    this.#outbox = new Outbox((message: ToWorker, transfer) => worker.postMessage(message, transfer))
    worker.on('message', (message: FromWorker) => this.#take(message))
    worker.on('error', (error) => this.#end(toStoreError(faultOf(error, 'the store'))))
    this.#gone = new Promise((done) => {
      worker.once('exit', () => {
        this.#end(new StoreError('closed', 'The store is closed.'))
        done()
      })
    })
  }

  get ready(): boolean {
    return this.#requests.ready
  }

  whenReady(): Promise<void> {
    return this.#requests.whenReady()
  }

  chunk(): Uint8Array {
    return this.#spare.take()
  }

  write(op: WriteOp): Promise<number> {
    if (this.#closed) return Promise.reject(new StoreError('closed', 'The store is closed.'))
    this.#outbox.write(op)
    return this.#requests.write(octetsOf(op))
  }

  async putTranscript(summary: SessionSummary, events: readonly TranscriptEvent[]): Promise<void> {
    await this.write(toOp(summary, events))
  }

  queueTranscript(summary: SessionSummary, events: readonly TranscriptEvent[]): void {
    this.write(toOp(summary, events)).catch((error: unknown) => this.fault(error))
  }

  /** For what nobody awaits. */
  fault(error: unknown): void {
    const fault = error instanceof StoreError ? error : toStoreError(faultOf(error, 'the store'))
    for (const listener of this.#faultListeners) listener(fault)
  }

  onFault(listener: (fault: StoreError) => void): void {
    this.#faultListeners.push(listener)
  }

  async listTranscripts(query: TranscriptQuery): ReturnType<Store['listTranscripts']> {
    const rows = await this.read<'listTranscripts'>({ type: 'listTranscripts', ...query })
    return { ...rows, items: rows.items.map((json) => SessionSummary.parse(JSON.parse(json))) }
  }

  async getTranscript(session: string): Promise<SessionSummary | null> {
    const json = await this.read<'getTranscript'>({ type: 'getTranscript', session })
    return json === null ? null : SessionSummary.parse(JSON.parse(json))
  }

  async readEvents(session: string, after: number, max: number): Promise<TranscriptEvent[]> {
    const segments = await this.read<'readEvents'>({ type: 'readEvents', session, after, max })
    const events: TranscriptEvent[] = []
    for (const { first, lines } of segments) {
      const texts = lines.split('\n')
      for (let i = Math.max(0, after + 1 - first); i < texts.length && events.length < max; i++) {
        const event: TranscriptEvent = JSON.parse(texts[i]!)
        events.push(event)
      }
    }
    return events
  }

  removeTranscripts(sessions: string[]): Promise<number> {
    return this.write({ type: 'removeTranscripts', sessions })
  }

  openContent(session: string, body: number): ContentWriter {
    return new StoreContentWriter(this, { writer: ++this.#writers, session, body })
  }

  readContent(session: string, body: number, from: number, size: number): ReturnType<Store['readContent']> {
    return this.read<'readContent'>({ type: 'readContent', session, body, from, size })
  }

  async listMessages(query: MessageQuery): Promise<MessageRows> {
    const { sort, before, limit } = query
    return this.read<'listMessages'>({ type: 'listMessages', ...toSearch(query), sort, before, limit })
  }

  getMessage(id: string): Promise<MessageSummary | null> {
    return this.read<'getMessage'>({ type: 'getMessage', id })
  }

  async readMessage(id: string, from: number, size: number): ReturnType<Store['readMessage']> {
    return this.read<'readMessage'>({ type: 'readMessage', id, from, size })
  }

  async markMessages(ids: string[], unread: boolean): Promise<void> {
    await this.write({ type: 'markMessages', ids, unread })
  }

  async starMessages(ids: string[], starred: boolean): Promise<void> {
    await this.write({ type: 'markMessages', ids, starred })
  }

  async bulkMessages(search: MessageSearch, act: BulkAct): Promise<number> {
    return this.write({ type: 'bulkMessages', ...toSearch(search), act })
  }

  removeMessages(ids: string[]): Promise<number> {
    return this.write({ type: 'removeMessages', ids })
  }

  clearMessages(): Promise<number> {
    return this.write({ type: 'clearMessages' })
  }

  onMessages(listener: (messages: MessageSummary[]) => void): void {
    this.#messageListeners.push(listener)
  }

  onSessions(listener: (sessions: MessageSummary[]) => void): void {
    this.#sessionListeners.push(listener)
  }

  getKeep(): Promise<ReadResults['getKeep']> {
    return this.read<'getKeep'>({ type: 'getKeep' })
  }

  async setKeep(rules: KeepRules): Promise<void> {
    await this.write({ type: 'setKeep', rules })
  }

  previewKeep(rules: KeepRules): Promise<KeepPreview> {
    return previewKeep((from) => this.read<'previewKeep'>({ type: 'previewKeep', rules, from }))
  }

  async holdMessages(ids: string[]): Promise<void> {
    await this.write({ type: 'hold', ids })
  }

  onRemoved(listener: (ids: string[], dialogues: string[]) => void): void {
    this.#removedListeners.push(listener)
  }

  async putProbe(row: ProbeRow): Promise<void> {
    await this.write({ type: 'putProbe', row })
  }

  listProbes(limit: number): Promise<ProbeSummaryRow[]> {
    return this.read<'listProbes'>({ type: 'listProbes', limit })
  }

  getProbe(id: string): Promise<string | null> {
    return this.read<'getProbe'>({ type: 'getProbe', id })
  }

  probesBeyond(keep: number): Promise<string[]> {
    return this.read<'probesBeyond'>({ type: 'probesBeyond', keep })
  }

  removeProbes(ids: string[]): Promise<number> {
    return this.write({ type: 'removeProbes', ids })
  }

  getSetting(key: string): Promise<string | null> {
    return this.read<'getSetting'>({ type: 'getSetting', key })
  }

  async putSetting(key: string, json: string): Promise<void> {
    await this.write({ type: 'putSetting', key, json })
  }

  async close(): Promise<void> {
    if (!this.#closed) {
      this.#closed = true
      this.#outbox.flush()
      this.#worker.postMessage({ type: 'close' } satisfies ToWorker, [])
    }
    await this.#gone
  }

  read<K extends ReadOp['type']>(op: Extract<ReadOp, { type: K }>): Promise<ReadResults[K]> {
    if (this.#closed) return Promise.reject(new StoreError('closed', 'The store is closed.'))
    const { id, value } = this.#requests.read()
    this.#outbox.read(id, op)
    // The worker answers each kind of read with its own kind of value.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- ReadResults states the pairs
    return value as Promise<ReadResults[K]>
  }

  #take(message: FromWorker): void {
    if (message.type === 'written') {
      this.#spare.giveBack(message.spent)
      this.#requests.written(message)
    } else if (message.type === 'read') this.#requests.readDone(message.id, message.value)
    else if (message.type === 'notRead') this.#requests.readFailed(message.id, message)
    else if (message.type === 'messages') {
      for (const listener of this.#messageListeners) listener(message.messages)
    } else if (message.type === 'sessions') {
      for (const listener of this.#sessionListeners) listener(message.sessions)
    } else if (message.type === 'removed') {
      for (const listener of this.#removedListeners) listener(message.ids, message.sessions)
    }
  }

  #end(error: StoreError): void {
    this.#closed = true
    this.#requests.failAll(error)
  }
}
