import { expect, test } from 'vitest'
import { inSentence } from '#shared/diagnosis/inSentence.ts'

test.each([
  ['It says SERVFAIL.', 'it says SERVFAIL'],
  ['ECONNREFUSED', 'ECONNREFUSED'],
  ['already so', 'already so'],
  ['', ''],
])('%j inside a sentence: %j', (text, inside) => {
  expect(inSentence(text)).toBe(inside)
})
