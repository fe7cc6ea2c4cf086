import { expect, test } from 'vitest'
import { given } from '../../../../electron/hosts/terminal/given.ts'

test('what nobody gave is not there; what is empty or false is', () => {
  expect(given({ a: undefined, b: '', c: false, d: 0 })).toEqual({ b: '', c: false, d: 0 })
  expect('a' in given({ a: undefined })).toBe(false)
})
