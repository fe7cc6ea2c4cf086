import { expect, test } from 'vitest'
import { capital, clockTime, countWords, msShort, sizeShort, timeShort } from '#renderer/model/measures.ts'

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
