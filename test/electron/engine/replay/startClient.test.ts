import { createServer } from 'node:net'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { type Bench, openBench, send, startServer } from '../handlers/support.ts'
import { portOf } from '#test/support/server/place.ts'
import { eventsOf, findings, inbox, replayClient } from '#test/support/replay.ts'

let bench: Bench
let port: number
let session: string
beforeAll(async () => {
  bench = await openBench()
  port = await startServer(bench.client)
  session = await send(bench.client, port)
})
afterAll(() => bench.stop())

test('a recorded client says the same again, and the message arrives octet for octet', async () => {
  const result = await replayClient(bench, session, { port })
  expect(result).toMatchObject({
    outcome: 'accepted',
    recipients: [{ address: 'bob@example.com', accepted: true }],
  })
  const [again, first] = await inbox(bench)
  expect(again).toBe(first)
  const lines = async (id: string): Promise<string[]> =>
    (await eventsOf(bench, id)).flatMap((event) => (event.kind === 'line' ? [event.raw] : []))
  expect(await lines(result.session)).toEqual(await lines(session))
  const summary = await bench.client.call('transcript.get', { session: result.session })
  expect(summary).toMatchObject({
    source: 'send',
    replayOf: session,
    title: expect.stringMatching(/^Replay of /),
  })
})

test('what was recorded by the server is said as well, and a replay can be replayed: its content is kept', async () => {
  const { items } = await bench.client.call('transcript.list', { source: 'server' })
  const ofServer = await replayClient(bench, items.at(-1)!.id, { port })
  expect(ofServer.outcome).toBe('accepted')
  const again = await replayClient(bench, ofServer.session, { port })
  expect(again.outcome).toBe('accepted')
  const kept = await inbox(bench)
  expect(new Set(kept).size).toBe(1)
})

test('it can be stepped and dropped like any dialogue', async () => {
  const { client } = bench
  const started = await client.call('replay.client', {
    session,
    target: { host: '127.0.0.1', port, tls: 'none' },
    step: true,
  })
  if (!started.ok) throw new Error('not started')
  const key = { session: started.session }
  await client.call('dialogue.act', { ...key, action: { type: 'drop' } })
  expect((await client.call('dialogue.result', key)).outcome).toBe('stopped')
})

test('STARTTLS that is required and not offered ends it before the message, in words', async () => {
  const { status } = await bench.client.call('server.status', {}).then((now) => ({ status: now }))
  expect(status.running).toBe(true)
  const result = await replayClient(bench, session, { port, tls: 'starttls' })
  expect(result.outcome).toBe('failed')
  expect(findings(await eventsOf(bench, result.session))).toContain('starttls-not-offered')
})

test('what is wrong is said by its field, and nothing is dialled', async () => {
  const { client } = bench
  const target = { host: 'no host', port: 0, tls: 'none' } as const
  const wrong = await client.call('replay.client', { session, target })
  expect(wrong).toMatchObject({ ok: false, problems: [{ field: 'target.host' }, { field: 'target.port' }] })
  const auth = { mechanism: 'auto', user: 'me', password: 'secret' } as const
  const signs = await client.call('replay.client', {
    session,
    target: { host: '127.0.0.1', port, tls: 'none' },
    auth,
  })
  expect(signs).toMatchObject({ ok: false, problems: [{ field: 'auth.user' }] })
  await expect(client.call('replay.client', { session: 'none', target })).rejects.toThrow(/none/)
})

test('where it parted is told as its finding tells it: no gap in our own words tells the password', async () => {
  let greeting = '220 hi'
  const peer = createServer((socket) => {
    socket.on('error', () => {})
    socket.write(`${greeting}\r\n`)
    socket.on('data', (octets) => {
      const line = octets.toString()
      socket.write(line.startsWith('EHLO') ? '250-x\r\n250 AUTH PLAIN\r\n' : line.startsWith('AUTH') ? '535 no\r\n' : '221 bye\r\n') // prettier-ignore
    })
  })
  await new Promise<void>((resolve) => peer.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void peer.close())
  const auth = { mechanism: 'auto', user: 'me', password: 'server', allowUnprotected: true } as const
  const target = { host: '127.0.0.1', port: portOf(peer), tls: 'none' } as const
  const refused = await bench.client.call('dialogue.start', { target, auth })
  if (!refused.ok) throw new Error(JSON.stringify(refused.problems))
  await bench.client.call('dialogue.result', { session: refused.session })
  greeting = '554 no server here'
  const { message } = await replayClient(bench, refused.session, target, { auth })
  expect(message).toContain(
    'At the greeting the server answered otherwise than recorded: 554 no ******** here',
  )
})
