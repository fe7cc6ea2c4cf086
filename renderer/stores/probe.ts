/**
 * Owns: the Compare form's values and what is wrong with them, the list of probes, and what is known of those that are
 * open. The form is saved by allow-list under one versioned key; which control hosts may be asked is never saved.
 */
import { z } from 'zod'
import { createStore } from 'zustand/vanilla'
import type { ProbeProgress, ProbeSummary } from '#shared/rpc/contract/probe.ts'
import type { PortResult, ProbeReport } from '#shared/rpc/contract/probeReport.ts'
import { ProbeDraft, readProbeDraft, type ProbeField, type ProbeProblems } from '../model/probeForm.ts'
import type { Storage } from './settings.ts'

export const probeKey = 'relayscope.probe'
const version = 1

/** One probe as far as it is known. */
export interface KnownProbe {
  /** In the order in which they came; the report's own once it is there. */
  results: readonly PortResult[]
  progress: ProbeProgress | null
  /** When what is active began, by its name: milliseconds of the window's clock. */
  since: Readonly<Record<string, number>>
  report: ProbeReport | null
  /** Why it cannot be shown, in words. */
  problem: string
}

/** How much of a row is open: its times, or everything. */
export type RowLevel = 'times' | 'all'

export interface ProbeStore {
  draft: ProbeDraft
  problems: ProbeProblems
  /** Counts the attempts that had problems, so that focus moves each time. */
  attempts: number
  starting: boolean
  /** The fold-out with the options is open. */
  optionsOpen: boolean
  /** Control hosts that may be contacted in the next run. */
  controlsOn: readonly string[]
  /** `failed` keeps what was known. */
  list: 'loading' | 'ready' | 'failed'
  /** Newest first. */
  summaries: readonly ProbeSummary[]
  probes: Readonly<Record<string, KnownProbe>>
  /** Rows of each probe that a person opened or closed, and folded ones that were unfolded. */
  levels: Readonly<Record<string, Readonly<Record<string, RowLevel | 'none'>>>>
  unfolded: Readonly<Record<string, readonly string[]>>
  historyOpen: boolean
  /** The probe for which another one is picked; '' while nothing is picked. */
  picking: string
  /** What was done, to be said beside the buttons for a moment. */
  done: string
  change: (draft: Partial<ProbeDraft>, ...fields: ProbeField[]) => void
  setProblems: (problems: ProbeProblems) => void
  know: (id: string, change: Partial<KnownProbe>) => void
  addResults: (id: string, results: readonly PortResult[]) => void
  /** Let go of what is known of a probe that nobody looks at. */
  forget: (id: string) => void
  setList: (list: ProbeStore['list']) => void
  setSummaries: (summaries: readonly ProbeSummary[]) => void
  put: (summaries: readonly ProbeSummary[]) => void
  remove: (ids: readonly string[]) => void
  setLevel: (id: string, row: string, level: RowLevel | 'none') => void
  unfold: (id: string, key: string) => void
  set: (
    change: Partial<
      Pick<ProbeStore, 'starting' | 'optionsOpen' | 'controlsOn' | 'historyOpen' | 'picking' | 'done'>
    >,
  ) => void
}

export const unknownProbe: KnownProbe = { results: [], progress: null, since: {}, report: null, problem: '' }

function load(storage: Storage): ProbeDraft {
  try {
    const saved = z
      .object({ version: z.literal(version), draft: z.unknown() })
      .safeParse(JSON.parse(storage.getItem(probeKey) ?? 'null'))
    if (saved.success) return readProbeDraft(saved.data.draft)
  } catch {
    // Not ours or cut short: an empty form is a good answer.
  }
  return readProbeDraft({})
}

function save(storage: Storage, draft: ProbeDraft): void {
  try {
    storage.setItem(probeKey, JSON.stringify({ version, draft: ProbeDraft.parse(draft) }))
  } catch {
    // Storage is full or forbidden: the form holds for this window.
  }
}

const newestFirst = (a: ProbeSummary, b: ProbeSummary) =>
  b.startedAt.localeCompare(a.startedAt) || b.id.localeCompare(a.id)

const resultKey = ({ host, port, asked, address }: PortResult) => `${host} ${port} ${asked} ${address ?? ''}`

/** A result that is told again takes the place of the earlier one. */
function merged(known: readonly PortResult[], fresh: readonly PortResult[]): PortResult[] {
  const all = new Map(known.map((result) => [resultKey(result), result]))
  for (const result of fresh) all.set(resultKey(result), result)
  return [...all.values()]
}

type Set = (change: Partial<ProbeStore> | ((state: ProbeStore) => Partial<ProbeStore>)) => void

const listActions = (set: Set) => ({
  setList: (list: ProbeStore['list']) => set({ list }),
  setSummaries: (summaries: readonly ProbeSummary[]) => set({ summaries: summaries.toSorted(newestFirst) }),
  put: (fresh: readonly ProbeSummary[]) =>
    set(({ summaries }) => {
      const ids = new Set(fresh.map(({ id }) => id))
      return { summaries: [...fresh, ...summaries.filter(({ id }) => !ids.has(id))].toSorted(newestFirst) }
    }),
  remove: (ids: readonly string[]) =>
    set(({ summaries, probes }) => ({
      summaries: summaries.filter(({ id }) => !ids.includes(id)),
      probes: Object.fromEntries(Object.entries(probes).filter(([id]) => !ids.includes(id))),
    })),
})

const knownActions = (set: Set) => ({
  know: (id: string, change: Partial<KnownProbe>) =>
    set(({ probes }) => ({ probes: { ...probes, [id]: { ...(probes[id] ?? unknownProbe), ...change } } })),
  addResults: (id: string, results: readonly PortResult[]) =>
    set(({ probes }) => {
      const known = probes[id] ?? unknownProbe
      // The report is the last word: it has what the TLS scan adds.
      if (known.report) return {}
      return { probes: { ...probes, [id]: { ...known, results: merged(known.results, results) } } }
    }),
  forget: (id: string) =>
    set(({ probes }) => ({
      probes: Object.fromEntries(Object.entries(probes).filter(([known]) => known !== id)),
    })),
  setLevel: (id: string, row: string, level: RowLevel | 'none') =>
    set(({ levels }) => ({ levels: { ...levels, [id]: { ...levels[id], [row]: level } } })),
  unfold: (id: string, key: string) =>
    set(({ unfolded }) => ({ unfolded: { ...unfolded, [id]: [...(unfolded[id] ?? []), key] } })),
})

export const createProbeStore = (storage: Storage) =>
  createStore<ProbeStore>()((set) => ({
    draft: load(storage),
    problems: {},
    attempts: 0,
    starting: false,
    optionsOpen: false,
    controlsOn: [],
    list: 'loading',
    summaries: [],
    probes: {},
    levels: {},
    unfolded: {},
    historyOpen: false,
    picking: '',
    done: '',
    ...listActions(set),
    ...knownActions(set),
    change: (change, ...fields) =>
      set((state) => {
        const draft = { ...state.draft, ...change }
        save(storage, draft)
        const left = Object.entries(state.problems).filter(([field]) => !fields.some((one) => one === field))
        return { draft, problems: Object.fromEntries(left) }
      }),
    setProblems: (problems) => set((state) => ({ problems, attempts: state.attempts + 1 })),
    set: (change) => set(change),
  }))
