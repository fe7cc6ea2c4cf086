import { expect, test } from 'vitest'
import { TokenRules } from '#engine/server/tokens.ts'

const now = new Date('2026-06-01T12:00:00Z')
const rules = new TokenRules(
  [
    { user: 'ann', token: 'ann-token' },
    { user: 'ann', token: 'ann-old', expiresAt: '2026-06-01T11:59:59Z' },
    { user: 'bob', token: 'bob-token', expiresAt: '2026-06-01T14:30:00+02:00' },
    { user: 'tim', token: null },
  ],
  true,
)

test.each([
  ['ann', 'ann-token', { right: true, user: 'ann' }],
  ['', 'ann-token', { right: true, user: 'ann' }],
  ['bob', 'bob-token', { right: true, user: 'bob' }],
  ['ann', 'ann-old', { right: false, expired: true }],
  ['ann', 'bob-token', { right: false, expired: false }],
  ['tim', '', { right: false, expired: false }],
  ['ann', 'other', { right: false, expired: false }],
])('%s with %s', (user, token, verdict) => expect(rules.check(user, token, now)).toEqual(verdict))

test('a token ends at its moment', () => {
  expect(rules.check('bob', 'bob-token', new Date('2026-06-01T12:30:00Z'))).toEqual({
    right: false,
    expired: true,
  })
})

test('without rules any token is right, where that is so', () => {
  expect(new TokenRules([], true).check('x', 'y', now)).toEqual({ right: true, user: 'x' })
  expect(new TokenRules([], true).check('', 'y', now)).toEqual({ right: true, user: 'token' })
  expect(new TokenRules([], false).check('x', 'y', now)).toEqual({ right: false, expired: false })
})
