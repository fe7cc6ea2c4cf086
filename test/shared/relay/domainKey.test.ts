import { domainToASCII } from 'node:url'
import { expect, test } from 'vitest'
import { addressKey, domainKey, spellings, unicodeDomain } from '#shared/relay/domainKey.ts'

test.each([
  'Example.COM', 'Bücher.example', 'BÜCHER.example', 'XN--BCHER-KVA.example', 'straße.example', 'ΣΊΣΥΦΟΣ.example',
  'ｅｘａｍｐｌｅ.com', '例え。テスト', 'bu\u0308cher.example', 'ﬁsch.example',
])('%s is what this machine makes of it', (domain) => { expect(domainKey(domain)).toBe(domainToASCII(domain)) }) // prettier-ignore

test('back to U-labels; what is no A-label stays', () => {
  expect(unicodeDomain('XN--bcher-kva.example')).toBe('bücher.example')
  expect(unicodeDomain('xn--99999999.example')).toBe('xn--99999999.example')
  expect(unicodeDomain('a.example')).toBe('a.example')
})
test('addresses: without regard to case, and in all their spellings', () => {
  expect(addressKey('Lee@Bücher.Example')).toBe('lee@xn--bcher-kva.example')
  expect(spellings('a@b.example')).toEqual(['a@b.example'])
  expect(spellings('a@xn--bcher-kva.example')).toEqual(['a@xn--bcher-kva.example', 'a@bücher.example'])
  expect(spellings('A@BÜcher.example')).toEqual(['A@BÜcher.example', 'A@xn--bcher-kva.example', 'A@bücher.example']) // prettier-ignore
})
