/** Owns: the recording that is about to be replayed, what a replay of it would do, and the ports that answer as recorded. */
import type { FieldProblem } from '#shared/rpc/contract/dialogue.ts'
import type { ReplayPreview, ReplayServer } from '#shared/rpc/contract/replay.ts'
import { createStore } from 'zustand/vanilla'

export interface ReplayStore {
  /** Session of the open dialog; null while it is closed. */
  session: string | null
  side: 'client' | 'server'
  preview: ReplayPreview | null
  /** What is wrong, by field; `''` for the whole. */
  problems: readonly FieldProblem[]
  busy: boolean
  running: readonly ReplayServer[]
  set: (change: Partial<Omit<ReplayStore, 'set'>>) => void
}

export const createReplayStore = () =>
  createStore<ReplayStore>()((set) => ({
    session: null,
    side: 'client',
    preview: null,
    problems: [],
    busy: false,
    running: [],
    set: (change) => set(change),
  }))
