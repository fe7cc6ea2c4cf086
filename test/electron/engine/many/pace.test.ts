import { expect, test } from 'vitest'
import { Pace } from '#engine/many/pace.ts'

test('tells the rate of the last second', () => {
  const pace = new Pace(0)
  expect(pace.read(0, 0)).toBe(0)
  expect(pace.read(500_000, 50)).toBe(100)
  expect(pace.read(1_000_000, 100)).toBe(100)
  for (let at = 1_250_000; at <= 5_000_000; at += 250_000) pace.read(at, 100)
  expect(pace.read(5_250_000, 100)).toBe(0)
})

test('remembers a bounded number of readings', () => {
  const pace = new Pace(0)
  for (let i = 1; i < 10_000; i++) pace.read(i, i)
  expect(pace.read(10_000, 10_000)).toBeCloseTo(1e6, 0)
})
