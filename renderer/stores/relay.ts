/** Owns: the relay as the page knows it: how it stands, its rules, attempts, the queue, what is looked at and what is asked. */
import { createStore } from 'zustand/vanilla'
import type { RelayPolicy } from '#shared/relay/policy.ts'
import type { Delivery, queueActs, QueueDetail, QueueItem, QueueTarget, RelayAttemptRow, RelayReport, RelayRules, RelayStatus, Suggestion, WayOn } from '#shared/rpc/contract/relay.ts' // prettier-ignore
import type { z } from 'zod'
import type { EntryAt } from '../model/relayEntries.ts'
import type { QueueShow } from '../model/relayQueue.ts'
import type { AttemptOf, DecisionOf } from '../model/relayTrace.ts'

export type AttemptRow = z.infer<typeof RelayAttemptRow>
export type SuggestionOf = z.infer<typeof Suggestion>
export type QueueAct = (typeof queueActs)[number]

/** What the trace is about: an attempt that came, or one that was tried by hand. */
export interface Looked {
  /** Of an attempt that came; null for one that was tried. */
  row: AttemptRow | null
  attempt: AttemptOf
  decision: DecisionOf
  /** By the rules as they are now; null until answered. */
  now: { decision: DecisionOf; suggestions: readonly SuggestionOf[]; wayOn: z.infer<typeof WayOn> } | null
}

export interface Queued {
  /** Of what was asked for (queueKey). */
  key: string
  items: readonly QueueItem[]
  total: number
  next: string | undefined
}

/** Which form or question is open. */
export type RelayAsks =
  | { what: 'text' }
  | { what: 'entry'; at: EntryAt }
  /** Changed rules that somebody is about to take. */
  | { what: 'apply'; title: string; because: string; policy: RelayPolicy }
  | { what: 'delivery' }
  | { what: 'reports' }
  | { what: 'item' }
  | { what: 'allow'; host: string; leg: string }
  | { what: 'act'; act: Extract<QueueAct, 'drop' | 'bounce'>; target: QueueTarget; whom: string }

export type ToHost = Extract<Delivery, { to: 'host' }>

type Loading = 'loading' | 'ready' | 'failed'

export interface RelayStore {
  /** Null until it is told. */
  status: z.infer<typeof RelayStatus> | null
  /** Why the engine could not be asked, in words; '' while it can. */
  problem: string
  rules: z.infer<typeof RelayRules> | null
  view: 'all' | 'why'
  attempts: { state: Loading; items: readonly AttemptRow[]; next: string | undefined; refused: boolean }
  looked: Looked | null
  /** Of the queue: what is searched for, and which states. */
  text: string
  show: QueueShow
  queue: Queued | null
  queueState: Loading
  /** The entry that is looked at; '' for none. */
  selected: string
  detail: QueueDetail | null
  detailProblem: string
  /** The one host that everything went to before another destination was chosen: it is offered again. */
  lastHost: ToHost | null
  reports: { state: Loading; items: readonly z.infer<typeof RelayReport>[]; next: string | undefined }
  asks: RelayAsks | null
  /** An act or a change is under way. */
  busy: boolean
  set: (change: Partial<Omit<RelayStore, 'set'>>) => void
}

export const createRelayStore = () =>
  createStore<RelayStore>()((set) => ({
    status: null,
    problem: '',
    rules: null,
    view: 'why',
    attempts: { state: 'loading', items: [], next: undefined, refused: false },
    looked: null,
    text: '',
    show: 'all',
    queue: null,
    queueState: 'loading',
    selected: '',
    detail: null,
    detailProblem: '',
    lastHost: null,
    reports: { state: 'loading', items: [], next: undefined },
    asks: null,
    busy: false,
    set: (change) => set(change),
  }))
