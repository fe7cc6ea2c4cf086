/** Owns: whether the engine can be reached, and what it said about itself. */
import { createStore } from 'zustand/vanilla'
import type { AppInfo } from '#shared/rpc/contract/app.ts'

export interface ConnectionStore {
  state: 'connecting' | 'open' | 'lost'
  /** The window knows of no network at all; loopback goes on. */
  offline: boolean
  info: AppInfo | null
  set: (change: Partial<Pick<ConnectionStore, 'state' | 'offline' | 'info'>>) => void
}

export const createConnectionStore = () =>
  createStore<ConnectionStore>()((set) => ({
    state: 'connecting',
    offline: false,
    info: null,
    set: (change) => set(change),
  }))
