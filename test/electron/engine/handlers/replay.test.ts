import { expect, test } from 'vitest'
import { connect } from 'node:net'
import { once } from 'node:events'
import { collect, openBench, send, startServer } from './support.ts'
import { replayServer } from '#test/support/replay.ts'

test('replays that run are told as they change, and end with the engine', async () => {
  const bench = await openBench()
  const session = await send(bench.client, await startServer(bench.client))
  const replay = await replayServer(bench, session)
  const [state] = await collect(bench.client, 'replay.changes', {}, (all) => all.length > 0)
  expect(state!.replays).toEqual([expect.objectContaining({ id: replay.id, port: replay.port, session })])
  await bench.halt()
  const socket = connect(replay.port, '127.0.0.1')
  const [error]: unknown[] = await once(socket, 'error')
  expect(error).toMatchObject({ code: 'ECONNREFUSED' })
  await bench.stop()
})
