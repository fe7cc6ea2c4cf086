import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importAny } from '#engine/handlers/importAny.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { keptOfLine, wholeLineBody } from '#shared/transcript/longLine.ts'
import { fileOf } from '#shared/transcript/writer.ts'
import { type Bench, collect, openBench } from './support.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.stop())

const base = { session: 's', at: 5, phase: 'other', direction: 'none' } as const
const wait = (seq: number): TranscriptEvent => ({ ...base, seq, kind: 'wait', why: 'delay', took: 1 })
const finding: TranscriptEvent = {
  ...base, seq: 9, kind: 'finding', code: 'x', severity: 'info', side: 'server', confidence: 'certain',
  evidence: [3, 4, 7], message: '', next: '',
} // prettier-ignore
const line = (seq: number, raw: string): TranscriptEvent => ({
  ...base,
  seq,
  kind: 'line',
  direction: 'to-server',
  raw,
})
const head = { id: 's', source: 'send', role: 'client', startedAt: '2026-01-02T03:04:05Z', host: 'h', port: 25, tls: 'none' } as const // prettier-ignore
const fileWith = (...events: TranscriptEvent[]) => [...fileOf([{ head, events }])].join('')

/** Imports the text; answers with the one session's events. */
async function imported(text: string, gaps = 0): Promise<TranscriptEvent[]> {
  const { sessions, problems } = await bench.client.call('transcript.import', { text })
  expect(problems).toHaveLength(gaps)
  return collect(bench.client, 'transcript.events', { session: sessions[0]! }, (all) => all.at(-1)?.kind === 'end')
} // prettier-ignore

test('what a session was where it was recorded goes with it, from file to file', async () => {
  const { client } = bench
  const bring = async (text: string) => (await client.call('transcript.import', { text })).sessions[0]!
  const first = await bring(fileWith(wait(1)))
  expect(await client.call('transcript.get', { session: first })).toMatchObject({ source: 'import', origin: 'send' }) // prettier-ignore
  const again = await bring((await client.call('transcript.export', { session: first, bodies: false })).text)
  expect(await client.call('transcript.get', { session: again })).toMatchObject({ source: 'import', origin: 'send' }) // prettier-ignore
  const pasted = await bring('220 hi\nQUIT\n221 bye\n')
  expect(await client.call('transcript.get', { session: pasted })).not.toHaveProperty('origin')
})

test('numbers have no gaps, evidence follows, and an end is there', async () => {
  const events = await imported(fileWith(wait(3), wait(7), finding), 3)
  expect(events.map(({ seq, kind }) => [seq, kind])).toEqual([[1, 'wait'], [2, 'wait'], [3, 'finding'], [4, 'end']]) // prettier-ignore
  expect(events[2]).toMatchObject({ evidence: [1, 2] })
})

test('evidence is kept as it is where the numbers are', async () => {
  const events = await imported(fileWith(wait(1), wait(2), { ...finding, seq: 3, evidence: [1, 2, 8] })) // prettier-ignore
  expect(events[2]).toMatchObject({ evidence: [1, 2] })
})

test('a line of 10 MB keeps its first octets; all of it is there by range', async () => {
  const raw = `RCPT TO:<${'x'.repeat(10_000_000)}>\r\n`
  const events = await imported(fileWith(wait(1), line(2, raw), wait(3)))
  expect(events[1]).toMatchObject({ raw: raw.slice(0, keptOfLine), cutFrom: raw.length })
  const range = { session: events[0]!.session, body: wholeLineBody(2), from: raw.length - 5, size: 100 }
  const part = await bench.client.call('transcript.body', range)
  expect(part).toEqual({ base64: Buffer.from('xxx>\r\n').subarray(-5).toString('base64'), total: raw.length })
  // A case file takes all of it along where content is asked for, so that reading it again loses nothing.
  const { text } = await bench.client.call('transcript.export', { session: range.session, bodies: true })
  expect(text.includes('x'.repeat(10_000_000))).toBe(true)
  const without = await bench.client.call('transcript.export', { session: range.session, bodies: false })
  expect(without.text.length).toBeLessThan(2 * keptOfLine)
})

