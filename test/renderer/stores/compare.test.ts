import { expect, test } from 'vitest'
import { createCompareStore } from '#renderer/stores/compare.ts'

test('nothing is kept or picked at first; a change leaves the rest', () => {
  const store = createCompareStore()
  store.getState().set({ kept: 'a' })
  store.getState().set({ side: 'right' })
  expect(store.getState()).toMatchObject({ kept: 'a', picking: '', onlyDifferences: false, side: 'right' })
})
