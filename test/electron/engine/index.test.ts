import { writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { callEntries, streamEntries } from '#shared/rpc/registry.ts'
import { collect, openBench, send, startServer } from './handlers/support.ts'

test('every name of the contract has its handler', async () => {
  const bench = await openBench()
  const names = [...callEntries.keys(), ...streamEntries.keys()]
  expect(Object.keys(bench.engine.handlers).toSorted()).toEqual(names.toSorted())
  await bench.stop()
})

test('stopping ends live sessions, closes every socket, and can be asked twice', async () => {
  const bench = await openBench()
  const port = await startServer(bench.client)
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'data')
  const closed = once(socket, 'close')
  socket.resume()
  await Promise.all([bench.engine.stop(), bench.engine.stop()])
  await closed
  const refused = connect(port, '127.0.0.1')
  const [error]: unknown[] = await once(refused, 'error')
  expect(error).toMatchObject({ code: 'ECONNREFUSED' })
  await bench.stop()
})

test('what was recorded is there after a new start', async () => {
  const bench = await openBench()
  const session = await send(bench.client, await startServer(bench.client))
  await bench.halt()
  const again = await openBench({ dataFolder: bench.folder })
  const summary = await again.client.call('transcript.get', { session })
  expect(summary).toMatchObject({ state: 'ended', tone: 'good' })
  const events = await collect(
    again.client,
    'transcript.events',
    { session },
    (all) => all.at(-1)?.kind === 'end',
  )
  expect(events).toHaveLength(summary.events)
  expect(await again.client.call('inbox.list', {})).toMatchObject({ total: 1 })
  await again.stop()
})

test('a folder that cannot be made is said in words', async () => {
  const bench = await openBench()
  const file = join(bench.folder, 'file')
  await writeFile(file, '')
  await expect(openBench({ dataFolder: join(file, 'below') })).rejects.toThrow(
    /The data folder .* cannot be made \(ENOTDIR\)/,
  )
  await bench.stop()
})

test('a folder that another engine has is refused with the reason, and the first goes on', async () => {
  const bench = await openBench()
  await expect(openBench({ dataFolder: bench.folder })).rejects.toMatchObject({
    name: 'StoreError',
    code: 'locked',
  })
  expect(await bench.client.call('inbox.list', {})).toMatchObject({ total: 0 })
  await bench.stop()
})
