import { expect, test } from 'vitest'
import { replaceRanges } from '#shared/smtp/grammar/ranges.ts'
import { octets, text } from '#test/support/cuts.ts'

test.each([
  ['abc', [], 'abc', []],
  ['abc', [[1, 2]], 'a********c', [[1, 9]]],
  ['abc', [[0, 3]], '********', [[0, 8]]],
  [
    'abcdef',
    [
      [4, 5],
      [1, 2],
    ],
    'a********cd********f',
    [
      [1, 9],
      [11, 19],
    ],
  ],
  [
    'abcdef',
    [
      [1, 4],
      [2, 3],
      [3, 5],
    ],
    'a********f',
    [[1, 9]],
  ],
  [
    'abcd',
    [
      [0, 2],
      [2, 4],
    ],
    '****************',
    [
      [0, 8],
      [8, 16],
    ],
  ],
])('%j without %j is %j', (bytes, ranges, shown, masked) => {
  const result = replaceRanges(octets(bytes), ranges.map(([start = 0, end = 0]) => ({ start, end }))) // prettier-ignore
  expect(text(result.bytes)).toBe(shown)
  expect(result.masked).toEqual(masked.map(([start, end]) => ({ start, end })))
})

test('the given ranges are not changed', () => {
  const ranges = [{ start: 0, end: 2 }, { start: 1, end: 3 }] // prettier-ignore
  replaceRanges(octets('abcd'), ranges)
  expect(ranges).toEqual([{ start: 0, end: 2 }, { start: 1, end: 3 }]) // prettier-ignore
})
