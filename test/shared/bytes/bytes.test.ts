import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  concat,
  fromBase64,
  fromByteString,
  fromUtf8,
  isAscii,
  toBase64,
  toByteString,
  utf8,
  utf8Length,
} from '#shared/bytes/bytes.ts'

// RFC 4648 §10.
test.each([
  ['', ''],
  ['f', 'Zg=='],
  ['fo', 'Zm8='],
  ['foo', 'Zm9v'],
  ['foob', 'Zm9vYg=='],
  ['fooba', 'Zm9vYmE='],
  ['foobar', 'Zm9vYmFy'],
])('base64 of %j is %j, both ways', (plain, coded) => {
  expect(toBase64(utf8(plain))).toBe(coded)
  expect(fromBase64(coded)).toEqual(utf8(plain))
})

test.each([
  'Z',
  'Zg',
  'Zg=',
  'Zg===',
  '====',
  '=',
  'Z===',
  'Zh==',
  'Zm9=',
  'Zm9v\r\n',
  'Zm 9',
  'Zm9-',
  'Zm9Ā',
  'Zg==Zg==',
])('base64 %j is refused', (coded) => expect(fromBase64(coded)).toBeNull())

test('base64 goes round', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(fromBase64(toBase64(bytes))).toEqual(bytes)
    }),
  )
})

test('whatever base64 is read is written the same again', () => {
  const anything = fc.string({ unit: fc.constantFrom('A', 'Z', 'a', '/', '+', '=', '9', '-'), maxLength: 12 })
  fc.assert(
    fc.property(anything, (coded) => {
      const bytes = fromBase64(coded)
      if (bytes) expect(toBase64(bytes)).toBe(coded)
    }),
  )
})

test('byte strings go round, longer than one argument list too', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(fromByteString(toByteString(bytes))).toEqual(bytes)
    }),
  )
  const long = Uint8Array.from({ length: 20_000 }, (_, i) => i % 256)
  expect(fromByteString(toByteString(long))).toEqual(long)
})

test('a byte string is one character per octet, whatever the octets mean as UTF-8', () => {
  const euro = [0xe2, 0x82, 0xac]
  expect(toByteString(Uint8Array.from(euro))).toBe('\u00e2\u0082\u00ac')
  for (const size of [1, 64, 65, 8193]) {
    const ascii = new Uint8Array(size).fill(0x41)
    expect(toByteString(ascii)).toBe('A'.repeat(size))
    for (const octets of [[0xff], euro, [0xef, 0xbb, 0xbf], [0]])
      expect(toByteString(Uint8Array.from([...octets, ...ascii]))).toBe(
        `${octets.map((octet) => String.fromCharCode(octet)).join('')}${'A'.repeat(size)}`,
      )
  }
})

test('a character above U+00FF is no octet, and the error says which', () => {
  expect(() => fromByteString('aé€')).toThrow(new RangeError('character 2 is U+20ac, not an octet'))
})

test('UTF-8 goes round; what is not UTF-8 is null, and a byte order mark is kept', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(fromUtf8(utf8(text))).toBe(text)
    }),
  )
  for (const bad of [[0xff], [0xc0, 0x80], [0xe2, 0x82], [0xed, 0xa0, 0x80]])
    expect(fromUtf8(Uint8Array.from(bad))).toBeNull()
  expect(fromUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe('\ufeffa')
})

test('concat joins, and hands a single part on as it is', () => {
  const part = Uint8Array.of(1, 2)
  expect(concat([])).toEqual(new Uint8Array(0))
  expect(concat([part])).toBe(part)
  expect(concat([part, new Uint8Array(0), Uint8Array.of(3)])).toEqual(Uint8Array.of(1, 2, 3))
})

test('ASCII ends at U+007F, controls included', () => {
  for (const text of ['', 'a b', '\0\r\n\x7f']) expect(isAscii(text)).toBe(true)
  for (const text of ['\x80', 'é', 'a\n€', '\ud83d\ude00', '\uffff']) expect(isAscii(text)).toBe(false)
})

const holds = (text: string): void => {
  expect(utf8Length(text)).toBe(utf8(text).length)
}

test('the length in UTF-8 is that of the encoded octets, lone surrogates included', () => {
  for (const text of ['', 'ascii', 'é', '€', '😀', '\ud83d', '\ude00x', '\ud83d\ud83d\ude00']) holds(text)
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => holds(text)))
})
