/**
 * Owns: the Send form's values, what is wrong with them, and the send that is under way. The draft is saved by
 * allow-list under one versioned key; the password lives in this store's memory only and is never saved.
 */
import { z } from 'zod'
import { createStore } from 'zustand/vanilla'
import type { DialogueResult } from '#shared/rpc/contract/dialogue.ts'
import { Draft, readDraft } from '../model/compose.ts'
import type { FormProblems } from '../model/composeRequest.ts'
import type { Storage } from './settings.ts'

export const composeKey = 'relayscope.compose'
const version = 1

/** The dialogue of the last send. */
export interface Run {
  session: string
  result: DialogueResult | null
  /** Where a bounce would go. */
  from: string
}

export type Consent = 'clear' | 'unverified'

export interface ComposeStore {
  draft: Draft
  password: string
  problems: FormProblems
  /** Counts the attempts that had problems, so that focus moves each time. */
  attempts: number
  /** The request is being checked and started. */
  starting: boolean
  run: Run | null
  /** A person is asked whether a secret may go: in clear, or to a server that nobody vouches for. */
  consent: Consent | null
  change: (draft: Draft) => void
  setPassword: (password: string) => void
  setProblems: (problems: FormProblems) => void
  /** A field was changed: what was wrong with it no longer holds. */
  forgetProblem: (field: keyof FormProblems) => void
  set: (change: Partial<Pick<ComposeStore, 'starting' | 'run' | 'consent'>>) => void
}

function load(storage: Storage): Draft {
  try {
    const saved = z
      .object({ version: z.literal(version), draft: z.unknown() })
      .safeParse(JSON.parse(storage.getItem(composeKey) ?? 'null'))
    if (saved.success) return readDraft(saved.data.draft)
  } catch {
    // Not ours or cut short: an empty form is a good answer.
  }
  return readDraft({})
}

function save(storage: Storage, draft: Draft): void {
  try {
    storage.setItem(composeKey, JSON.stringify({ version, draft: Draft.parse(draft) }))
  } catch {
    // Storage is full or forbidden: the form holds for this window.
  }
}

export const createComposeStore = (storage: Storage) =>
  createStore<ComposeStore>()((set) => ({
    draft: load(storage),
    password: '',
    problems: {},
    attempts: 0,
    starting: false,
    run: null,
    consent: null,
    change: (draft) => {
      set({ draft })
      save(storage, draft)
    },
    setPassword: (password) => set({ password }),
    setProblems: (problems) => set((state) => ({ problems, attempts: state.attempts + 1 })),
    forgetProblem: (field) =>
      set(({ problems }) => {
        if (problems[field] === undefined) return {}
        const { [field]: _gone, ...rest } = problems
        return { problems: rest }
      }),
    set: (change) => set(change),
  }))
