import { afterAll, beforeAll, expect, test } from 'vitest'
import { composer } from '#engine/handlers/dialogue.ts'
import { toBase64, utf8 } from '#shared/bytes/bytes.ts'
import { Message } from '#shared/rpc/contract/dialogue.ts'
import { type Bench, collect, openBench, send, startServer } from './support.ts'

let bench: Bench
let port: number
beforeAll(async () => {
  bench = await openBench()
  port = await startServer(bench.client)
})
afterAll(() => bench.stop())

const target = () => ({ host: '127.0.0.1', port, tls: 'none' as const })
const message = { from: 'Ann <ann@example.com>', to: ['bob@example.com'], subject: 'S', text: 'T' }

test('a dialogue runs to its end and tells its result, late askers too', async () => {
  const session = await send(bench.client, port)
  const result = await bench.client.call('dialogue.result', { session })
  expect(result).toMatchObject({ session, outcome: 'accepted', recipients: [{ accepted: true, code: 250 }] })
})

test('it is held at the gate, stepped, and dropped', async () => {
  const { client } = bench
  const started = await client.call('dialogue.start', {
    target: target(),
    auth: { mechanism: 'none' },
    message,
    step: true,
  })
  if (!started.ok) throw new Error('refused')
  const { session } = started
  const states = await collect(
    client,
    'dialogue.gate',
    { session },
    (all) => all.at(-1)?.held?.verb === 'EHLO',
  )
  expect(states.at(-1)?.mode).toBe('step')
  expect(await client.call('dialogue.act', { session, action: { type: 'step' } })).toEqual({ ok: true })
  await collect(client, 'dialogue.gate', { session }, (all) => all.at(-1)?.held?.verb === 'MAIL')
  expect(await client.call('dialogue.act', { session, action: { type: 'drop' } })).toEqual({ ok: true })
  expect((await client.call('dialogue.result', { session })).outcome).not.toBe('accepted')
  const late = await client.call('dialogue.act', { session, action: { type: 'step' } })
  expect(late).toMatchObject({ ok: false })
})

test('a plan with problems names its fields and starts nothing', async () => {
  const started = await bench.client.call('dialogue.start', {
    target: { ...target(), port: 70000 },
    auth: { mechanism: 'none' },
    message: { ...message, to: ['not an address'] },
  })
  if (started.ok) throw new Error('started')
  expect(started.problems.map(({ field }) => field)).toContain('target.port')
})

test('an unknown session is not found, for each of the calls', async () => {
  const unknown = { session: 'none' }
  await expect(bench.client.call('dialogue.result', unknown)).rejects.toMatchObject({ code: 'not-found' })
  const acted = bench.client.call('dialogue.act', { ...unknown, action: { type: 'run' } })
  await expect(acted).rejects.toMatchObject({ code: 'not-found' })
  await expect(collect(bench.client, 'dialogue.gate', unknown, () => true)).rejects.toThrow('not here')
})

test('a session of the local server that ended before anyone asked for its gate says so', async () => {
  const { client } = bench
  await send(client, port)
  const ended = async () => {
    const { items } = await client.call('transcript.list', { source: 'server', limit: 10 })
    return items.find(({ state }) => state === 'ended')?.id
  }
  await expect.poll(ended).toBeDefined()
  const session = (await ended())!
  const [state] = await collect(client, 'dialogue.gate', { session }, (all) => all.length > 0)
  expect(state).toMatchObject({ mode: 'ended', role: 'server' })
  const late = await client.call('dialogue.act', { session, action: { type: 'step' } })
  expect(late).toEqual({ ok: false, problem: 'This session has ended.' })
})

test('what is being composed while the engine stops is not sent', async () => {
  const own = await openBench()
  const started = own.client.call('dialogue.start', {
    target: target(),
    auth: { mechanism: 'none' },
    message,
  })
  // The call arrives in a microtask; composing takes longer than that.
  await Promise.resolve()
  const stopped = own.engine.stop()
  expect(await started).toMatchObject({ ok: false, problems: [{ field: 'request' }] })
  await stopped
  await own.stop()
})

test("a Message-ID takes the sender's domain, never this computer's name", async () => {
  const compose = composer({ now: () => new Date('2026-01-02T03:04:05Z'), micros: () => 0 })
  for (const [from, domain] of [
    ['Ann <ann@mail.example.com>', 'mail.example.com'],
    ['ann@[192.0.2.1]', 'relayscope.invalid'],
  ] as const) {
    const composed = await compose(Message.parse({ ...message, from }), {})
    if (!composed.ok) throw new Error(JSON.stringify(composed.problems))
    const { bytes } = await composed.source.read(100_000)
    const text = new TextDecoder().decode(bytes)
    expect(/^Message-ID: <[0-9a-f-]{36}@(\S+)>\r$/im.exec(text)?.[1]).toBe(domain)
  }
})

test('what a person should know of the message is said at the head of the transcript', async () => {
  const { client } = bench
  const raw = toBase64(utf8('From: a@example.com\r\nTo: b@example.com\r\n\r\nno end'))
  const started = await client.call('dialogue.start', {
    target: target(),
    auth: { mechanism: 'none' },
    message: { from: '', to: [], raw },
  })
  if (!started.ok) throw new Error(JSON.stringify(started.problems))
  const { session } = started
  expect(await client.call('dialogue.result', { session })).toMatchObject({
    outcome: 'accepted',
    recipients: [{ address: 'b@example.com' }],
  })
  const [first] = await collect(client, 'transcript.events', { session }, (events) => events.length > 0)
  expect(first).toMatchObject({ kind: 'remark', text: expect.stringContaining('no CRLF') })
})

test('a client of the local server is held and answered by its session id, as a dialogue is stepped', async () => {
  const { client } = bench
  const held = await client.call('server.hold', { who: 'next', breakpoints: ['RCPT'] })
  expect(held.problems).toEqual([])
  const started = await client.call('dialogue.start', {
    target: target(),
    auth: { mechanism: 'none' },
    message,
  })
  if (!started.ok) throw new Error('refused')
  const arrived = await collect(client, 'server.changes', {}, (all) => (all.at(-1)?.held?.length ?? 0) > 0)
  const [session] = arrived.at(-1)!.held!
  const states = await collect(
    client,
    'dialogue.gate',
    { session: session! },
    (all) => all.at(-1)?.held !== undefined,
  )
  expect(states.at(-1)).toMatchObject({ role: 'server', answering: 'RCPT' })
  const raw = '550 5.1.1 nobody\r\n'
  await client.call('dialogue.act', { session: session!, action: { type: 'edit', raw } })
  expect(await client.call('dialogue.result', { session: started.session })).toMatchObject({
    outcome: 'rejected',
    recipients: [{ accepted: false, code: 550 }],
  })
})
