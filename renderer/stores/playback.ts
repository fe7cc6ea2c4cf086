/** Owns: playing recordings back: how far each is shown, which one runs, how fast, and where it stops. */
import { createStore } from 'zustand/vanilla'

/** Times as recorded, ten times as slow, or no waiting at all. */
export const playSpeeds = ['0.1', '1', 'max'] as const
export type PlaySpeed = (typeof playSpeeds)[number]

export interface PlaybackStore {
  /** Number of the newest event that is shown; absent: all of them are. */
  at: Readonly<Record<string, number>>
  /** The session that runs, '' while none does. */
  running: string
  speed: PlaySpeed
  /** Where a run stops, as the gate's breakpoints. */
  stops: readonly string[]
  /** Null shows everything again. */
  show: (session: string, seq: number | null) => void
  set: (change: Partial<Pick<PlaybackStore, 'running' | 'speed' | 'stops'>>) => void
}

export const createPlaybackStore = () =>
  createStore<PlaybackStore>()((set) => ({
    at: {},
    running: '',
    speed: '1',
    stops: [],
    show: (session, seq) =>
      set((state) => {
        if (seq !== null) return { at: { ...state.at, [session]: seq } }
        const { [session]: _, ...rest } = state.at
        return { at: rest }
      }),
    set: (change) => set(change),
  }))
