/**
 * Owns: the Send form's values, its files, what is wrong with them, and the send that is under way. The draft is saved by
 * allow-list under one versioned key; password, keys and files live in this store's memory only and are never saved.
 */
import { z } from 'zod'
import { createStore } from 'zustand/vanilla'
import type { DialogueResult } from '#shared/rpc/contract/dialogue.ts'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import type { HttpSendResult } from '#shared/rpc/contract/httpApi.ts'
import type { Preview } from '#shared/rpc/contract/message.ts'
import { Draft, readDraft } from '../model/compose.ts'
import type { FormFile } from '../model/composeCounts.ts'
import type { FormField, FormProblems, Sheet, Tab } from '../model/composeFields.ts'
import type { Offers } from '../model/composeOffers.ts'
import type { Purpose } from '../model/composeRequest.ts'
import { noSecrets, type FormSecrets } from '../model/composeTarget.ts'
import { withoutKeys } from '../model/pem.ts'
import type { Storage } from './settings.ts'

export const composeKey = 'relayscope.compose'
const version = 1

/** The dialogue of the last send. */
export interface Run {
  session: string
  result: DialogueResult | null
  /** Where a bounce would go. */
  from: string
  /** Absent: a send. */
  purpose?: Purpose
  /** The form as it was sent. */
  draft?: Draft
  /** What the service answered, where it went by an HTTP API; `result` then says the same. */
  http?: HttpSendResult
}

/** The same message on another port. */
export interface Repeat {
  port: number
  session: string
  /** '' while it runs; else why it could not be started. */
  problem: string
  result: DialogueResult | null
}

/** A message that goes as it is: a file, or text that was pasted. */
export interface RawMessage {
  name: string
  size: number
  /** Null for pasted text. */
  file: Blob | null
  text: string
}

/** What the form would become. `unread`: octets of attachments that it leaves out because they are many. */
export type PreviewState =
  | { state: 'none' }
  | { state: 'ready'; preview: Preview; unread: number }
  | { state: 'refused'; problems: readonly FieldProblem[] }

export type Consent = 'clear' | 'unverified'

export interface ComposeStore {
  draft: Draft
  password: string
  secrets: FormSecrets
  files: readonly FormFile[]
  raw: RawMessage | null
  problems: FormProblems
  /** Counts the attempts that had problems, so that focus moves each time. */
  attempts: number
  /** The request is being checked and started. */
  starting: boolean
  run: Run | null
  repeats: readonly Repeat[]
  /** The other ports are being tried. */
  repeating: boolean
  /** A person is asked whether a secret may go: in clear, or to a server that nobody vouches for. */
  consent: Consent | null
  /** For what the consent is asked. */
  asked: Purpose
  tab: Tab
  sheet: Sheet | null
  /** What each server offered when it was last seen, by `serverKey`. */
  offers: Readonly<Record<string, Offers>>
  preview: PreviewState
  /** A field was asked for by name, to be edited: focus goes there once it is shown. */
  editing: FormField | null
  change: (draft: Draft) => void
  setPassword: (password: string) => void
  setSecrets: (change: Partial<FormSecrets>) => void
  setProblems: (problems: FormProblems) => void
  /** A field was changed: what was wrong with it no longer holds. */
  forgetProblem: (field: keyof FormProblems) => void
  set: (
    change: Partial<
      Pick<
        ComposeStore,
        | 'starting' | 'run' | 'repeats' | 'repeating' | 'consent' | 'asked' | 'tab' | 'sheet' | 'offers' | 'preview'
        | 'editing' | 'files' | 'raw'
      >
    >,
  ) => void
} // prettier-ignore

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

/** A private key that was pasted among certificates is not saved. */
function save(storage: Storage, draft: Draft): void {
  try {
    const saved = {
      ...Draft.parse(draft),
      ca: withoutKeys(draft.ca),
      clientCert: withoutKeys(draft.clientCert),
    }
    storage.setItem(composeKey, JSON.stringify({ version, draft: saved }))
  } catch {
    // Storage is full or forbidden: the form holds for this window.
  }
}

export const createComposeStore = (storage: Storage) =>
  createStore<ComposeStore>()((set) => ({
    draft: load(storage),
    password: '',
    secrets: noSecrets,
    files: [],
    raw: null,
    problems: {},
    attempts: 0,
    starting: false,
    run: null,
    repeats: [],
    repeating: false,
    consent: null,
    asked: 'send',
    tab: 'text',
    sheet: null,
    offers: {},
    preview: { state: 'none' },
    editing: null,
    change: (draft) => {
      set({ draft })
      save(storage, draft)
    },
    setPassword: (password) => set({ password }),
    setSecrets: (change) => set(({ secrets }) => ({ secrets: { ...secrets, ...change } })),
    setProblems: (problems) => set((state) => ({ problems, attempts: state.attempts + 1 })),
    forgetProblem: (field) =>
      set(({ problems }) => {
        if (problems[field] === undefined) return {}
        const { [field]: _gone, ...rest } = problems
        return { problems: rest }
      }),
    set: (change) => set(change),
  }))
