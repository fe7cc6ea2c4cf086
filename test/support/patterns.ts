/**
 * Owns: what a regular expression means inside an expected value: the string there has to match it. Without this
 * `toMatchObject({ message: /x/ })` compares the fields of the expression, of which it has none, and cannot fail.
 */
import { expect } from 'vitest'

expect.addEqualityTesters([
  (received, expected) =>
    expected instanceof RegExp && !(received instanceof RegExp)
      ? typeof received === 'string' && expected.test(received)
      : undefined,
])
