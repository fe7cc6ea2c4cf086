/** Owns: whether the engine can be reached, and what it said about itself. */
import { createStore } from 'zustand/vanilla'
import type { AppInfo } from '#shared/rpc/contract/app.ts'

export interface ConnectionStore {
  state: 'connecting' | 'open' | 'lost'
  /** The window knows of no network at all; loopback goes on. */
  offline: boolean
  info: AppInfo | null
  /** Local ports that listen now. */
  ports: readonly number[]
  set: (change: Partial<Pick<ConnectionStore, 'state' | 'offline' | 'info' | 'ports'>>) => void
}

export const createConnectionStore = () =>
  createStore<ConnectionStore>()((set) => ({
    state: 'connecting',
    offline: false,
    info: null,
    ports: [],
    set: (change) => set(change),
  }))
