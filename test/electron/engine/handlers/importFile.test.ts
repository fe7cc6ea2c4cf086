import { afterAll, beforeAll, expect, test } from 'vitest'
import { importSessions, renumbered } from '#engine/handlers/importFile.ts'
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

const chunk = (body: number) => ({
  ...base, record: 'event', session: 's', seq: body, kind: 'chunk', direction: 'to-server', phase: 'body',
  body, offset: 0, size: 2, last: true, encoding: 'data', raw: `m${body}`,
}) // prettier-ignore

test('the content of many messages is kept together, not one after the other', async () => {
  const head = { id: 's', source: 'send', role: 'client', startedAt: '2026-01-02T03:04:05Z', host: 'h', port: 25, tls: 'none' } // prettier-ignore
  const records = [{ record: 'session', ...head }, ...[1, 2, 3].map(chunk)].map((one) => JSON.stringify(one))
  const text = `{"format":"relayscope-transcript","version":1,"records":[\n${records.join(',\n')}\n]}`
  const all = Promise.withResolvers<void>()
  const bodies = new Map<number, string>()
  let keeps = 0
  const openContent = (_session: string, body: number) => ({
    append: (bytes: Uint8Array) => {
      bodies.set(body, new TextDecoder().decode(bytes))
      return true
    },
    drain: () => Promise.resolve(),
    keep: () => {
      if (++keeps === 3) all.resolve()
      return all.promise
    },
    id: String(body),
    commit: () => Promise.resolve(),
    discard: () => {},
  })
  const given = {
    hub: { added: () => {} },
    store: { openContent, putTranscript: () => Promise.resolve() },
    ports: { clock: { now: () => new Date(), micros: () => 0 } },
  }
  expect(await importSessions(given, text)).toMatchObject({ sessions: [expect.any(String)], problems: [] })
  expect([...bodies]).toEqual([[1, 'm1'], [2, 'm2'], [3, 'm3']]) // prettier-ignore
})
