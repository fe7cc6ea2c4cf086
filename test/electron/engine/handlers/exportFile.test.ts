import { afterAll, beforeAll, expect, test } from 'vitest'
import { exportName, exportSession } from '#engine/handlers/exportFile.ts'
import type { SessionSummary, TranscriptEvent } from '#shared/transcript/event.ts'
import { readFile } from '#shared/transcript/reader.ts'
import { type Bench, openBench, send, startServer } from './support.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.stop())

test('without bodies the octets of content are left out', async () => {
  const { client } = bench
  const session = await send(client, await startServer(client))
  const raws = async (bodies: boolean): Promise<boolean[]> => {
    const { text } = await client.call('transcript.export', { session, bodies })
    return readFile(text).flatMap((item) =>
      item.type === 'event' && item.event.kind === 'chunk' && item.event.size > 0
        ? [item.event.raw !== undefined]
        : [],
    )
  }
  expect(new Set(await raws(true))).toEqual(new Set([true]))
  expect(new Set(await raws(false))).toEqual(new Set([false]))
})

const summary: SessionSummary = {
  id: 's', source: 'send', role: 'client', startedAt: '2026-01-02T03:04:05.678Z', host: '../../etc/:x\u0000', port: 25,
  tls: 'none', state: 'ended', events: 1, tone: 'good', words: '', took: 1, messages: [],
} // prettier-ignore

test("a file's name holds nothing that a file system could take amiss", () => {
  expect(exportName(summary)).toBe('send-_.._etc_x_-25-20260102T030405Z.relayscope.json')
  expect(exportName({ ...summary, host: '..' })).toBe('send-host-25-20260102T030405Z.relayscope.json')
})

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
  await expect(exportSession(given, 's', false)).rejects.toMatchObject({ code: 'bad-argument' })
  await expect(exportSession(given, 's', true)).rejects.toThrow('without bodies')
})
