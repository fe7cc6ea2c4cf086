import { expect, test } from 'vitest'
import { credentialProblem } from '#shared/smtp/sasl/credentials.ts'

test('what can be carried passes', () => {
  expect(() => credentialProblem('PLAIN', { user: 'jürgen', password: '' }, /\0/)).not.toThrow()
})

test.each([
  [{ user: '', password: 'x' }, 'PLAIN: the user name is empty; write one'],
  [{ user: 'a\0b', password: 'x' }, 'PLAIN: the user name holds a character it cannot carry'],
  [{ user: 'a', password: 's3cret\0' }, 'PLAIN: the password holds a character it cannot carry'],
  [{ user: 'a', password: 's3cret\ud800' }, 'PLAIN: the password holds half of a character'],
])('%j is refused in words that hold no value', (credentials, message) => {
  expect(() => credentialProblem('PLAIN', credentials, /\0/)).toThrow(new RangeError(message))
})
