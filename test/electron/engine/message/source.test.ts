import { expect, test } from 'vitest'
import { headerEnd, messageSource } from '#engine/message/source.ts'
import { concat, utf8 } from '#shared/bytes/bytes.ts'

test.each([1, 3, 7, 1000])('read by %i octets gives the message exactly once', (max) => {
  const bytes = utf8('Subject: x\r\n\r\nbody\r\n')
  const source = messageSource(bytes)
  const parts: Uint8Array[] = []
  for (let last = false; !last;) {
    const stretch = source.read(max)
    parts.push(stretch.bytes)
    last = stretch.last
  }
  expect(concat(parts)).toEqual(bytes)
  expect(source.size).toBe(bytes.length)
})

test('an empty message is one empty last stretch', () => {
  expect(messageSource(utf8('')).read(10)).toEqual({ bytes: new Uint8Array(), last: true })
})

test.each([
  ['Subject: x\r\n\r\nplain', false, false],
  ['Subject: x\r\n\r\nschön', true, false],
  ['Subject: schön\r\n\r\nplain', true, true],
  ['Subject: schön', true, true],
])('%j: 8-bit %s, UTF-8 in headers %s', (text, eightBit, high) => {
  expect(messageSource(utf8(text))).toMatchObject({ eightBit, utf8: high })
})

test('the header section ends before the first empty line', () => {
  expect(headerEnd(utf8('A: b\r\n\r\nx'))).toBe(6)
  expect(headerEnd(utf8('A: b\n\nx'))).toBe(5)
  expect(headerEnd(utf8('\r\nx'))).toBe(0)
  expect(headerEnd(utf8('A: b'))).toBe(4)
  expect(headerEnd(utf8('A: b\r\n'))).toBe(6)
})
