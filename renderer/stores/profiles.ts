/** Owns: the kept profiles as far as the page knows them, which one the form is, and the question that is open about one. */
import { createStore } from 'zustand/vanilla'
import type { Profile } from '#shared/rpc/contract/profile.ts'
import type { Storage } from './settings.ts'

export const profileKey = 'relayscope.profile'

/** A name is asked for: for a new profile, another name, or a copy. */
export interface Naming {
  act: 'save' | 'rename' | 'duplicate'
  name: string
  problem: string
}

export interface ProfilesStore {
  /** `failed`: the engine did not answer; what was known stays. */
  state: 'unknown' | 'ready' | 'failed'
  profiles: readonly Profile[]
  keeps: 'keychain' | 'memory'
  /** The profile that the form is; '' for none. */
  current: string
  naming: Naming | null
  /** The list of providers is open. */
  starting: boolean
  /** Deleted last, to be undone. */
  removed: { id: string; name: string } | null
  /** What was done or could not be, in words; '' for nothing. */
  notice: string
  choose: (id: string) => void
  set: (change: Partial<Omit<ProfilesStore, 'choose' | 'set' | 'current'>>) => void
}

export const createProfilesStore = (storage: Storage) =>
  createStore<ProfilesStore>()((set) => ({
    state: 'unknown',
    profiles: [],
    keeps: 'memory',
    current: storage.getItem(profileKey) ?? '',
    naming: null,
    starting: false,
    removed: null,
    notice: '',
    choose: (current) => {
      set({ current })
      try {
        storage.setItem(profileKey, current)
      } catch {
        // Storage is full or forbidden: the choice holds for this window.
      }
    },
    set: (change) => set(change),
  }))

export const currentOf = ({
  profiles,
  current,
}: Pick<ProfilesStore, 'profiles' | 'current'>): Profile | undefined =>
  profiles.find(({ id }) => id === current)
