import { expect, test } from 'vitest'
import { Journal } from '#engine/dialogue/journal.ts'
import type { CellRun } from '#engine/probe/cell.ts'
import { factsOf, findingsOf } from '#engine/probe/findings.ts'
import type { Scanned } from '#engine/probe/scanCell.ts'
import { memoryHub } from '#test/support/dialogue/memoryHub.ts'
import { connectEvent } from '#test/support/events.ts'

const hub = memoryHub()
function run(host: string, port: number, outcome: 'connected' | 'timeout', more: Partial<CellRun> = {}, family: 4 | 6 = 4): CellRun {
  const journal = new Journal(hub.begin({ source: 'probe', role: 'client', host, port, tls: 'starttls' }))
  const address = { address: family === 4 ? '192.0.2.1' : '2001:db8::1', family }
  journal.write(connectEvent(1, { ...address, port, outcome }))
  const head = { role: 'client', host, port, tls: 'starttls', startedAt: '2026-11-22T00:00:00Z' } as const
  const end = { outcome: { how: 'completed', by: 'client', message: '' }, cancelled: false } as const
  return {
    cell: { host, port, address, asked: 'starttls' },
    ran: { session: journal.session, head, events: journal.events, journal, end, chain: [] },
    mode: 'starttls',
    earlier: [],
    ...more,
  }
} // prettier-ignore

const all = (runs: CellRun[], scans: Scanned[] = []) =>
  findingsOf({ runs, scans }, factsOf({ host: 'mx.test', runs, scans, controls: [] }))
const codes = (runs: CellRun[]) => all(runs).map(({ code }) => code)

test('rules over several sessions are asked', () => {
  expect(codes([run('mx.test', 25, 'timeout'), run('mx.test', 587, 'connected')])).toEqual([
    'port-blocked-here',
  ])
  expect(codes([run('mx.test', 25, 'timeout'), run('mx.test', 587, 'timeout')])).toEqual(['host-down'])
})

test('two hosts are judged apart: that one has no IPv6 that works says nothing of the other', () => {
  const runs = [run('a.test', 25, 'connected'), run('b.test', 25, 'timeout', {}, 6)]
  expect(codes(runs)).not.toContain('ipv6-fails-ipv4-works')
  expect(codes([...runs, run('b.test', 25, 'connected')])).toContain('ipv6-fails-ipv4-works')
})

test('a limit is told with its words, and whether it was lifted', () => {
  const limit = { evidence: [1], words: '421 too many', named: true, session: 's', lifted: true }
  const [told] = all([run('mx.test', 587, 'connected', { limit })])
  expect(told).toMatchObject({
    code: 'rate-limited',
    phase: 'banner',
    confidence: 'certain',
    proof: [{ session: 's' }],
  })
  expect(told!.message).toContain('(“421 too many”)')
  const silent = { ...limit, words: undefined, named: false, lifted: false }
  const [other] = all([run('mx.test', 587, 'connected', { limit: silent })])
  expect(other).toMatchObject({ confidence: 'likely' })
  expect(other!.message).toContain('without a word')
})

test('a scan that was slowed down or ended is told mildly', () => {
  const facts = { host: 'mx.test', port: 465, versions: {}, proof: { session: 'scan', events: [1] } }
  const why = { kind: 'not-reached', step: 'banner', why: 'rejected', reply: '421 slow' } as const
  const scan = { stopped: why } as unknown as Scanned['scan']
  expect(all([], [{ session: 'scan', scan, known: [], facts }])).toMatchObject([
    { code: 'rate-limited', severity: 'info', phase: 'tls', proof: [{ session: 'scan', events: [1] }] },
  ])
  const cancelled = { stopped: { ...why, why: 'cancelled' } } as unknown as Scanned['scan']
  expect(all([], [{ session: 'scan', scan: cancelled, known: [], facts }])).toEqual([])
})
