import { expect, test } from 'vitest'
import { createPlaybackStore } from '#renderer/stores/playback.ts'

test('each recording has its own playhead; taken away, all of it is shown', () => {
  const store = createPlaybackStore()
  store.getState().show('a', 3)
  store.getState().show('b', 5)
  expect(store.getState().at).toEqual({ a: 3, b: 5 })
  store.getState().show('a', null)
  expect(store.getState().at).toEqual({ b: 5 })
  store.getState().set({ running: 'b', stops: ['MAIL'] })
  expect(store.getState()).toMatchObject({ running: 'b', speed: '1', stops: ['MAIL'] })
})
