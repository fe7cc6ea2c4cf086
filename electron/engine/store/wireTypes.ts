/**
 * Owns: what the engine's thread and the store's thread say to each other. Few, large messages: everything of one turn
 * of the event loop travels together, content in transferred buffers, events as the text that is stored.
 */
import type { BoxCounts, BoxSort, MessageSummary, Shown } from '#shared/rpc/contract/inbox.ts'
import type { KeepRemoved, KeepRules, KeepTally } from '#shared/rpc/contract/inboxKeep.ts'
import type { QueryTerm } from '#shared/inbox/query.ts'
import type { WalkState } from './keepWalk.ts'
import type { QueuedText, RelayRead, RelayReadResults, RelayWrite } from './relayWireTypes.ts'
import type { NewMessage, ProbeRow, ProbeSummaryRow, StoreError } from './types.ts'

/** The summary of a session and, when `count` > 0, events `first` to `first + count - 1`, one JSON text a line. */
export interface PutTranscript {
  type: 'transcript'
  id: string
  source: string
  ended: boolean
  /** JSON of the SessionSummary. */
  summary: string
  first: number
  count: number
  lines: string
}

/** A content writer as the worker knows it: its number, and whose body it is. */
interface OfWriter {
  writer: number
  session: string
  body: number
}
/** A full chunk of content, on its way to a file; more follows. */
export type PutChunk = OfWriter & { type: 'chunk'; bytes: Uint8Array }
/** The rest of a content, shorter than a chunk, and what becomes of it. */
export type FinishContent = OfWriter & {
  type: 'finish'
  bytes: Uint8Array
  /** Of the Inbox. */
  message: NewMessage | null
  /** Of the relay's queue: never both. */
  relay?: QueuedText
}

export type WriteOp =
  | PutTranscript
  | PutChunk
  | FinishContent
  | { type: 'discard'; writer: number }
  | { type: 'removeTranscripts'; sessions: string[] }
  | { type: 'markMessages'; ids: string[]; unread?: boolean; starred?: boolean }
  | ({ type: 'bulkMessages'; act: BulkAct } & BoxSearch)
  | { type: 'removeMessages'; ids: string[] }
  | { type: 'clearMessages' }
  | { type: 'setKeep'; rules: KeepRules }
  /** All that are being read now. */
  | { type: 'hold'; ids: string[] }
  | { type: 'putProbe'; row: ProbeRow }
  | { type: 'removeProbes'; ids: string[] }
  | { type: 'putSetting'; key: string; json: string }
  | RelayWrite

export interface Page {
  text?: string | undefined
  before?: string | undefined
  limit: number
}

/** Which rows of the box; absent terms are all, absent `show` the messages alone. */
export interface BoxSearch {
  terms?: readonly QueryTerm[] | undefined
  show?: Shown | undefined
}
export type BulkAct = 'read' | 'unread' | 'star' | 'unstar' | 'remove'
export interface BoxPage extends BoxSearch {
  sort?: BoxSort | undefined
  before?: string | undefined
  limit: number
}

export type ReadOp =
  | ({ type: 'listTranscripts'; source?: string | undefined } & Page)
  | { type: 'getTranscript'; session: string }
  | { type: 'readEvents'; session: string; after: number; max: number }
  | { type: 'readContent'; session: string; body: number; from: number; size: number }
  | ({ type: 'listMessages' } & BoxPage)
  | { type: 'readMessage'; id: string; from: number; size: number }
  | { type: 'getMessage'; id: string }
  | { type: 'getKeep' }
  | { type: 'previewKeep'; rules: KeepRules; from: WalkState | null }
  | { type: 'listProbes'; limit: number }
  | { type: 'getProbe'; id: string }
  | { type: 'probesBeyond'; keep: number }
  | { type: 'getSetting'; key: string }
  | RelayRead

/** Stored events, still as text: `lines` holds events `first` to `first + count - 1`. */
export interface Segment {
  first: number
  count: number
  lines: string
}
export interface TranscriptRows {
  /** JSON of SessionSummary each. */
  items: string[]
  next?: string
  total: number
}
export interface MessageRows {
  items: MessageSummary[]
  next?: string
  total: number
  unread: number
  counts: BoxCounts
  disk: number
}
export interface Bytes {
  bytes: Uint8Array
  total: number
}

/** What each read answers with. */
export interface ReadResults extends RelayReadResults {
  listTranscripts: TranscriptRows
  getTranscript: string | null
  readEvents: Segment[]
  readContent: Bytes | null
  listMessages: MessageRows
  readMessage: Bytes | null
  getMessage: MessageSummary | null
  getKeep: { rules: KeepRules; removed: KeepRemoved | null }
  /** One stretch of the walk. */
  previewKeep: { state: WalkState; would: KeepTally; now: KeepTally; until?: string }
  listProbes: ProbeSummaryRow[]
  getProbe: string | null
  probesBeyond: string[]
  getSetting: string | null
}
export type ReadResult = ReadResults[keyof ReadResults]

export interface Fault {
  code: StoreError['code']
  message: string
}

/** Both ends count writes from 1 on in the order of sending. Reads see all writes before them. */
export type ToWorker =
  { type: 'batch'; writes: WriteOp[]; reads: { id: number; op: ReadOp }[] } | { type: 'close' }

/** What opening had to do, in words; path of a damaged database that was set aside. */
export interface Opening {
  notices: string[]
  setAside?: string
}

export type FromWorker =
  | ({ type: 'opened' } & Opening)
  | ({ type: 'notOpened' } & Fault)
  /** All writes numbered up to `upTo` are durable, but for those in `failed`. `counts`: rows removed, where asked for. */
  | {
      type: 'written'
      upTo: number
      failed: [number, Fault][]
      counts: [number, number][]
      /** The buffers of full chunks, given back. */
      spent: ArrayBuffer[]
    }
  | { type: 'read'; id: number; value: ReadResult }
  | ({ type: 'notRead'; id: number } & Fault)
  | { type: 'messages'; messages: MessageSummary[] }
  | { type: 'sessions'; sessions: MessageSummary[] }
  /** Removed by the keep rules; `sessions` are dialogues that went too. */
  | { type: 'removed'; ids: string[]; sessions: string[] }
  | { type: 'closed' }

/** Given to the worker as its data. */
export interface WorkerOptions {
  /** Absolute path of the folder. */
  folder: string
  /** Milliseconds to wait for another process's lock. */
  busyTimeout: number
}
