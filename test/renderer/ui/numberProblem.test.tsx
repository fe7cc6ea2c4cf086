import { expect, test } from 'vitest'
import { numberProblem, readNumber } from '#renderer/ui/numberProblem.ts'

const port = { what: 'Port', min: 1, max: 65535 }
test('a port of 70000 is named, with what would be right', () => {
  expect(numberProblem('70000', port)).toBe('Port “70000” is not a whole number from 1 to 65535.')
  expect(numberProblem('5 8 7', port)).toContain('“5 8 7”')
  expect(numberProblem('', port)).toContain('empty')
  expect(numberProblem('587', port)).toBeUndefined()
})
test('only whole numbers in range are read', () => {
  expect([' 25 ', '0', '1e3', '-1', '25.0'].map((text) => readNumber(text, port))).toEqual([
    25,
    null,
    null,
    null,
    null,
  ])
})
