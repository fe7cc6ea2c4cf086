import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Timers } from '#engine/dialogue/timers.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('one of each name at a time; arming again starts anew; disarmed ones are silent', () => {
  const elapsed: string[] = []
  const timers = new Timers((timer) => elapsed.push(timer))
  timers.arm('reply', 100)
  vi.advanceTimersByTime(90)
  timers.arm('reply', 100)
  timers.arm('greeting', 50)
  timers.disarm('greeting')
  vi.advanceTimersByTime(90)
  expect(elapsed).toEqual([])
  vi.advanceTimersByTime(10)
  expect(elapsed).toEqual(['reply'])
  timers.arm('idle', 1)
  timers.clear()
  vi.advanceTimersByTime(1000)
  expect(elapsed).toEqual(['reply'])
  expect(vi.getTimerCount()).toBe(0)
})
