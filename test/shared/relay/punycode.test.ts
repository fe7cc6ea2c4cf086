import { assert, property, string } from 'fast-check'
import { domainToASCII } from 'node:url'
import { expect, test } from 'vitest'
import { decodePunycode, encodePunycode } from '#shared/relay/punycode.ts'

test.each([
  // RFC 3492 §7.1 (A), (B), (L), and two of every day.
  ['ليهمابتكلموشعربي؟', 'egbpdaj6bu4bxfgehfvwxn'],
  ['他们为什么不说中文', 'ihqwcrb4cv8a8dqg056pqjye'],
  ['3年B組金八先生', '3B-ww4c5e180e575a65lsy2b'],
  ['bücher', 'bcher-kva'],
  ['faß', 'fa-hia'],
])('%s is %s', (label, encoded) => {
  expect(encodePunycode(label)).toBe(encoded)
  expect(decodePunycode(encoded)).toBe(label)
})
test('every label comes back', () => {
  assert(
    property(string({ unit: 'binary', maxLength: 60 }), (label) => {
      expect(decodePunycode(encodePunycode(label)!)).toBe(label)
    }),
  )
})
test('what was never encoded is none, and what is too long is not read', () => {
  expect(['99999999', '-ü', 'a-!', `${'9'.repeat(60)}a`].map(decodePunycode)).toEqual([
    null,
    null,
    null,
    null,
  ])
  expect(encodePunycode('ü'.repeat(300))).toBeNull()
  expect(decodePunycode('a'.repeat(300))).toBeNull()
})
test('it is what this machine makes of the name', () => {
  for (const label of ['bücher', 'españa', 'россия', '例え', 'ελλάδα']) expect(`xn--${encodePunycode(label)}`).toBe(domainToASCII(label)) // prettier-ignore
})
