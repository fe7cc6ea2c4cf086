import { afterAll, beforeAll, expect, test } from 'vitest'
import { renumbered } from '#engine/handlers/importFile.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { type Bench, collect, openBench } from './support.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.stop())

const base = { session: 'old', at: 5, phase: 'other', direction: 'none' } as const
const wait = (seq: number): TranscriptEvent => ({ ...base, seq, kind: 'wait', why: 'delay', took: 1 })
const finding: TranscriptEvent = {
  ...base, seq: 9, kind: 'finding', code: 'x', severity: 'info', side: 'server', confidence: 'certain',
  evidence: [3, 4, 7], message: '', next: '',
} // prettier-ignore

test('numbers have no gaps, evidence follows, and an end is there', () => {
  const events = renumbered('new', [wait(3), wait(7), finding])
  expect(events.map(({ session, seq, kind }) => [session, seq, kind])).toEqual([
    ['new', 1, 'wait'],
    ['new', 2, 'wait'],
    ['new', 3, 'finding'],
    ['new', 4, 'end'],
  ])
  expect(events[2]).toMatchObject({ evidence: [1, 2] })
  expect(renumbered('new', [])).toMatchObject([{ seq: 1, kind: 'end', at: 0 }])
})

test.each(['', 'not json', '{}', '{"format":"relayscope-transcript","version":99,"records":[]}'])(
  '%o gives problems in words and no session',
  async (text) => {
    const { sessions, problems } = await bench.client.call('transcript.import', { text })
    expect(sessions).toEqual([])
    expect(problems.length).toBeGreaterThan(0)
  },
)

test('a damaged file gives what can be read, and the line of what cannot', async () => {
  const head = { id: 's', source: 'send', role: 'client', startedAt: '2026-01-02T03:04:05Z', host: 'h', port: 25, tls: 'none' } // prettier-ignore
  const text = [
    '{"format":"relayscope-transcript","version":1,"records":[',
    `${JSON.stringify({ record: 'session', ...head })},`,
    `${JSON.stringify({ record: 'event', ...wait(1), session: 's' })},`,
    '{"record":"event","sess',
  ].join('\n')
  const { sessions, problems } = await bench.client.call('transcript.import', { text })
  expect(problems.join()).toContain('Line 4')
  const events = await collect(
    bench.client,
    'transcript.events',
    { session: sessions[0]! },
    (all) => all.length === 2,
  )
  expect(events.map(({ kind }) => kind)).toEqual(['wait', 'end'])
  expect(await bench.client.call('transcript.get', { session: sessions[0]! })).toMatchObject({
    state: 'ended',
  })
})
