import { expect, test } from 'vitest'
import { createReplayStore } from '#renderer/stores/replay.ts'

test('nothing is replayed at first; what is set is kept', () => {
  const store = createReplayStore()
  expect(store.getState()).toMatchObject({ session: null, side: 'client', preview: null, running: [] })
  store.getState().set({ side: 'server', busy: true })
  expect(store.getState()).toMatchObject({ side: 'server', busy: true })
})
