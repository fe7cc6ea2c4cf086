import { expect, test } from 'vitest'
import { decodeCharset, decoderOf, isOctets } from '#shared/transcript/redact/charsets.ts'

test('UTF-8 where it is, Latin-1 where it is not, else what the charset says; null where nothing reads it', () => {
  expect(decodeCharset('\u00c3\u00b6', 'utf-8')).toBe('ö')
  expect(decodeCharset('\u00f6', 'us-ascii')).toBe('ö')
  expect(decodeCharset('\u0082\u00a0', 'shift_jis')).toBe('あ')
  expect(decodeCharset('x', 'utf-7')).toBeNull()
  expect(decodeCharset('\u0082', 'shift_jis')).toBeNull()
})

test('a character that comes in two pieces is one', () => {
  const decoder = decoderOf('utf-16le')!
  expect([decoder.decode('a\0b', true), decoder.decode('\0', true), decoder.decode('', false)]).toEqual([
    'a',
    'b',
    '',
  ])
  expect([isOctets(''), isOctets('utf8'), isOctets('windows-1252')]).toEqual([true, true, false])
})
