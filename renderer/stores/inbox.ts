/** Owns: the box as the page knows it: the list, what is looked for, the open message. Content is kept only while it is read. */
import { createStore } from 'zustand/vanilla'
import type { BoxCounts, MessageDetail, MessageSummary } from '#shared/rpc/contract/inbox.ts'
import { putMessages } from '../model/inbox.ts'
import type { Checks } from '../model/inboxChecks.ts'
import type { Pick as Picked } from '../model/inboxPick.ts'
import { type BoxView, wholeBox } from '../model/inboxView.ts'

export type MessageTab = 'rendered' | 'text' | 'source' | 'parts' | 'headers' | 'checks'

/** Which form or question about the whole list is open. */
export type Asks = 'keep' | 'tags' | 'clear'

export interface Page {
  next: string | undefined
  total: number
  unread: number
}

export interface Found {
  /** Of the view that was asked for (viewKey). */
  key: string
  /** In the order of the view. */
  items: readonly MessageSummary[]
  total: number
  next: string | undefined
}

export interface InboxStore extends BoxView {
  /** `failed` keeps what was known. */
  list: 'loading' | 'ready' | 'failed'
  /** Newest first. */
  items: readonly MessageSummary[]
  total: number
  unread: number
  counts: BoxCounts
  /** Octets of the database; 0 while not known. */
  disk: number
  /** When the newest message came that the counts include; a later one adds to them. */
  countedTo: string
  /** Where the next older page begins; absent at the end. */
  next: string | undefined
  /** What the engine found for the view; null while the whole box is looked at. */
  found: Found | null
  open: MessageDetail | null
  /** Why the message could not be read, in words. */
  problem: string | null
  /** Of the message that was opened last. */
  checks: Checks | null
  /** Which view of a message was asked for; another message begins with its own. */
  tab: { id: string; view: MessageTab } | null
  /** Rows that are picked together. Here, with what is asked, because the list is drawn elsewhere when the window becomes narrow. */
  pick: Picked | null
  asks: Asks | null
  /** Path of a damaged database that was set aside; null for none, or when it was read. Undefined until asked. */
  setAside: string | null | undefined

  put: (items: readonly MessageSummary[], page?: Page) => void
  remove: (ids: readonly string[]) => void
  clear: () => void
  setList: (list: InboxStore['list']) => void
  set: (
    change: Partial<
      Pick<
        InboxStore,
        | 'search'
        | 'show'
        | 'sort'
        | 'found'
        | 'open'
        | 'problem'
        | 'counts'
        | 'disk'
        | 'total'
        | 'unread'
        | 'checks'
        | 'tab'
        | 'pick'
        | 'asks'
        | 'setAside'
      >
    >,
  ) => void
}

const unreadIn = (items: readonly MessageSummary[]) => items.filter(({ unread }) => unread).length

/** Messages not loaded keep their share of the counts. */
function counted(
  before: Pick<InboxStore, 'items' | 'total' | 'unread'>,
  items: readonly MessageSummary[],
): Pick<InboxStore, 'items' | 'total' | 'unread'> {
  return {
    items,
    total: Math.max(items.length, before.total + items.length - before.items.length),
    unread: Math.max(0, before.unread + unreadIn(items) - unreadIn(before.items)),
  }
}

function putInto(state: InboxStore, put: readonly MessageSummary[], page?: Page): Partial<InboxStore> {
  const items = putMessages(state.items, put)
  const known = new Map(put.map((one) => [one.id, one]))
  const found = state.found && {
    ...state.found,
    items: state.found.items.map((one) => known.get(one.id) ?? one),
  }
  const open = state.open && { ...state.open, ...known.get(state.open.id) }
  if (page) return { items, ...page, countedTo: items[0]?.receivedAt ?? '', found, open }
  // Older ones were counted with the page, though they are met only now, as a change told again.
  const listed = new Set(state.items.map(({ id }) => id))
  const late = put.filter(({ id, receivedAt }) => !listed.has(id) && receivedAt <= state.countedTo)
  const before = [...state.items, ...late]
  return { ...counted({ ...state, items: before }, items), found, open }
}

function without(state: InboxStore, ids: readonly string[]): Partial<InboxStore> {
  const gone = new Set(ids)
  const stays = (one: MessageSummary) => !gone.has(one.id)
  const found = state.found && { ...state.found, items: state.found.items.filter(stays) }
  return { ...counted(state, state.items.filter(stays)), found }
}

const noCounts: BoxCounts = { kept: 0, refused: 0, broken: 0, idle: 0 }

export const createInboxStore = () =>
  createStore<InboxStore>()((set) => ({
    ...wholeBox,
    list: 'loading',
    items: [],
    total: 0,
    unread: 0,
    counts: noCounts,
    disk: 0,
    countedTo: '',
    next: undefined,
    found: null,
    open: null,
    problem: null,
    checks: null,
    tab: null,
    pick: null,
    asks: null,
    setAside: undefined,
    put: (items, page) => set((state) => putInto(state, items, page)),
    remove: (ids) => set((state) => without(state, ids)),
    clear: () => set({ items: [], total: 0, unread: 0, counts: noCounts, next: undefined, found: null }),
    setList: (list) => set({ list }),
    set: (change) => set(change),
  }))
