import { expect, test } from 'vitest'
import { systemClock } from '../../../../electron/hosts/common/clock.ts'

test('microseconds are whole and never go back', () => {
  const first = systemClock.micros()
  const second = systemClock.micros()
  expect(Number.isInteger(first)).toBe(true)
  expect(second).toBeGreaterThanOrEqual(first)
})
