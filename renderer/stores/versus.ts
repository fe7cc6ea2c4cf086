/** Owns: what the comparison of SMTP with an HTTP API is asked, how far it is, and its last result with both dialogues. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { VersusProgress, VersusResult } from '#shared/rpc/contract/versus.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { firstVersusDraft, type VersusDraft } from '../model/versus.ts'

export type VersusWay = 'smtp' | 'http'

export interface VersusState {
  draft: VersusDraft
  /** The message of the Send form goes, not a sample. */
  ofForm: boolean
  /** Id of the run that goes on; '' when none does. */
  running: string
  starting: boolean
  progress: VersusProgress | null
  result: VersusResult | null
  events: Readonly<Record<VersusWay, readonly TranscriptEvent[]>>
  /** Why there is no result, in words. */
  problem: string
  change: (draft: Partial<VersusDraft>) => void
}
export type VersusStore = StoreApi<VersusState>

export const createVersusStore = (): VersusStore =>
  createStore<VersusState>()((set) => ({
    draft: firstVersusDraft,
    ofForm: false,
    running: '',
    starting: false,
    progress: null,
    result: null,
    events: { smtp: [], http: [] },
    problem: '',
    change: (draft) => set((state) => ({ draft: { ...state.draft, ...draft } })),
  }))
