/** Owns: the run of many messages: its form, what is wrong with it, how the run stands. It lives on while its dialog is closed. */
import { createStore } from 'zustand/vanilla'
import type { ManyProgress, ManyResult } from '#shared/rpc/contract/many.ts'
import type { SecretRisk } from '../model/composeRequest.ts'
import { emptyManyForm, type ManyForm, type ManyProblems } from '../model/many.ts'

/** Rates that are remembered for the line: a minute at four a second. */
const mostRates = 240

export interface ManyStore {
  form: ManyForm
  problems: ManyProblems
  /** It is being checked and started. */
  starting: boolean
  /** A secret could be read by others: the run waits for a second, plain choice. */
  asks: SecretRisk | null
  /** Where the run goes. */
  host: string
  id: string
  progress: ManyProgress | null
  result: ManyResult | null
  /** Messages a second, the newest last. */
  rates: readonly number[]
  change: (form: Partial<ManyForm>) => void
  told: (progress: ManyProgress) => void
  set: (
    change: Partial<
      Pick<ManyStore, 'problems' | 'starting' | 'asks' | 'host' | 'id' | 'progress' | 'result' | 'rates'>
    >,
  ) => void
}

export const createManyStore = () =>
  createStore<ManyStore>()((set) => ({
    form: emptyManyForm,
    problems: {},
    starting: false,
    asks: null,
    host: '',
    id: '',
    progress: null,
    result: null,
    rates: [],
    change: (form) =>
      set((state) => {
        const left = Object.entries(state.problems).filter(([field]) => !(field in form))
        return { form: { ...state.form, ...form }, problems: Object.fromEntries(left) }
      }),
    told: (progress) =>
      set(({ rates }) => ({
        progress,
        rates: progress.done ? rates : [...rates, progress.rate].slice(-mostRates),
      })),
    set: (change) => set(change),
  }))
