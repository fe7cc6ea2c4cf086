import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bench, collect, openBench, send, startServer } from './support.ts'

let bench: Bench
let port: number
beforeAll(async () => {
  bench = await openBench()
  port = await startServer(bench.client)
})
afterAll(() => bench.stop())

const ended = (events: { kind: string }[]): boolean => events.at(-1)?.kind === 'end'

test('both ends of a delivery are recorded, each with its content', async () => {
  const { client } = bench
  const session = await send(client, port)
  const events = await collect(client, 'transcript.events', { session }, ended)
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
  const { items } = await client.call('transcript.list', {})
  const server = items.find(({ source }) => source === 'server')
  expect(await client.call('transcript.get', { session })).toMatchObject({ id: session, source: 'send' })
  const sent = await client.call('transcript.body', { session, body: 1, from: 0, size: 1 << 20 })
  const got = await client.call('transcript.body', { session: server!.id, body: 1, from: 0, size: 1 << 20 })
  expect(Buffer.from(sent.base64, 'base64').toString()).toContain(
    'subject: Hello'.replace('subject', 'Subject'),
  )
  expect(sent.total).toBeGreaterThan(0)
  // The server writes its Received field before the content, if it writes one at all.
  expect(Buffer.from(got.base64, 'base64').toString()).toContain(
    Buffer.from(sent.base64, 'base64').toString(),
  )
})

test('removing is told, and what is gone is not found', async () => {
  const { client } = bench
  const session = await send(client, port)
  await collect(client, 'transcript.events', { session }, ended)
  expect(await client.call('transcript.remove', { sessions: [session] })).toEqual({ removed: 1 })
  await collect(client, 'transcript.changes', {}, (all) => all.some((change) => change.type === 'gone'))
  for (const name of ['transcript.get', 'transcript.export'] as const)
    await expect(client.call(name, { session })).rejects.toMatchObject({ code: 'not-found' })
  await expect(collect(client, 'transcript.events', { session }, () => true)).rejects.toThrow('not here')
  const body = client.call('transcript.body', { session: 'none', body: 1, from: 0, size: 1 })
  await expect(body).rejects.toMatchObject({ code: 'not-found' })
})

test('what is exported can be imported, beside the original, with its content', async () => {
  const { client } = bench
  const session = await send(client, port)
  const events = await collect(client, 'transcript.events', { session }, ended)
  const { name, text } = await client.call('transcript.export', { session })
  expect(name).toMatch(/^send-127\.0\.0\.1-\d+-\d{8}T\d{6}Z\.relayscope\.json$/)
  const told = collect(client, 'transcript.changes', {}, (all) =>
    all.some((change) => change.type === 'put' && change.summary.source === 'import'),
  )
  const imported = await client.call('transcript.import', { text })
  await told
  expect(imported.problems).toEqual([])
  const id = imported.sessions[0]!
  expect(id).not.toBe(session)
  const original = await client.call('transcript.get', { session })
  expect(await client.call('transcript.get', { session: id })).toMatchObject({
    source: 'import',
    startedAt: original.startedAt,
    words: original.words,
  })
  const again = await collect(client, 'transcript.events', { session: id }, ended)
  expect(again.map((event) => ({ ...event, session }))).toEqual(events)
  const range = { body: 1, from: 0, size: 1 << 20 }
  expect(await client.call('transcript.body', { session: id, ...range })).toEqual(
    await client.call('transcript.body', { session, ...range }),
  )
})
