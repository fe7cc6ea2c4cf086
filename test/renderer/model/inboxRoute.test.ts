import { expect, test } from 'vitest'
import { hopWords, routeOf } from '#renderer/model/inboxRoute.ts'

const received = (value: string) => ({ name: 'Received', value })
const headers = [
  { name: 'Return-Path', value: '<a@b.test>' },
  received(
    'by quay.test (Postfix; id 3) with ESMTPS id 3 for <c@d.test>; Wed, 4 Mar 2026 10:41:50 +0000 (UTC)',
  ),
  received('from relay.test (relay.test [192.0.2.1] (may be forged; x)) by mx.test with ESMTP; Wed, 4 Mar 2026 11:42:05 +0100'), // prettier-ignore
  received('from app.test by relay.test with SMTP; Wed, 4 Mar 2026 10:42:00 +0000'),
]

test('the route goes from the lowest field up; a clock that jumps is told', () => {
  const hops = routeOf(headers)
  expect(hops.map(({ from, by, with: how, took }) => [from, by, how, took])).toEqual([
    ['app.test', 'relay.test', 'SMTP', null],
    ['relay.test', 'mx.test', 'ESMTP', 5],
    ['', 'quay.test', 'ESMTPS', -15],
  ])
  expect(hops.map(hopWords)).toEqual(['', 'after 5 s', '15 s before the hop before: a clock is wrong'])
})
test('what cannot be read is said; nothing runs away', () => {
  const [hop] = routeOf([received('nonsense'), ...Array.from({ length: 500 }, () => received('x; y'))])
  expect(hopWords(hop!)).toBe('no time that can be read')
  expect(routeOf([received('('.repeat(100_000))])).toHaveLength(1)
  expect(routeOf([])).toEqual([])
})
test.each([
  [0, 'at once'],
  [61, 'after 1 min 1 s'],
  [7200, 'after 2 h'],
  [90_000, 'after 1 d 1 h'],
])('%d seconds are %j', (took, words) => {
  expect(hopWords({ from: '', by: '', with: '', raw: '', at: 'x', took, backwards: false })).toBe(words)
})
