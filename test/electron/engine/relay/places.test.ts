import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Places } from '#engine/relay/places.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function make(most: number, mostLong: number) {
  const freed = vi.fn()
  return { places: new Places({ most, mostLong, long: 1000, freed }), freed }
}

test('so many at once, and as many again as are given back', () => {
  const { places } = make(2, 0)
  const back = [places.take(), places.take()]
  expect([places.take(), places.free]).toEqual([null, false])
  back[0]!()
  expect(places.take()).not.toBeNull()
})

test('what lasts long leaves its place, up to a bound; whoever waits is told', () => {
  const { places, freed } = make(2, 3)
  const first = [places.take(), places.take()]
  expect(places.take()).toBeNull()
  vi.advanceTimersByTime(1000)
  expect(freed).toHaveBeenCalledTimes(1)
  const second = [places.take(), places.take()]
  expect(second.every((one) => one !== null)).toBe(true)
  expect(places.take()).toBeNull()
  vi.advanceTimersByTime(1000)
  expect([places.take() === null, places.take()]).toEqual([false, null])
  vi.advanceTimersByTime(60_000)
  // Three last long: nothing is promised any more, and one that ends makes room.
  expect([freed.mock.calls.length, places.free]).toEqual([2, false])
  first[0]!()
  expect(places.take()).not.toBeNull()
})
