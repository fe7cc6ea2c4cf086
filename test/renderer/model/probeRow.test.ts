import { expect, test } from 'vitest'
import {
  modeOf,
  reachOf,
  roleOf,
  rowKey,
  rowOf,
  sizeOf,
  timeWords,
  versionsSpoken,
} from '#renderer/model/probeRow.ts'
import { results } from '#test/support/page/compare.tsx'

const now = Date.parse('2026-11-01T10:00:00Z')
const [unanswered, implicit, starttls, refused, clear] = results

test('each cell in two or three words', () => {
  const row = rowOf(starttls!, now)
  expect(row).toMatchObject({
    role: 'submission',
    banner: '220 mx.test ESMTP',
    auth: 'PLAIN',
    time: '370 ms',
  })
  expect(row.reach).toEqual({ tone: 'good', words: 'Open, 38 ms' })
  expect([starttls, implicit, clear, refused].map((one) => modeOf(one!)?.words)).toEqual([
    'STARTTLS', 'From the start', 'In clear', undefined,
  ]) // prettier-ignore
  expect([unanswered, refused].map((one) => reachOf(one!).words)).toEqual(['No answer', 'Refused'])
  expect(sizeOf(clear!)).toBe('25 MB')
})
test('the whole row in one sentence', () => {
  expect(rowOf(starttls!, now).spoken).toContain(
    '587, IPv4, 192.0.2.1, open in 38 ms, STARTTLS, TLS 1.3, certificate',
  )
  expect(rowOf(refused!, now).spoken).toBe('587, IPv6, 2001:db8::1, refused')
  expect(rowOf(clear!, now).spoken).toContain('In clear, AUTH LOGIN, up to 25 MB')
})
test('what went wrong with TLS is told apart', () => {
  const { tls: _tls, ...bare } = starttls!
  expect(modeOf({ ...bare, timings: { tcp: 1, banner: 1, ehlo: 1, tls: 5, total: 9 } })?.words).toBe(
    'TLS failed',
  )
  expect(modeOf({ ...bare, capabilities: [], timings: { tcp: 1, banner: 1, total: 9 } })).toEqual({ look: 'open', words: 'No STARTTLS' }) // prettier-ignore
  expect(modeOf({ ...bare, mode: 'implicit', timings: { tcp: 1, total: 9 } })?.words).toBe('No TLS')
})
test('a test that a person ended blames nobody', () => {
  const { banner: _banner, ...cut } = starttls!
  const ended = rowOf({ ...cut, tone: 'neutral', timings: { tcp: 1, total: 9 } }, now)
  expect(ended.reach).toEqual({ tone: 'neutral', words: 'Stopped' })
  expect(ended.bars.at(-1)?.words).toBe('stopped')
})
test('what a server says cannot turn the line or grow without bound', () => {
  const row = rowOf({ ...starttls!, banner: `220 \u001b[2J${'x'.repeat(900)}\nnext` }, now)
  expect(row.banner).toMatch(/^220 \\x1b\[2Jx+$/)
  expect(row.banner.length).toBeLessThanOrEqual(300)
})
test('times, roles, keys, versions', () => {
  expect([420, 38_400, 1_500_000, 12_500_000].map(timeWords)).toEqual([
    '0.4 ms',
    '38 ms',
    '1,500 ms',
    '12.5 s',
  ])
  expect([25, 465, 587, 2525, 26].map(roleOf)).toEqual([
    'relay',
    'submissions',
    'submission',
    'convention',
    '',
  ])
  expect(rowKey(refused!)).toBe('mx.test 587 starttls 2001:db8::1')
  expect(versionsSpoken({ tls: { ...starttls!.tls!, versions: ['TLSv1.2', 'TLSv1.3'].map((version) => ({ version, accepted: true })) } })).toBe('TLS 1.2 and 1.3') // prettier-ignore
})
