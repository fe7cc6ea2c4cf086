import { afterEach, expect, test } from 'vitest'
import type { ManyResult } from '#shared/rpc/contract/many.ts'
import { type CountingRules, type CountingServer, countingServer } from '#test/support/many/countingServer.ts'
import { start } from '#test/support/many/start.ts'

const servers: CountingServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})
async function serve(rules: CountingRules = {}): Promise<CountingServer> {
  const one = await countingServer(rules)
  servers.push(one)
  return one
}

/** No message is lost in the count, none is counted twice, and what was accepted is what the server kept. */
function adds(result: ManyResult, { kept }: CountingServer): void {
  const { accepted, rejected, failed, unsent, messages } = result
  expect(accepted + rejected + failed + unsent).toBe(messages)
  expect(accepted).toBe(kept.length)
  const numbers = kept.map((text) => /Subject: No\. (\d+)/.exec(text)?.[1])
  expect(new Set(numbers).size).toBe(kept.length)
  expect(result.done).toBe(true)
  expect(result.connections.open).toBe(0)
}

test('all messages over the connections that were allowed, each with its own number', async () => {
  const sink = await serve()
  const { run, kept } = await start(sink.port, { messages: 300, connections: 7 })
  const result = await run.result
  adds(result, sink)
  expect(result).toMatchObject({ outcome: 'accepted', accepted: 300, connections: { opened: 7, failed: 0 } })
  expect(sink.most()).toBeLessThanOrEqual(7)
  expect(result.latency?.count).toBe(300)
  expect(result.connect?.count).toBe(7)
  expect(result.latency!.p50).toBeGreaterThan(0)
  // 1, 2, 3 and 4; each of many messages, so that what was left out is said.
  expect(kept.size).toBe(4)
  expect(result.kept).toEqual([...kept.keys()])
})

test.each([1, 3])('%i messages on each connection', async (perConnection) => {
  const sink = await serve()
  const { run } = await start(sink.port, { messages: 20, connections: 2, perConnection })
  const result = await run.result
  adds(result, sink)
  const least = Math.ceil(20 / perConnection)
  expect([least, least + 1]).toContain(result.connections.opened)
})

test('a server that takes so many on a connection gets them on further ones, without a pause', async () => {
  const sink = await serve({ perConnection: 4 })
  const { run } = await start(sink.port, { messages: 50, connections: 3 })
  const result = await run.result
  adds(result, sink)
  expect(result).toMatchObject({ accepted: 50, backedOff: { times: 0 } })
  expect(result.connections.opened).toBeGreaterThan(12)
})

test('421 to the first message of a connection: it is left alone for a while, which is said, and goes on', async () => {
  const sink = await serve({ mail: (n) => (n === 5 ? '421 4.7.0 too fast' : undefined) })
  const { run } = await start(sink.port, { messages: 12, connections: 1, perConnection: 1 })
  const result = await run.result
  adds(result, sink)
  expect(result).toMatchObject({
    accepted: 12,
    backedOff: { times: 1, message: expect.stringContaining('too fast') },
  })
})

test('refusals are grouped by finding, each with its first dialogue', async () => {
  const sink = await serve({
    mail: (n) => (n % 10 === 3 ? '550 5.1.8 no such sender' : undefined),
    end: (n) => (n % 7 === 2 ? '451 4.3.0 try again' : undefined),
  })
  const { run, kept } = await start(sink.port, { messages: 100, connections: 4 })
  const result = await run.result
  adds(result, sink)
  expect(result.outcome).toBe('partly-accepted')
  expect(result.rejected).toBeGreaterThan(15)
  expect(result.failures.map(({ code }) => code).toSorted()).toEqual(['content-rejected', 'sender-rejected'])
  expect(result.failures.reduce((sum, { count }) => sum + count, 0)).toBe(result.rejected)
  for (const { session, code, message } of result.failures) {
    const { events, summary } = kept.get(session!)!
    expect(summary.title).toContain(code)
    expect(events.at(-1)).toMatchObject({ kind: 'end' })
    expect(events.some((event) => event.kind === 'reply' && message.startsWith(String(event.code)))).toBe(
      true,
    )
  }
})

test('a server that breaks off in the middle loses the count nothing', async () => {
  const sink = await serve({ cut: (n) => n % 5 === 0 })
  const { run } = await start(sink.port, { messages: 60, connections: 3 })
  const result = await run.result
  adds(result, sink)
  expect(result.failed).toBeGreaterThan(8)
  expect(result.failures[0]!.session).toBeDefined()
})

test('where nobody listens it gives up, and says what was not tried', async () => {
  const sink = await serve()
  await sink.close()
  const { run, kept } = await start(sink.port, { messages: 1000, connections: 2 })
  const result = await run.result
  adds(result, sink)
  expect(result).toMatchObject({ outcome: 'failed', accepted: 0 })
  expect(result.unsent).toBeGreaterThan(900)
  expect(result.failures).toMatchObject([{ code: 'tcp-refused' }])
  expect(kept.get(result.failures[0]!.session!)!.events.some(({ kind }) => kind === 'connect')).toBe(true)
})

test('a rate is kept', async () => {
  const sink = await serve()
  const { run } = await start(sink.port, { messages: 20, connections: 5, rate: 40 })
  const result = await run.result
  adds(result, sink)
  expect(result.elapsed).toBeGreaterThan(((20 - 4) / 40) * 1e6)
})

test('cancelled, it ends politely, and what was answered is what was kept', async () => {
  const sink = await serve()
  const { run } = await start(sink.port, { messages: 100_000, connections: 5, rate: 500 })
  await new Promise<void>((resolve) => {
    const stop = run.progress.watch(() => {
      stop()
      resolve()
    })
  })
  run.cancel()
  run.cancel()
  const result = await run.result
  adds(result, sink)
  expect(result.outcome).toBe('stopped')
})

test('cancelled while a server says nothing, it ends within its bound', async () => {
  const sink = await serve({ end: () => undefined, banner: () => '220-' })
  const { run } = await start(sink.port, { messages: 5, connections: 2 })
  run.cancel()
  const result = await run.result
  expect(result).toMatchObject({ outcome: 'stopped', unsent: 5, failed: 0 })
})

test('tells how it stands, and ends with the whole', async () => {
  const sink = await serve()
  const { run } = await start(sink.port, { messages: 30, connections: 2, rate: 60 })
  const result = await run.result
  const { events, ended } = await run.progress.read(0, 100)
  expect(ended).toBe(true)
  expect(events.length).toBeGreaterThan(1)
  expect(events.at(-1)).toMatchObject({ phase: 'done', done: true, accepted: 30 })
  const counts = events.map(({ accepted }) => accepted)
  expect(counts).toEqual(counts.toSorted((a, b) => a - b))
  expect(result.accepted).toBe(30)
})
