import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Changes } from '#engine/server/changes.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a burst of changes is one report; an important one comes at once', async () => {
  let count = 0
  const changes = new Changes(() => count)
  for (count = 1; count < 1000; count++) changes.soon()
  expect((await changes.source.read(0, 10)).events).toEqual([])
  vi.advanceTimersByTime(200)
  expect((await changes.source.read(0, 10)).events).toEqual([1000])
  changes.soon()
  count = 2000
  changes.now()
  vi.advanceTimersByTime(1000)
  expect((await changes.source.read(1, 10)).events).toEqual([2000])
})
