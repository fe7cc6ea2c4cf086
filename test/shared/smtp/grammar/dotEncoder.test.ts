import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DotEncoder, type DotEncoderOptions } from '#shared/smtp/grammar/dotEncoder.ts'
import { concat, cutAt, cuts, everyCut, lumpyStream, octets, text } from '#test/support/cuts.ts'

function encode(pieces: readonly Uint8Array[], options?: DotEncoderOptions) {
  const encoder = new DotEncoder(options)
  const wire = concat([...pieces.map((piece) => encoder.push(piece)), encoder.finish()])
  expect(encoder.wireSize).toBe(wire.length)
  expect(encoder.contentSize).toBe(concat(pieces).length)
  return { wire: text(wire), encoder }
}

const cases: [string, string, string][] = [
  // content, kept, normalized
  ['', '.\r\n', '.\r\n'],
  ['a', 'a\r\n.\r\n', 'a\r\n.\r\n'],
  ['a\r\n', 'a\r\n.\r\n', 'a\r\n.\r\n'],
  ['.', '..\r\n.\r\n', '..\r\n.\r\n'],
  ['.\r\n', '..\r\n.\r\n', '..\r\n.\r\n'],
  ['a\r\n.\r\nb', 'a\r\n..\r\nb\r\n.\r\n', 'a\r\n..\r\nb\r\n.\r\n'],
  ['..\r\n..', '...\r\n...\r\n.\r\n', '...\r\n...\r\n.\r\n'],
  ['a.b\r\nc.', 'a.b\r\nc.\r\n.\r\n', 'a.b\r\nc.\r\n.\r\n'],
  ['a\n.\nb', 'a\n.\nb\r\n.\r\n', 'a\r\n..\r\nb\r\n.\r\n'],
  ['a\r.\rb', 'a\r.\rb\r\n.\r\n', 'a\r\n..\r\nb\r\n.\r\n'],
  ['a\r', 'a\r\r\n.\r\n', 'a\r\n.\r\n'],
  ['a\n', 'a\n\r\n.\r\n', 'a\r\n.\r\n'],
  ['\r\r\n.', '\r\r\n..\r\n.\r\n', '\r\n\r\n..\r\n.\r\n'],
  ['\n\n', '\n\n\r\n.\r\n', '\r\n\r\n.\r\n'],
]

describe.each(cases)('%j', (content, kept, normalized) => {
  test('however it is cut', () => {
    for (const pieces of everyCut(octets(content))) {
      expect(encode(pieces).wire).toBe(kept)
      expect(encode(pieces, { bareLineEnds: 'normalize' }).wire).toBe(normalized)
    }
  })
})

test('what was changed is counted', () => {
  for (const pieces of everyCut(octets('.a\n\r\n.b\rc\r'))) {
    const kept = encode(pieces).encoder
    expect(kept).toMatchObject({ stuffed: 2, bareLf: 1, bareCr: 2, addedLineEnd: true })
    const normal = encode(pieces, { bareLineEnds: 'normalize' }).encoder
    expect(normal).toMatchObject({ stuffed: 2, bareLf: 1, bareCr: 2, addedLineEnd: true })
  }
  expect(encode([octets('a\r\n')]).encoder.addedLineEnd).toBe(false)
})

test('content without a dot at a line start passes as the same array', () => {
  const content = octets('a\r\nb.c\r\n')
  expect(new DotEncoder().push(content)).toBe(content)
})

test('nothing follows the end', () => {
  const encoder = new DotEncoder()
  encoder.finish()
  expect(() => encoder.push(octets('a'))).toThrow('finished already')
  expect(() => encoder.finish()).toThrow('finished already')
})

test('the end mark is at the end and nowhere else; normalized content has no bare line end', () => {
  fc.assert(
    fc.property(lumpyStream, cuts, (content, positions) => {
      const pieces = cutAt(content, positions)
      const { wire } = encode(pieces)
      expect(('\r\n' + wire).indexOf('\r\n.\r\n')).toBe(wire.length - 3)
      expect(wire).toBe(encode([content]).wire)
      const normalized = encode(pieces, { bareLineEnds: 'normalize' }).wire
      expect(normalized.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
      expect(('\r\n' + normalized).indexOf('\r\n.\r\n')).toBe(normalized.length - 3)
      expect(normalized).toBe(encode([content], { bareLineEnds: 'normalize' }).wire)
    }),
  )
})

test('long and short stretches between dots are copied alike', () => {
  const long = 'x'.repeat(300)
  const content = `.${long}\r\n.a\r\n.${long}\r\nb\r\n`
  expect(encode([octets(content)]).wire).toBe(`..${long}\r\n..a\r\n..${long}\r\nb\r\n.\r\n`)
})
