/** Owns: how the API for test suites stands, and what was told once: its token, the secret of a new webhook. Never saved. */
import { createStore } from 'zustand/vanilla'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import type { SuiteApiStatus } from '#shared/rpc/contract/suiteApi.ts'

export interface SuiteApiStore {
  status: SuiteApiStatus | null
  busy: boolean
  /** Of the last change; `field` '' where it is about no field. */
  problems: readonly FieldProblem[]
  /** Made just now; gone when it is put away. */
  token: string | null
  /** Of each webhook made just now: by its id, until it is put away. A second one takes nothing from the first. */
  secrets: Readonly<Record<string, string>>
  set: (change: Partial<Pick<SuiteApiStore, 'status' | 'busy' | 'problems' | 'token' | 'secrets'>>) => void
}

export const createSuiteApiStore = () =>
  createStore<SuiteApiStore>()((set) => ({
    status: null,
    busy: false,
    problems: [],
    token: null,
    secrets: {},
    set: (change) => set(change),
  }))
