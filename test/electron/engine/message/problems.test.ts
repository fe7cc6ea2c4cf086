import { expect, test } from 'vitest'
import { hasControl, problemOf, refuse } from '#engine/message/problems.ts'

test('a value is shown on one line and cut', () => {
  expect(problemOf('f', 'a\r\nb', 'is wrong.')).toEqual({
    field: 'f',
    value: 'a\\x0d\\x0ab',
    message: 'is wrong.',
  })
  const refused = refuse('f', 'x'.repeat(500), 'is wrong.')
  expect(refused.problems[0]!.value.length).toBeLessThan(100)
})

test('controls and half characters are unfit, tabs and emoji are not', () => {
  for (const text of ['\n', '\r', '\0', '\u007f', '\u0085', '\ud800'])
    expect(hasControl(`a${text}b`)).toBe(true)
  for (const text of ['\t', '😀', 'ü']) expect(hasControl(`a${text}b`)).toBe(false)
})
