import { expect, it } from 'vitest'
import { octetsInWords, shortTime, spokenTime } from '#shared/transcript/measure.ts'

it.each([
  [0, '0.0 ms', 'less than a millisecond'],
  [1_000, '1.0 ms', '1 millisecond'],
  [118_000, '118 ms', '118 milliseconds'],
  [999_600, '1.00 s', '1 second'],
  [2_500_000, '2.50 s', '2.5 seconds'],
  [60_000_000, '1 min 00 s', '1 minute'],
  [185_000_000, '3 min 05 s', '3 minutes 5 seconds'],
])('says %i microseconds', (micros, short, spoken) => {
  expect(shortTime(micros)).toBe(short)
  expect(spokenTime(micros)).toBe(spoken)
})

it.each([
  [1, '1 octet'],
  [9_999, '9,999 octets'],
  [10_240, '10.0 KiB'],
  [52_428_800, '50.0 MiB'],
])('says %i octets', (octets, words) => {
  expect(octetsInWords(octets)).toBe(words)
})
