/** Owns: how the local server stands, as the engine told it last. */
import { createStore } from 'zustand/vanilla'
import type { ServerStatus } from '#shared/rpc/contract/server.ts'

export interface ServerStore {
  status: ServerStatus | null
  /** A start, stop or change is under way. */
  busy: boolean
  /** What was wrong with the last change, in sentences. */
  problems: readonly string[]
  set: (change: Partial<Pick<ServerStore, 'status' | 'busy' | 'problems'>>) => void
}

export const createServerStore = () =>
  createStore<ServerStore>()((set) => ({
    status: null,
    busy: false,
    problems: [],
    set: (change) => set(change),
  }))
