import { assert, constantFrom, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { encodeText } from '#engine/message/charset.ts'

const octets = (text: string, charset: Parameters<typeof encodeText>[1]) => {
  const encoded = encodeText(text, charset)
  return encoded.ok ? [...encoded.bytes] : encoded.problem
}

test('each charset has its own octets', () => {
  expect(octets('aü', 'utf-8')).toEqual([0x61, 0xc3, 0xbc])
  expect(octets('aü', 'iso-8859-1')).toEqual([0x61, 0xfc])
  expect(octets('ü€Š', 'iso-8859-15')).toEqual([0xfc, 0xa4, 0xa6])
  expect(octets('ü€“', 'windows-1252')).toEqual([0xfc, 0x80, 0x93])
  expect(octets('ok\r\n\t', 'us-ascii')).toEqual([0x6f, 0x6b, 13, 10, 9])
})

test('what a charset lacks is named with its line', () => {
  expect(octets('a\nbü', 'us-ascii')).toContain('ü (U+00FC) in line 2 is not in us-ascii')
  expect(octets('€', 'iso-8859-1')).toContain('€ (U+20AC)')
  expect(octets('¤', 'iso-8859-15')).toContain('U+00A4')
  expect(octets('\u0081', 'windows-1252')).toContain('U+0081')
  expect(octets('\u0085', 'iso-8859-1')).toContain('U+0085')
  expect(octets('😀', 'windows-1252')).toContain('😀 (U+1F600)')
  expect(octets('\ud800', 'us-ascii')).toContain('U+D800')
})

test('the runtime decodes what was encoded', () => {
  assert(
    property(
      string({ unit: 'grapheme' }),
      constantFrom('utf-8', 'iso-8859-15', 'windows-1252'),
      (text, charset) => {
        const encoded = encodeText(text, charset)
        if (encoded.ok) expect(new TextDecoder(charset, { ignoreBOM: true }).decode(encoded.bytes)).toBe(text)
      },
    ),
  )
})
