import { expect, test } from 'vitest'
import { utf8 } from '#shared/bytes/bytes.ts'
import { bearerOf, errorStatus, tokenProblem } from '#shared/smtp/sasl/oauth.ts'

test('of an error only its status is told', () => {
  expect(errorStatus(utf8('{"status":"invalid_token","scope":"x","echo":"secret"}'))).toBe('the server said status invalid_token') // prettier-ignore
  expect(errorStatus(utf8('{"status" : "400"}'))).toBe('the server said status 400')
  expect(errorStatus(utf8('what?'))).toBe('the server refused the token')
  expect(errorStatus(new Uint8Array(0))).toBeNull()
  expect(errorStatus(new Uint8Array(5000))).toBeNull()
})

test('the scheme is taken in any case, the token as it is', () => {
  expect(bearerOf('auth=bEARER a.B-c')).toBe('a.B-c')
  for (const field of [
    undefined,
    'auth=Bearer ',
    'auth=Bearer a b',
    'auth=Basic a',
    `auth=Bearer ${'x'.repeat(20_000)}`,
  ])
    expect(bearerOf(field)).toBeNull()
})

test('the problem of a token names no value', () => {
  expect(() => tokenProblem('X', { user: 'u', password: 'se cret' }, true)).toThrow(/^X: the token holds/)
  expect(() => tokenProblem('X', { user: '', password: 'ok' }, true)).toThrow(/user name is empty/)
  expect(() => tokenProblem('X', { user: '', password: 'ok' }, false)).not.toThrow()
})
