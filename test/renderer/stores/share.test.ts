import { expect, test } from 'vitest'
import { createShareStore } from '#renderer/stores/share.ts'

test('nothing is shared at first; what is set is kept', () => {
  const store = createShareStore()
  expect(store.getState()).toMatchObject({ session: null, shared: null, problem: '', done: '' })
  store.getState().set({ session: 's', state: 'failed', problem: 'No.' })
  expect(store.getState()).toMatchObject({ session: 's', state: 'failed', problem: 'No.' })
})
