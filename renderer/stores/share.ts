/** Owns: the dialogue that is being shared: which, and what would leave as chosen. What was chosen is a setting. */
import type { Shared } from '#shared/rpc/contract/transcript.ts'
import { createStore } from 'zustand/vanilla'

export interface ShareStore {
  /** Session of the open dialog; null while it is closed. */
  session: string | null
  state: 'loading' | 'ready' | 'failed'
  /** What was made last; while another choice is being made it is the one before. */
  shared: Shared | null
  /** Why it could not be made, in words. */
  problem: string
  /** What was just done, as "Copied"; '' when there is nothing to say. */
  done: string
  set: (change: Partial<Omit<ShareStore, 'set'>>) => void
}

export const createShareStore = () =>
  createStore<ShareStore>()((set) => ({
    session: null,
    state: 'loading',
    shared: null,
    problem: '',
    done: '',
    set: (change) => set(change),
  }))
