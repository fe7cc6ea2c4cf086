import { expect, it } from 'vitest'
import { ClockWatch, jump, settle } from '#engine/store/clockWatch.ts'

const start = Date.parse('2026-01-10T00:00:00Z')

it('believes a clock that goes on, and one that nothing is known of', () => {
  const watch = new ClockWatch(null, 0)
  expect(watch.isBelieved(start, 5)).toBe(true)
  expect(watch.isBelieved(start + 40 * jump, 5 + 40 * jump)).toBe(true)
  expect(watch.isBelieved(start + 40.5 * jump, 5 + 40 * jump)).toBe(true)
})

it('waits after a jump, and no longer than it must', () => {
  const watch = new ClockWatch(start, 0)
  expect(watch.isBelieved(start + 40 * jump, 1)).toBe(false)
  expect(watch.isBelieved(start + 40 * jump + settle - 1, settle)).toBe(false)
  expect(watch.isBelieved(start + 40 * jump + settle, settle + 1)).toBe(true)
})

it('a clock that is put right ends the waiting; a person who saw it does too', () => {
  const watch = new ClockWatch(start, 0)
  expect(watch.isBelieved(start + 40 * jump, 1)).toBe(false)
  expect(watch.isBelieved(start + 2, 2)).toBe(true)
  expect(watch.isBelieved(start + 40 * jump, 3)).toBe(false)
  watch.believe()
  expect(watch.isBelieved(start + 40 * jump, 4)).toBe(true)
})
