/**
 * Owns: the list of sessions and the events of those that are open. Never selection or cursor: those are the view's.
 * Summaries are kept by id beside a sorted order, so that one live session's change does not rebuild the list.
 */
import { createStore } from 'zustand/vanilla'
import type { GateState } from '#shared/rpc/contract/dialogue.ts'
import type { SessionSummary } from '#shared/transcript/event.ts'
import type { EventLog } from '../model/eventLog.ts'

export interface TranscriptsStore {
  /** `failed` keeps what was known. */
  list: 'loading' | 'ready' | 'failed'
  summaries: Readonly<Record<string, SessionSummary>>
  /** Newest first. */
  order: readonly string[]
  total: number
  /** When the newest session began that `total` counts; a later one adds to it. */
  countedTo: string
  /** Where the next older page begins; absent at the end. */
  next: string | undefined
  /** What the engine found for the filter text, or null while there is no filter. */
  filtered: { text: string; ids: readonly string[] } | null
  logs: Readonly<Record<string, EventLog>>
  gates: Readonly<Record<string, GateState>>
  /** Why a session could not be shown, in words. */
  problems: Readonly<Record<string, string>>

  put: (summaries: readonly SessionSummary[], page?: { next: string | undefined; total: number }) => void
  remove: (sessions: readonly string[]) => void
  setList: (list: TranscriptsStore['list']) => void
  setFiltered: (filtered: TranscriptsStore['filtered']) => void
  /** What is known of a session's events by now. */
  setLog: (session: string, log: EventLog) => void
  /** Forget a session's events; the summary stays. */
  close: (session: string) => void
  setGate: (session: string, gate: GateState | null) => void
  setProblem: (session: string, problem: string) => void
}

const newer = (a: SessionSummary, b: SessionSummary) =>
  a.startedAt === b.startedAt ? b.id.localeCompare(a.id) : b.startedAt.localeCompare(a.startedAt)

function without<T>(record: Readonly<Record<string, T>>, keys: readonly string[]): Record<string, T> {
  const gone = new Set(keys)
  return Object.fromEntries(Object.entries(record).filter(([key]) => !gone.has(key)))
}

/** The order with new ids at their places; ids that are there already keep theirs. */
function mergeOrder(state: TranscriptsStore, put: readonly SessionSummary[]): readonly string[] {
  const fresh = put.filter((summary) => !state.summaries[summary.id])
  if (fresh.length === 0) return state.order
  const merged: string[] = []
  const coming = fresh.toSorted(newer)
  let at = 0
  for (const id of state.order) {
    const known = state.summaries[id]!
    while (at < coming.length && newer(coming[at]!, known) < 0) merged.push(coming[at++]!.id)
    merged.push(id)
  }
  for (; at < coming.length; at++) merged.push(coming[at]!.id)
  return merged
}

export const createTranscriptsStore = () =>
  createStore<TranscriptsStore>()((set) => ({
    list: 'loading',
    summaries: {},
    order: [],
    total: 0,
    countedTo: '',
    next: undefined,
    filtered: null,
    logs: {},
    gates: {},
    problems: {},
    put: (put, page) =>
      set((state) => {
        const summaries = { ...state.summaries }
        for (const summary of put) summaries[summary.id] = Object.freeze(summary)
        const order = mergeOrder(state, put)
        if (page) {
          const countedTo = summaries[order[0] ?? '']?.startedAt ?? ''
          return { summaries, order, total: page.total, countedTo, next: page.next }
        }
        // Older ones were counted with the page, though they are met only now: by a search, or as a change told again.
        const grown = put.filter(
          ({ id, startedAt }) => !state.summaries[id] && startedAt > state.countedTo,
        ).length
        return { summaries, order, total: Math.max(state.total + grown, order.length) }
      }),
    remove: (sessions) =>
      set((state) => {
        const gone = new Set(sessions)
        const order = state.order.filter((id) => !gone.has(id))
        return {
          order,
          total: Math.max(order.length, state.total - (state.order.length - order.length)),
          summaries: without(state.summaries, sessions),
          logs: without(state.logs, sessions),
          gates: without(state.gates, sessions),
        }
      }),
    setList: (list) => set({ list }),
    setFiltered: (filtered) => set({ filtered }),
    setLog: (session, log) => set((state) => ({ logs: { ...state.logs, [session]: log } })),
    close: (session) =>
      set((state) => ({
        logs: without(state.logs, [session]),
        gates: without(state.gates, [session]),
        problems: without(state.problems, [session]),
      })),
    setGate: (session, gate) =>
      set((state) => ({
        gates: gate === null ? without(state.gates, [session]) : { ...state.gates, [session]: gate },
      })),
    setProblem: (session, problem) =>
      set((state) => ({ problems: { ...state.problems, [session]: problem } })),
  }))
