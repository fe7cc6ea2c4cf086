/**
 * Owns: what the store promises. It lives in a worker thread (worker.ts) behind this asynchronous face (client.ts), so
 * that a slow disk never holds the protocol. SQLite by node:sqlite, WAL, synchronous=FULL.
 */
import type { SessionSummary, TranscriptEvent } from '#shared/transcript/event.ts'
import type { KeepRemoved, KeepRules, KeepTally } from '#shared/rpc/contract/inboxKeep.ts'
import type { NewQueued, RelayStore } from '../relay/types.ts'
import type { BoxCounts, BoxSort, MessageSummary, Shown } from '#shared/rpc/contract/inbox.ts'

/** Message content being written: received (server) or sent (dialogue). Octets are the content, dot-stuffing removed. */
export interface ContentWriter {
  readonly id: string
  /** Copies and appends: the caller may free the octets. False asks the caller to wait for `drain` before it appends more. */
  append(bytes: Uint8Array): boolean
  /** Resolves when the writer takes more. */
  drain(): Promise<void>
  /**
   * Keep the content as the body of its session, without a message in the Inbox (a sent, refused or aborted one). No promise
   * to a client rests on it: a power cut soon after may take octets of a large one, which reading it says.
   */
  keep(): Promise<void>
  /**
   * Make it a message of the Inbox. Resolves only when message and content are on disk (committed and synced):
   * whoever gets this answer may say 250. Commits of concurrent callers share one transaction.
   */
  commit(message: NewMessage): Promise<void>
  /**
   * Give it to the relay's queue instead, with the message and its legs in the same transaction; as durable as a commit.
   * It is no message of the Inbox. Rejects with StoreError `failed` when it is another content than the message names.
   */
  queue(queued: NewQueued): Promise<void>
  /** Forget it. */
  discard(): void
}

export interface NewMessage {
  receivedAt: string
  mailFrom: string
  rcptTo: string[]
  port: number
  sealed: boolean
  user?: string | undefined
}

/** A probe in the list: JSON of the contract's ProbeSummary, as it was stored. */
export interface ProbeSummaryRow {
  id: string
  summary: string
}

/** An ended probe; `report` is JSON of the contract's ProbeReport. */
export interface ProbeRow extends ProbeSummaryRow {
  /** ISO 8601 in UTC, by which the list is ordered. */
  startedAt: string
  report: string
}

export class StoreError extends Error {
  readonly code: 'full' | 'locked' | 'corrupt' | 'readonly' | 'closed' | 'failed'
  constructor(code: StoreError['code'], message: string) {
    super(message)
    this.name = 'StoreError'
    this.code = code
  }
}

export interface TranscriptQuery {
  text?: string | undefined
  source?: SessionSummary['source'] | undefined
  before?: string | undefined
  limit: number
}

/** `text` as shared/inbox/query.ts reads it; absent `show`: messages alone. */
export interface MessageSearch {
  text?: string | undefined
  show?: Shown | undefined
}
export interface MessageQuery extends MessageSearch {
  sort?: BoxSort | undefined
  /** The `next` of the page before. */
  before?: string | undefined
  limit: number
}

export interface KeepPreview {
  would: KeepTally
  /** When the newest that would go was received. */
  until?: string
  now: KeepTally
}

export interface Store {
  /** In words, what opening had to do: a corrupt database set aside (with its path), a migration made. */
  readonly notices: string[]
  /** Path of a damaged database that was set aside at this start; null when it was whole. */
  readonly setAside: string | null

  /** Adds or replaces the summary and appends events (contiguous, in order). Grouped; resolves when committed. */
  putTranscript(summary: SessionSummary, events: readonly TranscriptEvent[]): Promise<void>
  /** The same for the hot path: not awaited one by one; failures reach `onFault`. */
  queueTranscript(summary: SessionSummary, events: readonly TranscriptEvent[]): void
  onFault(listener: (fault: StoreError) => void): void
  listTranscripts(query: TranscriptQuery): Promise<{ items: SessionSummary[]; next?: string; total: number }>
  getTranscript(session: string): Promise<SessionSummary | null>
  /** Events numbered above `after`, at most `max`. */
  readEvents(session: string, after: number, max: number): Promise<TranscriptEvent[]>
  removeTranscripts(sessions: string[]): Promise<number>

  /** Begin content number `body` (from 1) of a session. */
  openContent(session: string, body: number): ContentWriter
  readContent(
    session: string,
    body: number,
    from: number,
    size: number,
  ): Promise<{ bytes: Uint8Array; total: number } | null>

  /** Rejects with RpcError `bad-argument` for a text that cannot be read. */
  listMessages(query: MessageQuery): Promise<{
    items: MessageSummary[]
    next?: string
    total: number
    unread: number
    counts: BoxCounts
    /** Octets of the database, and of the large contents beside it. */
    disk: number
  }>
  getMessage(id: string): Promise<MessageSummary | null>
  /** Octets [from, from + size) of a message exactly as received. */
  readMessage(id: string, from: number, size: number): Promise<{ bytes: Uint8Array; total: number } | null>
  markMessages(ids: string[], unread: boolean): Promise<void>
  starMessages(ids: string[], starred: boolean): Promise<void>
  /** Does it to all that the search finds; answers how many those were. */
  bulkMessages(search: MessageSearch, act: 'read' | 'unread' | 'star' | 'unstar' | 'remove'): Promise<number>
  removeMessages(ids: string[]): Promise<number>
  clearMessages(): Promise<number>
  /** Called after each commit with the new messages' summaries (headers read), never before they are durable. */
  onMessages(listener: (messages: MessageSummary[]) => void): void
  /** The same for sessions that left no message; some time after they ended. */
  onSessions(listener: (sessions: MessageSummary[]) => void): void

  getKeep(): Promise<{ rules: KeepRules; removed: KeepRemoved | null }>
  /** Saves them; they are carried out while the store is idle. */
  setKeep(rules: KeepRules): Promise<void>
  /** Counts in small stretches what the rules would remove now. */
  previewKeep(rules: KeepRules): Promise<KeepPreview>
  /** All messages that are being read: the rules leave them. Replaces what was said before. */
  holdMessages(ids: string[]): Promise<void>
  /** Called after each removal by the keep rules; `ids` is empty where dialogues of the relay's mail went alone. */
  onRemoved(listener: (ids: string[], dialogues: string[]) => void): void

  /** Adds or replaces an ended probe; resolves when committed. */
  putProbe(row: ProbeRow): Promise<void>
  /** Newest first. */
  listProbes(limit: number): Promise<ProbeSummaryRow[]>
  /** The stored report as text. */
  getProbe(id: string): Promise<string | null>
  /** Ids of all but the newest `keep`. */
  probesBeyond(keep: number): Promise<string[]>
  removeProbes(ids: string[]): Promise<number>

  readonly relay: RelayStore

  getSetting(key: string): Promise<string | null>
  putSetting(key: string, json: string): Promise<void>

  close(): Promise<void>
}
