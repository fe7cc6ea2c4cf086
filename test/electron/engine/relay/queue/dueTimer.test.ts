import { expect, test, vi } from 'vitest'
import { DueTimer } from '#engine/relay/queue/dueTimer.ts'
import { entryOf } from '#test/support/relay/legs.ts'

test('one timer for all; nothing becomes due while it does not run', () => {
  vi.useFakeTimers({ now: 1000 })
  const due: number[] = []
  const timer = new DueTimer(
    () => Date.now(),
    ({ leg }) => void due.push(leg.nextAt),
  )
  const entries = [3000, 2000, 900].map((nextAt) => entryOf({ nextAt }))
  for (const entry of entries) timer.push(entry)
  expect([vi.getTimerCount(), timer.size]).toEqual([0, 3])
  timer.run(true)
  expect([due, vi.getTimerCount()]).toEqual([[900], 1])
  timer.remove(entries[1]!)
  vi.advanceTimersByTime(1500)
  expect(due).toEqual([900])
  timer.run(false)
  vi.advanceTimersByTime(60_000)
  expect([due, vi.getTimerCount()]).toEqual([[900], 0])
  timer.run(true)
  expect(due).toEqual([900, 3000])
  vi.useRealTimers()
})

test('a clock that is set back by a minute or more is told of, a smaller step is not', () => {
  let now = 1_000_000
  let back = 0
  const timer = new DueTimer(() => now, () => {}, () => void back++) // prettier-ignore
  for (const [step, told] of [
    [0, 0],
    [-59_999, 0],
    [-60_000, 1],
    [3_600_000, 1],
    [-3_000_000, 2],
  ] as const) {
    // prettier-ignore
    now += step
    timer.run(true)
    expect(back).toBe(told)
  }
  timer.run(false)
})

test('what is due at once goes some hundreds at a time', () => {
  vi.useFakeTimers({ now: 1000 })
  let due = 0
  const timer = new DueTimer(() => Date.now(), () => void due++) // prettier-ignore
  for (let n = 0; n < 1100; n++) timer.push(entryOf({ nextAt: 900 }))
  timer.run(true)
  expect(due).toBe(500)
  vi.advanceTimersByTime(10)
  expect([due, vi.getTimerCount()]).toEqual([1100, 0])
  vi.useRealTimers()
})
