import { expect, test } from 'vitest'
import { knownHosts, probeDays, whenWords } from '#renderer/model/probeHistory.ts'
import { summary } from '#test/support/page/compare.tsx'

const at = (day: number, hour: number) => new Date(2026, 10, day, hour, 5).toISOString()
test('by day in the person’s own time zone', () => {
  const all = [summary({ id: 'a', startedAt: at(22, 9) }), summary({ id: 'b', startedAt: at(21, 23) }), summary({ id: 'c', startedAt: at(2, 1) })] // prettier-ignore
  const days = probeDays(all, new Date(2026, 10, 22, 12))
  expect(days.map(({ day, items }) => [day, items[0]!.time])).toEqual([
    ['Today', '09:05'], ['Yesterday', '23:05'], ['2026-11-02', '01:05'],
  ]) // prettier-ignore
  expect(whenWords(Date.parse(at(2, 1)), new Date(2026, 10, 22))).toBe('2026-11-02 01:05')
  expect(whenWords(Date.parse(at(22, 9)), new Date(2026, 10, 22))).toBe('09:05')
})
test('hosts once each, tested ones first, mail domains left out', () => {
  const all = [summary({ target: 'a.test' }), summary({ target: 'box.test', kind: 'domain' })]
  expect(knownHosts(all, ['b.test', 'a.test', ''])).toEqual(['a.test', 'b.test'])
})
