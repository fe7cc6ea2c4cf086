import { expect, test } from 'vitest'
import { chooseEncoding, plainEncoding } from '#engine/message/transferEncoding.ts'

const bytes = (text: string) => Buffer.from(text, 'utf8')
const chosen = (text: string, asked?: Parameters<typeof chooseEncoding>[1]) => {
  const answer = chooseEncoding(bytes(text), asked)
  return answer.ok ? answer.encoding : answer.problem
}

test.each([
  ['', '7bit'],
  ['short\r\nlines\r\n', '7bit'],
  ['x'.repeat(78), '7bit'],
  ['x'.repeat(79), 'quoted-printable'],
  [`plain text with one ü`, 'quoted-printable'],
  ['日本語', 'base64'],
  ['nul \0 in a text', 'quoted-printable'],
])('of its own accord %j goes as %s', (text, encoding) => {
  expect(chosen(text)).toBe(encoding)
})

test('what is asked for is kept where it fits', () => {
  expect(chosen('x'.repeat(998), '7bit')).toBe('7bit')
  expect(chosen('ü', '8bit')).toBe('8bit')
  expect(chosen('a', 'base64')).toBe('base64')
  expect(chosen('日', 'quoted-printable')).toBe('quoted-printable')
})

test.each([
  ['a\r\nü', '7bit', 'line 2 has an octet above 127'],
  [`a\r\n${'x'.repeat(999)}\r\nb`, '8bit', 'line 2 has 999 octets'],
  ['ü'.repeat(500), '8bit', 'line 1 has 1000 octets'],
  ['a\0', '8bit', 'NUL'],
  ['a\nb', '7bit', 'alone'],
] as const)('%j does not go as %s', (text, asked, words) => {
  expect(chosen(text, asked)).toContain(words)
})

test('a message inside a message goes as it is, or not at all', () => {
  expect(plainEncoding(bytes('A: b\r\n\r\nc'))).toBe('7bit')
  expect(plainEncoding(bytes('A: b\r\n\r\nü'))).toBe('8bit')
  expect(plainEncoding(bytes('A: b\n\nc'))).toBeNull()
})
