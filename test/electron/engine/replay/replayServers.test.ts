import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from 'node:net'
import { once } from 'node:events'
import { listen, mail } from '#test/support/dialogue/scriptedServer.ts'
import { type Bench, openBench, send } from '../handlers/support.ts'
import { eventsOf, newestOf, replayClient, replayServer } from '#test/support/replay.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.stop())

async function recorded(replies: Record<string, string>): Promise<string> {
  const server = await listen(mail({ replies }))
  const session = await send(bench.client, server.port)
  await server.close()
  return session
}

test('a refused recipient is refused again, and the replay is a transcript of its own', async () => {
  const session = await recorded({ RCPT: '550 5.1.1 no such user\r\n' })
  const replay = await replayServer(bench, session)
  const result = await replayClient(bench, session, { port: replay.port })
  expect(result).toMatchObject({
    outcome: 'rejected',
    recipients: [{ code: 550, reply: '550 5.1.1 no such user' }],
  })
  const newest = await newestOf(bench, replay)
  expect(await bench.client.call('transcript.get', { session: newest })).toMatchObject({
    source: 'server',
    replayOf: session,
    title: expect.stringMatching(/^Replay of 127/),
  })
  const events = await eventsOf(bench, newest)
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1))
  expect(await bench.client.call('replay.stop', { id: replay.id })).toEqual({ stopped: true })
  expect(await bench.client.call('replay.stop', { id: replay.id })).toEqual({ stopped: false })
})

test('a port that is taken, an address that others reach and an unknown recording are refused in words', async () => {
  const session = await recorded({})
  const replay = await replayServer(bench, session)
  const { client } = bench
  expect(await client.call('replay.server', { session, listener: { port: replay.port } })).toMatchObject({
    ok: false,
    problems: [{ field: 'listener.port', message: expect.stringContaining('taken by another program') }],
  })
  expect(await client.call('replay.server', { session, listener: { address: '0.0.0.0' } })).toMatchObject({
    ok: false,
    problems: [{ field: 'listener.address' }],
  })
  await expect(client.call('replay.server', { session: 'none' })).rejects.toThrow(/none/)
  await client.call('replay.stop', { id: replay.id })
})

test('a connection that was never made is said not to be replayable', async () => {
  const free = await listen(mail())
  await free.close()
  const session = await send(bench.client, free.port)
  expect(await bench.client.call('replay.server', { session })).toMatchObject({
    ok: false,
    problems: [{ field: 'session', message: expect.stringContaining('never made (refused)') }],
  })
})

test('stopping closes the clients; no replay is left in the list', async () => {
  const replay = await replayServer(bench, await recorded({}))
  const socket = connect(replay.port, '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'data')
  const closed = once(socket, 'close')
  socket.resume()
  await bench.client.call('replay.stop', { id: replay.id })
  await closed
  expect(await bench.client.call('replay.list', {})).toEqual({ replays: [] })
})
