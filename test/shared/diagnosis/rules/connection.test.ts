import { expect, test } from 'vitest'
import { connected, codesOf, hello } from '#test/support/diagnosis/script.ts'

test('a refused connection, and one that was made', () => {
  expect(codesOf([connected({ outcome: 'refused' })])).toEqual(['tcp-refused'])
  expect(codesOf(hello('STARTTLS'))).toEqual([])
})
