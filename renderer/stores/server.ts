/** Owns: how the local server stands, as the engine told it last. */
import { createStore } from 'zustand/vanilla'
import type { ServerStatus } from '#shared/rpc/contract/server.ts'

/** A form over whichever room is there: a listener by its place, a new one, or why a port is not permitted. */
export type ListenerForm =
  { form: 'edit'; place: number } | { form: 'new'; relay: boolean } | { form: 'low-port'; place: number }

export interface ServerStore {
  status: ServerStatus | null
  /** A start, stop or change is under way. */
  busy: boolean
  /** What was wrong with the last change, in sentences. */
  problems: readonly string[]
  form: ListenerForm | null
  set: (change: Partial<Pick<ServerStore, 'status' | 'busy' | 'problems' | 'form'>>) => void
}

export const createServerStore = () =>
  createStore<ServerStore>()((set) => ({
    status: null,
    busy: false,
    problems: [],
    form: null,
    set: (change) => set(change),
  }))
