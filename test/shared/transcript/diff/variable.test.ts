import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { saysTheSame, withoutVariables } from '#shared/transcript/diff/variable.ts'

test.each([
  ['Ok: queued as 4C1F22A', 'Ok: queued as 9B07D31E5'],
  ['2.0.0 Kept as 01M80EGYQKBZ4N2ZFTXEWQK43Y.1', '2.0.0 Kept as 01M80EH0WV5YX5K80PNTEYXA00.1'],
  ['mx1.example.org ESMTP Exim 4.96 Sun, 22 Nov 2026 01:37:29 +0000', 'mx2.example.net ESMTP Exim 4.96 Mon, 2 Dec 2026 11:07:02 +0100'],
  ['Hello client.example [192.0.2.7], pleased', 'Hello other.example [2001:db8::1], pleased'],
  ['<a@b.example> sender ok', '<someone@else.example> sender ok'],
])('%s says the same as %s', (left, right) => {
  expect(saysTheSame(left, right)).toBe(true)
}) // prettier-ignore

test.each([
  ['Relay access denied', 'User unknown'],
  ['ESMTP Exim 4.96', 'ESMTP Exim 4.97'],
  ['max size 1000', 'max size 2000'],
  ['8BITMIME', 'SMTPUTF8'],
  ['TLSv1.2', 'TLSv1.3'],
])('%s does not say the same as %s', (left, right) => {
  expect(saysTheSame(left, right)).toBe(false)
})

test('any text, however long, is read once and says the same as itself', () => {
  fc.assert(fc.property(fc.string(), (text) => saysTheSame(text, text)))
  expect(withoutVariables('1:'.repeat(500_000)).length).toBeLessThan(5000)
})
