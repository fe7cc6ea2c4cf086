import { expect, test } from 'vitest'
import { holdProblems, holds, nobody } from '#engine/server/holdRules.ts'

const rules = { step: true, breakpoints: [] }

test('nobody, everybody, the next one, those from one address', () => {
  expect(holds(nobody, '127.0.0.1')).toBe(false)
  expect(holds({ ...rules, who: 'every' }, '127.0.0.1')).toBe(true)
  expect(holds({ ...rules, who: 'next' }, '127.0.0.1')).toBe(true)
  expect(holds({ ...rules, who: 'address', address: '127.0.0.1' }, '127.0.0.1')).toBe(true)
  expect(holds({ ...rules, who: 'address', address: '127.0.0.2' }, '127.0.0.1')).toBe(false)
  expect(holds({ ...rules, who: 'address', address: '0:0:0:0:0:0:0:1' }, '::1')).toBe(true)
  expect(holds({ ...rules, who: 'address' }, '127.0.0.1')).toBe(false)
})

test('rules that cannot be meant are told field by field, with what would be right', () => {
  expect(holdProblems({ who: 'every', step: false, breakpoints: ['RCPT'] })).toEqual([])
  expect(holdProblems(nobody)).toEqual([])
  const wrong = holdProblems({ who: 'address', address: 'mail.example', step: false, breakpoints: [] })
  expect(wrong).toMatchObject([
    { field: 'address', value: 'mail.example', message: expect.stringContaining('127.0.0.1') },
    { field: 'breakpoints', message: expect.stringContaining('every reply') },
  ])
})
