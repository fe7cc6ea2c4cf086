import { expect, test } from 'vitest'
import { createConnectionStore } from '#renderer/stores/connection.ts'

test('begins connecting, and takes what is told', () => {
  const store = createConnectionStore()
  expect(store.getState()).toMatchObject({ state: 'connecting', offline: false, info: null, ports: [] })
  store.getState().set({ state: 'open', ports: [2525] })
  expect(store.getState()).toMatchObject({ state: 'open', ports: [2525] })
})
