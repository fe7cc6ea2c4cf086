import { expect, test } from 'vitest'
import { moveByKey, nextActive } from '#renderer/model/rowKeys.ts'

const rows = (active: number) => ({ count: 6, active, skip: (index: number) => index === 0 || index === 3 })

test('arrows and letters step over rows that cannot be active', () => {
  expect(moveByKey('ArrowDown', rows(2))).toBe(4)
  expect(moveByKey('k', rows(4))).toBe(2)
  expect(moveByKey('j', rows(4), false)).toBeNull()
  expect(moveByKey('ArrowUp', rows(1))).toBe(1)
  expect(moveByKey('ArrowUp', rows(-1))).toBe(5)
})
test('Home, End and pages stay inside', () => {
  expect(moveByKey('Home', rows(4))).toBe(1)
  expect(moveByKey('End', rows(1))).toBe(5)
  expect(moveByKey('PageDown', rows(1))).toBe(5)
  expect(moveByKey('PageUp', rows(5))).toBe(1)
  expect(moveByKey('x', rows(1))).toBeNull()
})
test('an empty list has nowhere to go', () => {
  expect(nextActive(-1, 1, { count: 0 })).toBe(-1)
})
