import { expect, test } from 'vitest'
import {
  capital,
  clockTime,
  countWords,
  gutterTime,
  gutterWait,
  msShort,
  sizeShort,
  timeShort,
} from '#renderer/model/measures.ts'

test('times, sizes, counts', () => {
  expect([118_000, 3_271_400, 72_000_000].map(msShort)).toEqual(['118', '3,271', '72.0 s'])
  expect([118_000, 72_000_000].map(timeShort)).toEqual(['118 ms', '72.0 s'])
  expect(['connection refused', ''].map(capital)).toEqual(['Connection refused', ''])
  expect([12, 4312, 52_428_800, 999_960].map(sizeShort)).toEqual(['12 B', '4.3 KB', '52 MB', '1.0 MB'])
  expect([countWords(1, 'line'), countWords(1204, 'event was', 'events were')]).toEqual([
    '1 line',
    '1,204 events were',
  ])
  expect(clockTime(new Date(2026, 0, 2, 9, 5).toISOString())).toBe('09:05')
})

test('a point in time and the wait before it leave each other room', () => {
  const many = [0, 98_000, 999_900, 1_400_000, 9_960_000, 30_140_000, 99_960_000, 300_100_000, 999_600_000, 4_000_000_000]
  expect(many.map(gutterWait)).toEqual(['0', '98', '1.0 s', '1.4 s', '10 s', '30 s', '100 s', '300 s', '17 min', '67 min'])
  expect(many.map(gutterTime)).toEqual(['0', '98', '1,000', '1,400', '9,960', '30.1 s', '100 s', '300 s', '17 min', '67 min'])
}) // prettier-ignore
