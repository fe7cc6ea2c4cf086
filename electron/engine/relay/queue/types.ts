/** Owns: the words of the room that queues and delivers: what it is given, what it offers, its limits. No behaviour. */
import type { QueueAct, QueueTarget } from './actTypes.ts'
import type { Lookup } from '../../dialogue/resolve.ts'
import type { Clock, Log } from '../../ports.ts'
import type { Store } from '../../store/types.ts'
import type { Hub } from '../../transcripts/types.ts'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import type { LegState, QueueCounts, QueueDetail, QueueItem } from '#shared/rpc/contract/relay.ts'
import type { Leg, NewQueued, Queue, RelayRulesNow, RelayStore, Route, TryOutcome } from '../types.ts'

export type SmtpRoute = Extract<Route, { kind: 'smtp' }>

export interface Planning {
  plan(leg: Leg, rules: RelayRulesNow): Promise<Route>
}

/** Milliseconds. */
export interface Timing {
  /** For look-up, each TCP connection and the handshake, each. */
  connect: number
  /** For every reply; absent: RFC 5321 §4.5.3.2. */
  reply?: number | undefined
  /** A connection without work is closed after so long. */
  idle: number
  /** A host that could not be used is tried last for so long. */
  hopMemory: number
  /** A host that is not ready for mail after so long is given up where other mail waits for a connection. */
  patience: number
  /** What stopping waits for running transactions. */
  politely: number
  /** First wait before the store is tried again; doubled up to thirty times as much. */
  storeRetry: number
  /** Age of a message at which a sender that asked for it (NOTIFY=DELAY), or did not say, is told of a delay. */
  delayAsked: number
  delayUnasked: number
}

export interface QueueLimits {
  /** Connections in all. */
  connections: number
  /** Messages on one connection: its transcript stays one that a person can read. */
  messages: number
  /** Octets of contents kept in memory for their first try. */
  memory: number
  /** Legs whose end is not stored yet; above it nothing new is begun. */
  unstored: number
}

export interface QueueDeps {
  store: { relay: RelayStore } & Pick<Store, 'readContent' | 'openContent'>
  router: Planning
  hub: Pick<Hub, 'begin'>
  clock: Clock
  log: Log
  /** What is in force at the beginning; replaced by `setRules`. */
  rules: RelayRulesNow
  lookup?: Lookup | undefined
  /** Further authorities trusted for mail servers, PEM. */
  ca?: string | undefined
  report: Report
  /** From 0 up to 1. */
  random?: (() => number) | undefined
  timing?: Partial<Timing> | undefined
  limits?: Partial<QueueLimits> | undefined
}

export type ReportKind = 'failed' | 'delayed' | 'delivered' | 'relayed'

/** Of the message as it was received. */
export interface Original {
  head: Uint8Array
  /** Where RET=FULL asks for it and it is small. */
  whole?: Uint8Array | undefined
}

/** Makes a report; null: nobody is to be told. */
export type Report = (
  kind: ReportKind,
  outcome: TryOutcome,
  original: Original,
  givesUpAt: Date,
) => Promise<{ queued: NewQueued; content: Uint8Array } | null>

export interface QueueQuery {
  show: 'all' | 'open' | LegState
  text: string
  /** Only open ones of this domain. */
  domain?: string | undefined
  before?: string | undefined
  limit: number
}

export interface QueueList {
  items: QueueItem[]
  next?: string
  total: number
  counts: QueueCounts
}

export interface RelayQueue extends Queue {
  /** Takes up what the store holds; call once, before anything else. */
  load(): Promise<void>
  setRules(now: RelayRulesNow): void
  counts(): QueueCounts
  /** Open legs that go on by this virtual MTA. */
  queuedBy(virtualMta: string): number
  list(query: QueueQuery): Promise<QueueList>
  item(id: string): Promise<QueueDetail | null>
  /** Durable when it resolves. `done`: entries that it was done to. */
  act(
    act: QueueAct,
    target: QueueTarget,
    virtualMta?: string,
  ): Promise<{ done: number; problems: FieldProblem[] }>
  /** Why nothing is delivered now although it is not paused; null when it is. */
  readonly trouble: string | null
  /** Called once in a turn in which anything changed; the answer ends it. */
  onChange(listener: () => void): () => void
  /** Running transactions end, within a few seconds; what is not over stays open in the store. Safe to call twice. */
  stop(): Promise<void>
}
