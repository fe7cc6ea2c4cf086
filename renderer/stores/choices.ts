/** Owns: what a person chose about the running program, as the engine keeps it, and why a choice could not be made. */
import { createStore } from 'zustand/vanilla'
import type { ChoicesAnswer } from '#shared/rpc/contract/choices.ts'

export interface ChoicesStore {
  choices: ChoicesAnswer | null
  problem: string | null
  set: (change: Partial<Pick<ChoicesStore, 'choices' | 'problem'>>) => void
}

export const createChoicesStore = () =>
  createStore<ChoicesStore>()((set) => ({
    choices: null,
    problem: null,
    set: (change) => set(change),
  }))
