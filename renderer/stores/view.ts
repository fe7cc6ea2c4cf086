/** Owns: where a person is: room, selected dialogue, step cursor, open panes, and what is to be announced. */
import { createStore } from 'zustand/vanilla'
import { noFilter, type DialogueFilter } from '../model/filter.ts'
import { home, type Route } from '../model/routes.ts'

/** How a dialogue is shown: as the drawing, as plain text, or as the states of both ends. */
export const dialogueShapes = ['ladder', 'text', 'states'] as const
export type DialogueShape = (typeof dialogueShapes)[number]

export interface ViewStore {
  route: Route
  /** One for all dialogues: who reads text goes on reading text. */
  shape: DialogueShape
  /** The Text view tells the time of each line. */
  textTimes: boolean
  /** Selected event of each dialogue, by its number; absent: the newest. */
  cursors: Readonly<Record<string, number>>
  /** Dialogues that keep their end in sight while lines arrive. */
  following: Readonly<Record<string, boolean>>
  /** Folded runs that a person opened, as the number of their first event. */
  unfolded: Readonly<Record<string, readonly number[]>>
  /** Bodies and long replies that are open in the ladder, by event number. */
  expanded: Readonly<Record<string, readonly number[]>>
  /** Filter of each dialogue; absent: none. */
  filters: Readonly<Record<string, DialogueFilter>>
  /** The bar with the filter is there. */
  filterOpen: boolean
  listOpen: boolean
  sideOpen: boolean
  paletteOpen: boolean
  /** What the palette is asked when it opens; '' for nothing. */
  asked: string
  keysOpen: boolean
  /** Text with which the dialog for pasting is open; null while it is closed. */
  pasting: string | null
  filter: string
  /** Why a command could not be done, in words; '' while there is nothing to say. */
  notice: string
  /** Said politely by a screen reader. */
  announcement: string
  go: (route: Route) => void
  select: (session: string, seq: number) => void
  follow: (session: string, follow: boolean) => void
  /** Changes a dialogue's filter; null ends it. */
  setFilter: (session: string, change: Partial<DialogueFilter> | null) => void
  toggle: (kind: 'unfolded' | 'expanded', session: string, seq: number) => void
  set: (
    change: Partial<
      Pick<
        ViewStore,
        | 'shape'
        | 'textTimes'
        | 'filterOpen'
        | 'listOpen'
        | 'sideOpen'
        | 'paletteOpen'
        | 'asked'
        | 'keysOpen'
        | 'pasting'
        | 'filter'
        | 'notice'
        | 'announcement'
      >
    >,
  ) => void
}

const toggled = (numbers: readonly number[], n: number) =>
  numbers.includes(n) ? numbers.filter((other) => other !== n) : [...numbers, n]

export const createViewStore = () =>
  createStore<ViewStore>()((set) => ({
    route: home,
    shape: 'ladder',
    textTimes: true,
    cursors: {},
    following: {},
    unfolded: {},
    expanded: {},
    filters: {},
    filterOpen: false,
    listOpen: false,
    sideOpen: false,
    paletteOpen: false,
    asked: '',
    keysOpen: false,
    pasting: null,
    filter: '',
    notice: '',
    announcement: '',
    go: (route) => set({ route, notice: '', listOpen: false, sideOpen: false, paletteOpen: false }),
    select: (session, seq) => set((state) => ({ cursors: { ...state.cursors, [session]: seq } })),
    follow: (session, follow) => set((state) => ({ following: { ...state.following, [session]: follow } })),
    toggle: (kind, session, seq) =>
      set((state) => ({ [kind]: { ...state[kind], [session]: toggled(state[kind][session] ?? [], seq) } })),
    setFilter: (session, change) =>
      set(({ filters }) => {
        const { [session]: known = noFilter, ...others } = filters
        return { filters: change === null ? others : { ...others, [session]: { ...known, ...change } } }
      }),
    set: (change) => set(change),
  }))
