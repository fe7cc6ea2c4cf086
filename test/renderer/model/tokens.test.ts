import { expect, test } from 'vitest'
import {
  checkToken,
  tokenEndWords,
  withoutToken,
  withToken,
  tokenEndChoices,
  tokenEnds,
} from '#renderer/model/tokens.ts'

const now = Date.parse('2026-03-04T10:00:00.000Z')
const there = [{ user: 'ann' }, { user: 'ann', expiresAt: '2026-03-05T10:00:00.000Z' }, { user: 'bob' }]

test('a new one keeps the others by their places', () => {
  expect(withToken(there, { user: ' cid ', token: 't', end: 'hour' }, now)).toEqual([
    { user: 'ann', keeps: 0 },
    { user: 'ann', keeps: 1, expiresAt: '2026-03-05T10:00:00.000Z' },
    { user: 'bob', keeps: 2 },
    { user: 'cid', token: 't', expiresAt: '2026-03-04T11:00:00.000Z' },
  ])
  expect(withToken([], { user: 'cid', token: 't', end: 'never' }, now)).toEqual([{ user: 'cid', token: 't' }])
})
test('taking one away leaves the right ones, also where a user has two', () => {
  expect(withoutToken(there, 0).map(({ keeps }) => keeps)).toEqual([1, 2])
})
test('a token has no space (RFC 6750 §2.1), and a name', () => {
  expect(checkToken({ user: ' ', token: '', end: 'never' })).toEqual({ user: expect.stringContaining('empty'), token: expect.stringContaining('empty') }) // prettier-ignore
  expect(checkToken({ user: 'a', token: 'a b', end: 'never' }).token).toContain('RFC 6750')
  expect(checkToken({ user: 'a', token: 'abc', end: 'never' })).toEqual({})
})
test('its end is said, and one in the past as such', () => {
  expect(tokenEndWords(undefined, now)).toBe('always right')
  expect(tokenEndWords('2026-03-04T09:00:00.000Z', now)).toContain('expired')
  expect(tokenEndWords('2026-03-05T09:00:00.000Z', now)).toMatch(/^right until 5 March 2026, \d\d:00$/)
  expect(tokenEndChoices.map(({ value }) => value)).toEqual([...tokenEnds])
})
