import { expect, test } from 'vitest'
import { createManyStore } from '#renderer/stores/many.ts'
import { manyProgress } from '#test/support/page/many.ts'

test('a changed field is no longer wrong', () => {
  const store = createManyStore()
  store.getState().set({ problems: { rate: 'x', messages: 'y' } })
  store.getState().change({ rate: '5' })
  expect(store.getState()).toMatchObject({ form: { rate: '5' }, problems: { messages: 'y' } })
  expect(store.getState().problems.rate).toBeUndefined()
})

test('remembers a bounded line of rates, without the one of the end', () => {
  const store = createManyStore()
  for (let i = 0; i < 1000; i++) store.getState().told(manyProgress({ rate: i }))
  store.getState().told(manyProgress({ rate: 0, done: true }))
  const { rates, progress } = store.getState()
  expect([rates.length, rates.at(-1), progress?.done]).toEqual([240, 999, true])
})
