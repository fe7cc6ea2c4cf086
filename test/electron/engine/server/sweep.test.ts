import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Sweep } from '#engine/server/sweep.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())
const clock = { now: () => new Date(), micros: () => Date.now() * 1000 }

test('one timer looks at all members, and none runs without members', () => {
  const sweep = new Sweep(clock)
  const seen: string[] = []
  const a = { sweep: () => void seen.push('a') }
  const b = { sweep: () => void seen.push('b') }
  expect(vi.getTimerCount()).toBe(0)
  sweep.add(a)
  sweep.add(b)
  expect(vi.getTimerCount()).toBe(1)
  vi.advanceTimersByTime(1000)
  expect(seen).toEqual(['a', 'b'])
  sweep.remove(a)
  vi.advanceTimersByTime(1000)
  expect(seen).toEqual(['a', 'b', 'b'])
  sweep.remove(b)
  expect(vi.getTimerCount()).toBe(0)
})

test('short limits make it look more often, long ones never less than once a second', () => {
  const sweep = new Sweep(clock)
  let looks = 0
  sweep.add({ sweep: () => void looks++ })
  sweep.suit(400)
  vi.advanceTimersByTime(1000)
  expect(looks).toBe(10)
  sweep.suit(300_000)
  vi.advanceTimersByTime(1000)
  expect(looks).toBe(11)
  sweep.suit(1)
  vi.advanceTimersByTime(100)
  expect(looks).toBe(21)
})
