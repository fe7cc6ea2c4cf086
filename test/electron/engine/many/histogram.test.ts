import { array, assert, double, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { Histogram, relativeError } from '#engine/many/histogram.ts'

const shares = [0, 0.001, 0.5, 0.9, 0.99, 0.999, 1]
const exact = (sorted: number[], share: number): number =>
  sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1]!

test('every percentile is within the stated error of the true one', () => {
  assert(
    property(array(integer({ min: 1, max: 86_400_000_000 }), { minLength: 1, maxLength: 300 }), (values) => {
      const histogram = new Histogram()
      for (const value of values) histogram.add(value)
      const sorted = values.toSorted((a, b) => a - b)
      for (const share of shares) {
        const want = exact(sorted, share)
        expect(Math.abs(histogram.percentile(share) - want)).toBeLessThanOrEqual(
          want * relativeError * (1 + 1e-9),
        )
      }
      const read = histogram.read()!
      expect(read.max).toBe(sorted.at(-1))
      expect(read.count).toBe(values.length)
      expect(
        read.p50 <= read.p90 && read.p90 <= read.p99 && read.p99 <= read.p999 && read.p999 <= read.max,
      ).toBe(true)
    }),
  )
})

test('what is no duration counts as 0, what is too long as the longest', () => {
  assert(
    property(double(), (value) => {
      const histogram = new Histogram()
      histogram.add(value)
      const at = histogram.percentile(1)
      expect(at >= 0 && at <= 86_400_000_000).toBe(true)
      expect(histogram.count).toBe(1)
    }),
  )
  const short = new Histogram()
  short.add(0)
  short.add(-5)
  expect(short.read()).toEqual({ count: 2, p50: 0, p90: 0, p99: 0, p999: 0, max: 0 })
})

test('of nothing there is nothing to read', () => {
  expect(new Histogram().read()).toBeNull()
  expect(new Histogram().percentile(0.5)).toBe(0)
})