test('the result does not depend on how the file is cut', async () => {
  const text = fileWith(...Array.from({ length: 2500 }, (_, n) => line(n + 1, `NOOP ${n}\r\n`)))
  const whole = await imported(text)
  const { import: id } = await bench.client.call('transcript.beginImport', {})
  let read = 0
  for (let at = 0; at < text.length; at += 7777)
    read = (await bench.client.call('transcript.importPart', { import: id, text: text.slice(at, at + 7777) }))
      .events
  expect(read).toBe(2500)
  const { sessions } = await bench.client.call('transcript.endImport', { import: id })
  const pieces = await collect(bench.client, 'transcript.events', { session: sessions[0]! }, (all) => all.at(-1)?.kind === 'end') // prettier-ignore
  expect(pieces.map(({ session: _one, ...rest }) => rest)).toEqual(whole.map(({ session: _other, ...rest }) => rest)) // prettier-ignore
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
    queue: () => Promise.resolve(),
    discard: () => {},
  })
  const given = {
    hub: { added: () => {} },
    store: { openContent, putTranscript: () => Promise.resolve(), removeTranscripts: async () => 0 },
    ports: { clock: { now: () => new Date(), micros: () => 0 } },
  }
  expect(await importAny(given, text)).toMatchObject({ sessions: [expect.any(String)], problems: [] })
  expect([...bodies]).toEqual([[1, 'm1'], [2, 'm2'], [3, 'm3']]) // prettier-ignore
})

const piece = (seq: number, offset: number, raw?: string): TranscriptEvent => ({
  ...base, seq, kind: 'chunk', direction: 'to-server', phase: 'body', body: 1, offset, size: 2, last: offset === 6, encoding: 'data',
  ...(raw === undefined ? {} : { raw }),
}) // prettier-ignore

test('octets behind a gap in content do not take its place', async () => {
  const events = await imported(
    fileWith(piece(1, 0, 'ab'), piece(2, 2), piece(3, 4, 'ef'), piece(4, 6, 'gh')),
  )
  const range = { session: events[0]!.session, body: 1, from: 0, size: 100 }
  expect(await bench.client.call('transcript.body', range)).toEqual({ base64: btoa('ab'), total: 2 })
  const { text, notes } = await bench.client.call('transcript.export', {
    session: range.session,
    bodies: true,
  })
  expect(text.match(/"raw":"[^"]*"/g)).toEqual(['"raw":"ab"'])
  expect(notes).toEqual(['Missing of content 1: 6 octets, not kept, or removed since.'])
})

/** What the database holds once the engine has stopped. */
const rowsIn = (folder: string, table: 'sessions' | 'contents' | 'segments'): unknown => {
  const db = new DatabaseSync(join(folder, 'relayscope.db'))
  const row = db.prepare(`SELECT count(*) AS n FROM ${table}`).get()
  db.close()
  return row?.['n']
}

test('what is called off leaves neither its events nor its content, though no event was stored yet', async () => {
  const own = await openBench()
  try {
    const records = [{ record: 'session', ...head }, chunk(1), chunk(2)].map(
      (one) => `${JSON.stringify(one)},`,
    )
    const { import: id } = await own.client.call('transcript.beginImport', {})
    const text = `{"format":"relayscope-transcript","version":1,"records":[\n${records.join('\n')}\n`
    expect(await own.client.call('transcript.importPart', { import: id, text })).toMatchObject({ events: 2 })
    await own.client.call('transcript.endImport', { import: id, cancel: true })
    await own.halt()
    expect([rowsIn(own.folder, 'sessions'), rowsIn(own.folder, 'segments'), rowsIn(own.folder, 'contents')]).toEqual([0, 0, 0]) // prettier-ignore
  } finally {
    await own.stop()
  }
})

const end = (seq: number): TranscriptEvent => ({ ...base, seq, kind: 'end', outcome: 'completed', by: 'client', message: '' }) // prettier-ignore

test('no session of a file is in the list before all of them are, whatever the file says of its end', async () => {
  const events = [
    ...Array.from({ length: 1000 }, (_, n) => (n === 500 ? end(n + 1) : wait(n + 1))),
    wait(1001),
  ]
  const text = [...fileOf([{ head, events }, { head: { ...head, id: 't' }, events: [wait(1)].map((event) => ({ ...event, session: 't' })) }])].join('') // prettier-ignore
  const { client } = bench
  const { import: id } = await client.call('transcript.beginImport', {})
  const before = await client.call('transcript.list', {})
  await client.call('transcript.importPart', { import: id, text })
  expect((await client.call('transcript.list', {})).total).toBe(before.total)
  const { sessions } = await client.call('transcript.endImport', { import: id })
  const after = await client.call('transcript.list', {})
  expect([after.total - before.total, sessions.length]).toEqual([2, 2])
  for (const session of sessions) expect(await client.call('transcript.get', { session })).toMatchObject({ state: 'ended' }) // prettier-ignore
})
