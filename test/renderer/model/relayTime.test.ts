import { expect, test } from 'vitest'
import {
  agoWords,
  exactMoment,
  inWords,
  shortMoment,
  waitWords,
  toldApart,
} from '#renderer/model/relayTime.ts'

const now = new Date(2026, 2, 4, 11, 0, 0).getTime()
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString()

test('how long until something, and since', () => {
  expect([0, 0.5, 23, 150, 3000, 10_000].map((minutes) => inWords(at(minutes), now))).toEqual([
    'now', 'within 1 min', 'in 23 min', 'in 3 h', 'in 2 days', 'in 7 days',
  ]) // prettier-ignore
  expect([0, -2, -61, -3000].map((minutes) => agoWords(at(minutes), now))).toEqual([
    'just now', '2 minutes ago', '1 hour ago', '2 days ago',
  ]) // prettier-ignore
})
test('a moment is a clock today, a day this week, else a date', () => {
  expect(shortMoment(at(15), now)).toBe('11:15')
  expect(shortMoment(at(5 * 1440), now)).toBe('Mon')
  expect(shortMoment(at(30 * 1440), now)).toBe('3 Apr')
  expect(exactMoment(at(15), now)).toBe('11:15:00')
  expect(exactMoment(at(-1440), now)).toBe('Tue 11:00:00')
})
test('waits of rules', () => {
  expect([600_000, 5_400_000, 432_000_000, 86_400_000, 0].map(waitWords)).toEqual([
    '10 min', '1 h 30 min', '5 days', '1 day', '0 s',
  ]) // prettier-ignore
})
const local = (day: number, hour: number, minute: number, second = 0) => new Date(2026, 2, day, hour, minute, second).toISOString() // prettier-ignore

test('moments that would read alike are told apart', () => {
  expect(toldApart([local(4, 10, 2, 1), local(4, 10, 2, 9), local(4, 11, 15)], now)).toEqual(['10:02', ':09', '11:15']) // prettier-ignore
  expect(toldApart([local(2, 10, 2), local(2, 14, 30), local(3, 9, 0)], now)).toEqual(['Mon', '14:30', 'Tue']) // prettier-ignore
})
