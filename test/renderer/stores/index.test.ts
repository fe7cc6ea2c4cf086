import { expect, test } from 'vitest'
import { createStores } from '#renderer/stores/index.ts'
import { memoryStorage } from '../../support/page/render.tsx'

test('each set of stores is its own', () => {
  const [one, two] = [createStores(memoryStorage()), createStores(memoryStorage())]
  one.view.getState().set({ filter: 'x' })
  expect(two.view.getState().filter).toBe('')
})
