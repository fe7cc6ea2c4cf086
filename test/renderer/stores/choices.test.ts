import { expect, test } from 'vitest'
import { createChoicesStore } from '#renderer/stores/choices.ts'

test('a problem leaves what is known', () => {
  const store = createChoicesStore()
  expect(store.getState().choices).toBeNull()
  const choices = { serverStart: 'never', notify: true, notifiedBy: 'host' } as const
  store.getState().set({ choices })
  store.getState().set({ problem: 'no' })
  expect(store.getState()).toMatchObject({ choices, problem: 'no' })
})
