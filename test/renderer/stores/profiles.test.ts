import { expect, test } from 'vitest'
import { createProfilesStore, currentOf, profileKey } from '#renderer/stores/profiles.ts'

test('which one the form is, is remembered', () => {
  const saved = new Map<string, string>()
  const storage = { getItem: (key: string) => saved.get(key) ?? null, setItem: (key: string, value: string) => void saved.set(key, value) } // prettier-ignore
  createProfilesStore(storage).getState().choose('p1')
  const again = createProfilesStore(storage)
  expect(saved.get(profileKey)).toBe('p1')
  expect(currentOf(again.getState())).toBeUndefined()
  again.getState().set({ profiles: [{ id: 'p1', name: 'A', values: {}, kept: [] }] })
  expect(currentOf(again.getState())?.name).toBe('A')
})
test('a storage that refuses does not stop the choice', () => {
  const store = createProfilesStore({ getItem: () => null, setItem: () => { throw new Error('full') } }) // prettier-ignore
  store.getState().choose('p1')
  expect(store.getState().current).toBe('p1')
})
