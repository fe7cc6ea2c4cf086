/** Owns: the messages that the page knows: the list, the search, the open message. Content is kept only while it is read. */
import { createStore } from 'zustand/vanilla'
import type { MessageDetail, MessageSummary } from '#shared/rpc/contract/inbox.ts'
import { putMessages } from '../model/inbox.ts'

export interface InboxStore {
  /** `failed` keeps what was known. */
  list: 'loading' | 'ready' | 'failed'
  /** Newest first. */
  items: readonly MessageSummary[]
  total: number
  unread: number
  /** When the newest message came that the counts include; a later one adds to them. */
  countedTo: string
  /** Where the next older page begins; absent at the end. */
  next: string | undefined
  search: string
  /** What the engine found for the search text; null while there is none. */
  found: { text: string; items: readonly MessageSummary[]; total: number } | null
  open: MessageDetail | null
  /** Why the message could not be read, in words. */
  problem: string | null

  put: (
    items: readonly MessageSummary[],
    page?: { next: string | undefined; total: number; unread: number },
  ) => void
  remove: (ids: readonly string[]) => void
  clear: () => void
  setList: (list: InboxStore['list']) => void
  set: (change: Partial<Pick<InboxStore, 'search' | 'found' | 'open' | 'problem'>>) => void
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

export const createInboxStore = () =>
  createStore<InboxStore>()((set) => ({
    list: 'loading',
    items: [],
    total: 0,
    unread: 0,
    countedTo: '',
    next: undefined,
    search: '',
    found: null,
    open: null,
    problem: null,
    put: (put, page) =>
      set((state) => {
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
      }),
    remove: (ids) =>
      set((state) => {
        const gone = new Set(ids)
        const stays = (one: MessageSummary) => !gone.has(one.id)
        const found = state.found && { ...state.found, items: state.found.items.filter(stays) }
        return { ...counted(state, state.items.filter(stays)), found }
      }),
    clear: () => set({ items: [], total: 0, unread: 0, next: undefined, found: null }),
    setList: (list) => set({ list }),
    set: (change) => set(change),
  }))
