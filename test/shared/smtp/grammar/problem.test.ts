import { expect, test } from 'vitest'
import { problem, sentence, showValue } from '#shared/smtp/grammar/problem.ts'

test('a value is shown on one line, control characters escaped', () => {
  expect(showValue('a\r\nb\0\x7f\x85é')).toBe('a\\x0d\\x0ab\\x00\\x7f\\x85é')
})

test('a long value is cut', () => {
  expect(showValue('x'.repeat(80))).toBe('x'.repeat(80))
  expect(showValue('x'.repeat(81))).toBe('x'.repeat(80) + '…')
})

test('a sentence names the field, the value and what would be right', () => {
  const { ok, problem: found } = problem('domain', 'a..b\n', 'write one dot between labels')
  expect(ok).toBe(false)
  expect(sentence(found)).toBe('domain "a..b\\x0a": write one dot between labels.')
})
