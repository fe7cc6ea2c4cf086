import { array, assert, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  lookahead,
  sourceLines,
  stretchBytes,
  stretchCount,
  stretchRange,
  stretchSize,
} from '#renderer/model/inboxSource.ts'
import { concat, fromByteString, utf8 } from '#shared/bytes/bytes.ts'

/** Every stretch as the viewer would cut it. */
function stretches(whole: Uint8Array): Uint8Array[] {
  return Array.from({ length: stretchCount(whole.length) }, (_, index) => {
    const { from, size } = stretchRange(index, whole.length)
    return stretchBytes(whole.subarray(from, from + size), index, whole.length)
  })
}
const lines = (count: number, length: number) => fromByteString(`${'x'.repeat(length)}\r\n`.repeat(count))

describe('stretches', () => {
  test('together they are the message, octet by octet', () => {
    assert(
      property(array(integer({ min: 0, max: 9000 }), { maxLength: 20 }), (lengths) => {
        const whole = concat(lengths.map((length) => lines(1, length)))
        const cut = stretches(whole)
        expect(cut.reduce((sum, part) => sum + part.length, 0)).toBe(whole.length)
        expect(cut.length === 0 ? new Uint8Array() : concat(cut)).toEqual(whole)
      }),
      { numRuns: 40 },
    )
  })
  test('they begin and end at lines', () => {
    for (const part of stretches(lines(2000, 76))) expect(part.at(-1)).toBe(0x0a)
  })
  test('a line without end is cut in the middle and nothing is lost', () => {
    const whole = new Uint8Array(stretchSize * 3).fill(0x78)
    expect(stretches(whole).map((part) => part.length)).toEqual([stretchSize, stretchSize, stretchSize])
  })
  test('no more is asked for than a stretch and its overlap, nor beyond the end', () => {
    expect(stretchRange(1, 50 << 20)).toEqual({ from: stretchSize, size: stretchSize + lookahead })
    expect(stretchRange(1, stretchSize + 10)).toEqual({ from: stretchSize, size: 10 })
    expect(stretchCount(0)).toBe(0)
  })
})

describe('lines', () => {
  test('CRLF ends a line; a bare LF or CR is shown, a tab stays', () => {
    expect(sourceLines(fromByteString('A: b\r\n\tfolded\r\n\r\nbare\nhere\r\n'))).toEqual([
      'A: b',
      '\tfolded',
      '',
      'bare\\nhere',
    ])
  })
  test('UTF-8 is text, other octets and deceptive characters are spelt out', () => {
    const bytes = concat([utf8('naïve \u202e'), fromByteString('\xff\r\n')])
    expect(sourceLines(utf8('naïve café\r\n'))).toEqual(['naïve café'])
    expect(sourceLines(bytes)[0]).toContain('\\xff')
    expect(sourceLines(utf8('a\u202eb\r\n'))).toEqual(['a\\u{202e}b'])
  })
})
