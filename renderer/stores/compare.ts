/** Owns: how two dialogues are compared: which one was kept to be compared, what is folded, which difference is chosen. */
import { createStore } from 'zustand/vanilla'

export interface CompareStore {
  /** The dialogue that was kept to be the left one; '' for none. */
  kept: string
  /** The picker is open for this dialogue; '' while it is closed. */
  picking: string
  onlyDifferences: boolean
  /** The side that Enter opens. */
  side: 'left' | 'right'
  set: (change: Partial<Pick<CompareStore, 'kept' | 'picking' | 'onlyDifferences' | 'side'>>) => void
}

export const createCompareStore = () =>
  createStore<CompareStore>()((set) => ({
    kept: '',
    picking: '',
    onlyDifferences: false,
    side: 'left',
    set: (change) => set(change),
  }))
