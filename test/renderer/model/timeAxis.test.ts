import { assert, integer, property } from 'fast-check'
import { expect, it } from 'vitest'
import { roundAxis } from '#renderer/model/timeAxis.ts'

it('takes round steps and ends at or above the longest', () => {
  expect(roundAxis(90_000)).toEqual({ length: 100_000, step: 20_000, count: 5 })
  expect(roundAxis(100_000).length).toBe(100_000)
  expect(roundAxis(100_001)).toEqual({ length: 150_000, step: 50_000, count: 3 })
})

it('is never shorter than a millisecond', () => {
  expect(roundAxis(0)).toEqual({ length: 1000, step: 200, count: 5 })
})

it('has two to five steps, whatever was waited', () => {
  assert(
    property(integer({ min: 0, max: 10 ** 12 }), (longest) => {
      const { length, step, count } = roundAxis(longest)
      expect(length).toBeGreaterThanOrEqual(longest)
      expect(length - step).toBeLessThan(Math.max(1000, longest))
      expect(count).toBeGreaterThanOrEqual(2)
      expect(count).toBeLessThanOrEqual(5)
    }),
  )
})
