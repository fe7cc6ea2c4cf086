import { afterEach, expect, test, vi } from 'vitest'
import { OpeningMark } from '#engine/relay/queue/openingMark.ts'
import type { Entry } from '#engine/relay/queue/entry.ts'
import { entryOf } from '#test/support/relay/legs.ts'

afterEach(() => void vi.useRealTimers())

const all = () => true

test('one at a time; what is somebody else’s is left alone; who looks is told while it lasts', () => {
  vi.useFakeTimers()
  const marked = new Set<Entry>()
  let told = 0
  const mark = new OpeningMark({
    opens: (entry, opening) => void (opening ? marked.add(entry) : marked.delete(entry)),
    changed: () => void told++,
  })
  const [one, two] = [entryOf(), entryOf()]
  mark.set(one, all)
  mark.set(two, all)
  expect([...marked]).toEqual([two])
  vi.advanceTimersByTime(10_000)
  expect(told).toBe(2)
  mark.set(undefined, () => false)
  expect([...marked]).toEqual([two])
  mark.set(one, all)
  mark.set(undefined, all)
  vi.advanceTimersByTime(60_000)
  expect([told, marked.has(one)]).toEqual([2, false])
})
