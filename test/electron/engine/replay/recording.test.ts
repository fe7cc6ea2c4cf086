import { afterAll, beforeAll, expect, test } from 'vitest'
import { previewOf, readRecording } from '#engine/replay/recording.ts'
import { StoreError } from '#engine/store/types.ts'
import { readFile } from '#shared/transcript/reader.ts'
import type { ClientStep } from '#shared/smtp/machine/replay/types.ts'
import { type Bench, openBench, send, startServer } from '../handlers/support.ts'

let bench: Bench
let session: string
beforeAll(async () => {
  bench = await openBench()
  session = await send(bench.client, await startServer(bench.client))
})
afterAll(() => bench.stop())

test('the preview names each line, the recipients and the size of the content', async () => {
  const { client, server } = await bench.client.call('replay.preview', { session })
  expect(client.lines.map(({ verb }) => verb ?? '')).toEqual(['EHLO', 'MAIL', 'RCPT', 'DATA', '', 'QUIT'])
  expect(client.lines[4]!.octets).toBeGreaterThan(0)
  expect(client).toMatchObject({
    recipients: ['bob@example.com'],
    mechanisms: [],
    notes: [],
    tls: 'none',
    total: 6,
  })
  expect(server).toEqual({ tls: 'none', notes: [] })
})

test('content that the store does not have is marked, and said', async () => {
  const { client } = bench
  const events = (await client.call('transcript.export', { session, bodies: false })).text
  const { sessions } = await client.call('transcript.import', { text: events })
  const preview = await client.call('replay.preview', { session: sessions[0]! })
  expect(preview.client.notes).toEqual([expect.stringContaining('the replay stops before it')])
})

test('content that is damaged is told as one that is not kept, and the rest can be replayed', async () => {
  const head = await bench.client.call('transcript.get', { session })
  const { text } = await bench.client.call('transcript.export', { session, bodies: false })
  const events = readFile(text).flatMap((item) => (item.type === 'event' ? [item.event] : []))
  const batch = { first: 1, events, lost: 0, ended: true }
  const given = {
    hub: {
      summary: async () => head,
      events: async () => ({ read: async () => batch, watch: () => () => {} }),
    },
    store: { readContent: () => Promise.reject(new StoreError('corrupt', 'Content 1 lacks a chunk.')) },
  }
  const preview = previewOf(await readRecording(given, session))
  expect(preview.client.notes).toEqual([expect.stringContaining('the replay stops before it')])
  expect(preview.server).toEqual({ tls: 'none', notes: [] })
})

test('secrets in lines stay masked, and what cannot be said is listed', async () => {
  const head = await bench.client.call('transcript.get', { session })
  const base = { phase: 'auth', after: 0, early: false, wait: 0 } as const
  const steps: ClientStep[] = [
    { ...base, kind: 'auth', mechanism: 'PLAIN' },
    { ...base, kind: 'unsayable', why: 'PASS with a secret' },
  ]
  const preview = previewOf({
    head,
    client: { greeting: null, steps, end: 'quit' },
    server: 'no word',
    problem: null,
  })
  expect(preview.client).toMatchObject({ mechanisms: ['PLAIN'], notes: ['Left out: PASS with a secret.'] })
  expect(preview.server.problem).toBe('no word')
})

test('a session that is not there is not found', async () => {
  const deps = {
    hub: { summary: async () => null, events: async () => null },
    store: { readContent: async () => null },
  }
  await expect(readRecording(deps, 'x')).rejects.toThrow(/x/)
})
