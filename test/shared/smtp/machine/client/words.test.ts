import { expect, test } from 'vitest'
import { positive, quote } from '#shared/smtp/machine/client/words.ts'

test('a reply is quoted on one line, bounded', () => {
  expect(quote({ code: 550, enhanced: '5.1.1', text: ['No such', 'user'] })).toBe('550 5.1.1 No such user')
  expect(quote({ code: 250, text: [''] })).toBe('250')
  expect(quote({ code: 250, text: ['x'.repeat(1000)] })).toHaveLength(305)
})

test('2xx is positive', () => {
  expect([199, 200, 299, 300, 354].map((code) => positive({ code, text: [] }))).toEqual([
    false,
    true,
    true,
    false,
    false,
  ])
})
