import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { shareSession } from '#engine/handlers/shareFile.ts'
import type { SessionSummary, TranscriptEvent } from '#shared/transcript/event.ts'
import { readFile } from '#shared/transcript/reader.ts'
import { fileOf } from '#shared/transcript/writer.ts'
import { type Bench, openBench, send, startServer } from './support.ts'

let bench: Bench
let session: string
beforeAll(async () => {
  bench = await openBench()
  session = await send(bench.client, await startServer(bench.client))
})
afterAll(() => bench.stop())

const everything = { addresses: false, names: false, bodies: false }

test('a case file with everything in it reads again, content included', async () => {
  const shared = await bench.client.call('transcript.share', { session, format: 'case', redact: everything })
  expect(shared).toMatchObject({ mime: 'application/json', replaced: { addresses: 0, names: 0, bodies: 0 } })
  expect(shared.name).toMatch(/\.relayscope\.json$/)
  const items = readFile(shared.text!)
  expect(items.filter((item) => item.type === 'problem')).toEqual([])
  const chunks = items.flatMap((item) =>
    item.type === 'event' && item.event.kind === 'chunk' ? [item.event] : [],
  )
  expect(chunks.some(({ raw }) => raw !== undefined)).toBe(true)
})

test('a body that the disk has lost is left out and told; all the rest leaves', async () => {
  const own = await openBench()
  const head = await bench.client.call('transcript.get', { session })
  const sized = (seq: number, body: number, raw: string): TranscriptEvent => ({ session, seq, at: seq, kind: 'chunk', phase: 'body', direction: 'to-server', body, offset: 0, size: raw.length, last: true, encoding: 'data', raw }) // prettier-ignore
  const events = [sized(1, 1, 'large\r\n'.repeat(200_000)), sized(2, 2, 'Subject: small\r\n\r\nhi\r\n')]
  const text = [...fileOf([{ head, events }])].join('')
  const { sessions } = await own.client.call('transcript.import', { text })
  const [large] = readdirSync(join(own.folder, 'contents'))
  rmSync(join(own.folder, 'contents', large!))
  const redact = { ...everything }
  const shared = await own.client.call('transcript.share', { session: sessions[0]!, format: 'case', redact })
  const exported = await own.client.call('transcript.export', { session: sessions[0]! })
  const missing = ['Missing of content 1: 1.3 MiB, unreadable in the data folder.']
  expect([shared.notes, exported.notes]).toEqual([missing, missing])
  for (const file of [shared.text!, exported.text]) {
    const chunks = readFile(file).flatMap((item) => (item.type === 'event' && item.event.kind === 'chunk' ? [item.event] : [])) // prettier-ignore
    expect(chunks.map(({ size, raw }) => [size, raw])).toEqual([[1_400_000, undefined], [22, 'Subject: small\r\n\r\nhi\r\n']]) // prettier-ignore
  }
  await own.stop()
})

test('without bodies their octets are gone and their sizes stay', async () => {
  const redact = { ...everything, bodies: true }
  const shared = await bench.client.call('transcript.share', { session, format: 'case', redact })
  expect(shared.replaced.bodies).toBe(1)
  const chunks = readFile(shared.text!).flatMap((item) =>
    item.type === 'event' && item.event.kind === 'chunk' ? [item.event] : [],
  )
  expect(chunks.every(({ raw }) => raw === undefined)).toBe(true)
  expect(chunks.some(({ size }) => size > 0)).toBe(true)
})

test('as text, under a name that says so', async () => {
  const shared = await bench.client.call('transcript.share', { session, format: 'text', redact: everything })
  expect(shared.name).toMatch(/\.txt$/)
  expect(shared.text).toContain('MAIL FROM:')
  expect(shared.base64).toBeUndefined()
})

test('by default nobody is named and no content is in it', async () => {
  const { text, replaced } = await bench.client.call('transcript.share', { session, format: 'case' })
  expect(text).toMatch(/MAIL FROM:<person\d+@domain\d+\.example>/)
  expect(replaced).toMatchObject({ bodies: 1 })
  expect(replaced.addresses).toBeGreaterThan(0)
  expect(readFile(text!).filter((item) => item.type === 'problem')).toEqual([])
})

test('a long file is written in turns, and its base64 is of one piece', async () => {
  const long = Array.from({ length: 3000 }, (_, i): TranscriptEvent => ({ session: 's', seq: i + 1, at: i, phase: 'other', direction: 'to-server', kind: 'line', raw: `NOOP ${i}\r\n` })) // prettier-ignore
  const head = await bench.client.call('transcript.get', { session })
  const given = {
    hub: {
      summary: async () => head,
      events: async () => ({ read: async () => ({ first: 1, events: long, lost: 0, ended: true }), watch: () => () => {} }), // prettier-ignore
    },
    store: { readContent: async () => null },
    ports: { version: '0' },
  }
  const never = new AbortController().signal
  const { base64 } = await shareSession(given, 's', 'pcapng', everything, never)
  const octets = Buffer.from(base64!, 'base64')
  expect(octets.toString('base64')).toBe(base64)
  expect(octets.subarray(0, 4)).toEqual(Buffer.from([0x0a, 0x0d, 0x0d, 0x0a]))
  expect(octets.length).toBeGreaterThan(64 << 10)
  const { text } = await shareSession(given, 's', 'text', everything, never)
  expect(text!.match(/NOOP \d+/g)).toEqual(long.map((_, i) => `NOOP ${i}`))
})

test('a format that is not offered and a session that is not there are told', async () => {
  const { client } = bench
  const wrong = { session, format: 'gif' as 'text' }
  await expect(client.call('transcript.share', wrong)).rejects.toMatchObject({ code: 'bad-argument' })
  const gone = { session: 'nobody', format: 'text' as const, redact: everything }
  await expect(client.call('transcript.share', gone)).rejects.toMatchObject({ code: 'not-found' })
})

const summary: SessionSummary = {
  id: 's', source: 'send', role: 'client', startedAt: '2026-01-02T03:04:05.678Z', host: 'h', port: 25,
  tls: 'none', state: 'ended', events: 1, tone: 'good', words: '', took: 1, messages: [],
} // prettier-ignore

test('a session without end gives an error in words instead of all the memory there is', async () => {
  const raw = 'x'.repeat(1 << 20)
  const event = (seq: number): TranscriptEvent => ({
    session: 's', seq, at: seq, phase: 'other', direction: 'to-client', kind: 'reply', raw,
  }) // prettier-ignore
  const read = (after: number) => ({ first: after + 1, events: [event(after + 1)], lost: 0, ended: false })
  const given = {
    hub: {
      summary: () => Promise.resolve(summary),
      events: () => Promise.resolve({ read, watch: () => () => {} }),
    },
    store: { readContent: () => Promise.resolve(null) },
    ports: { version: '1.2.3' },
  }
  await expect(
    shareSession(given, 's', 'text', everything, new AbortController().signal),
  ).rejects.toMatchObject({ code: 'bad-argument' })
})
