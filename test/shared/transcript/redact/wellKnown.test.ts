import { expect, test } from 'vitest'
import { isCommonAddress, isCommonHost, isCommonWord, isRole } from '#shared/transcript/redact/wellKnown.ts'

test('words of the protocol stay, names do not', () => {
  for (const word of ['STARTTLS', 'Size', 'CRAM-MD5', 'postmaster', 'ok', 'a']) expect(isCommonWord(word)).toBe(true)
  expect(isCommonWord('alice')).toBe(false)
}) // prettier-ignore

test('hosts, mailboxes and addresses that tell nothing', () => {
  expect([isCommonHost('localhost'), isCommonHost('mail'), isCommonHost('mail.corp.com')]).toEqual([true, true, false]) // prettier-ignore
  expect([isRole('postmaster'), isRole('alice')]).toEqual([true, false])
  expect(isCommonAddress('local@domain')).toBe(true)
})
