import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from 'node:net'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Bench, openBench } from '../handlers/support.ts'
import { eventsOf, newestOf, replayClient, replayServer } from '#test/support/replay.ts'
import { listen, mail } from '#test/support/dialogue/scriptedServer.ts'
import { send } from '../handlers/support.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.stop())

test('TLS is made for real with this installation’s certificate, by STARTTLS and from the first octet', async () => {
  const { client } = bench
  const listeners = [
    { port: 0, tls: 'starttls' as const },
    { port: 0, tls: 'implicit' as const },
  ]
  const { status } = await client.call('server.start', { config: { listeners } })
  const ca = readFileSync(join(bench.folder, 'certs/ca.pem'), 'utf8')
  for (const [place, tls] of [
    [0, 'starttls'],
    [1, 'implicit'],
  ] as const) {
    const target = {
      host: 'localhost',
      port: status.listeners[place]!.actualPort!,
      tls,
      ca,
      family: 4 as const,
    }
    const started = await client.call('dialogue.start', {
      target,
      auth: { mechanism: 'none' },
      message: { from: 'a@x.test', to: ['b@x.test'] },
    })
    if (!started.ok) throw new Error('not started')
    await client.call('dialogue.result', { session: started.session })
    const replay = await replayServer(bench, started.session)
    expect(replay.tls).toBe(tls)
    const result = await replayClient(bench, started.session, {
      host: 'localhost',
      port: replay.port,
      tls,
      ca,
      family: 4,
    })
    expect(result.outcome, result.message).toBe('accepted')
    const newest = await newestOf(bench, replay)
    expect((await eventsOf(bench, newest)).find(({ kind }) => kind === 'tls')).toMatchObject({
      outcome: 'established',
    })
    await client.call('replay.stop', { id: replay.id })
  }
})

test('thousands of commands at once are answered one after another', async () => {
  const server = await listen(mail())
  const session = await send(bench.client, server.port)
  await server.close()
  const replay = await replayServer(bench, session)
  const socket = connect(replay.port, '127.0.0.1')
  let heard = ''
  socket.on('data', (chunk: Buffer) => (heard += chunk.toString('latin1')))
  socket.end(`${'NOOP\r\n'.repeat(20_000)}QUIT\r\n`)
  await once(socket, 'close')
  expect(heard.split('\r\n').filter((line) => line.startsWith('250 2.0.0 Nothing done'))).toHaveLength(20_000)
  await bench.client.call('replay.stop', { id: replay.id })
})

test('the recorded server reset the connection: so does the replay', async () => {
  const server = await listen((socket) => {
    socket.write('220 hi\r\n')
    socket.once('data', () => socket.resetAndDestroy())
  })
  const session = await send(bench.client, server.port)
  await server.close()
  const replay = await replayServer(bench, session)
  const socket = connect(replay.port, '127.0.0.1')
  await once(socket, 'data')
  socket.write('EHLO me\r\n')
  const [error]: unknown[] = await once(socket, 'error')
  expect(error).toMatchObject({ code: 'ECONNRESET' })
  await bench.client.call('replay.stop', { id: replay.id })
})
