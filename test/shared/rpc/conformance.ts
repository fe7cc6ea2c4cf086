/** Owns: what holds for rpc over every transport. Each transport's test runs this suite over real ports of its kind. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createRpcClient, type ConnectedClient } from '#shared/rpc/client.ts'
import { EventLog } from '#shared/rpc/eventLog.ts'
import { serveRpc } from '#shared/rpc/server.ts'
import type { Batch, Port } from '#shared/rpc/types.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { countingSource, eventAt, info, makeWorld, until, type World } from './support.ts'

/** Hands each new connection's engine end to `accept`. */
export type OpenTransport = (accept: (port: Port) => void) => Promise<{
  connect: () => Port | Promise<Port>
  stop: () => Promise<void>
}>

interface Rig {
  world: World
  /** Engine ends, in the order of their connections. */
  served: Port[]
  connect: () => Port | Promise<Port>
  client: ConnectedClient
  stop: () => Promise<void>
}

const timers = { set: (run: () => void) => setImmediate(run), clear: () => {} }

async function makeRig(open: OpenTransport): Promise<Rig> {
  const world = makeWorld()
  const served: Port[] = []
  const { connect, stop } = await open((port) => {
    served.push(port)
    serveRpc(port, world.handlers, {
      onFault: (name, error) => world.faults.push(`${name} ${String(error)}`),
    })
  })
  const client = createRpcClient(connect, { timers, window: 2 })
  const stopAll = async (): Promise<void> => {
    client.close()
    await stop()
  }
  return { world, served, connect, client, stop: stopAll }
}

interface Heard {
  batches: Batch<TranscriptEvent>[]
  closed: unknown
  numbers: number[]
}

/** Subscribes to a session and keeps what comes. */
function listen(client: ConnectedClient, session: string, each?: () => void | Promise<void>): Heard {
  const heard: Heard = { batches: [], closed: undefined, numbers: [] }
  client.stream(
    'transcript.events',
    { session },
    {
      batch: (batch) => {
        heard.batches.push(batch)
        for (let index = 0; index < batch.events.length; index++) heard.numbers.push(batch.first + index)
        return each?.()
      },
      closed: (error) => void (heard.closed = error),
    },
  )
  return heard
}

export function conformance(transport: string, open: OpenTransport): void {
  describe(`rpc over ${transport}`, () => {
    let rig: Rig
    beforeEach(async () => {
      rig = await makeRig(open)
    })
    afterEach(() => rig.stop())

    describe('calls', () => calls(() => rig))
    describe('streams', () => streams(() => rig))
    describe('loss', () => loss(() => rig))
    describe('hostile peers', () => hostile(() => rig, open))
  })
}

function calls(rig: () => Rig): void {
  test('a call is answered', async () => {
    expect(await rig().client.call('app.info', {})).toEqual(info)
  })

  test('a bad argument names the field, the value and what is right', async () => {
    const asked = rig().client.call('inbox.source', { id: 'm', from: -1, size: 1 })
    await expect(asked).rejects.toMatchObject({
      code: 'bad-argument',
      message: expect.stringMatching(/^from -1: .*>=0/),
    })
  })

  test('a name without a handler, or none of the contract, is unknown', async () => {
    await expect(rig().client.call('inbox.clear', {})).rejects.toMatchObject({ code: 'unknown-name' })
    const strange = 'constructor' as 'inbox.clear'
    await expect(rig().client.call(strange, {})).rejects.toMatchObject({ code: 'unknown-name' })
  })

  test('a handler that foresaw its error tells it; of another only that it happened', async () => {
    await expect(rig().client.call('inbox.get', { id: 'gone' })).rejects.toMatchObject({
      code: 'not-found',
      message: 'Message "gone" is not here.',
    })
    const other = await rig()
      .client.call('inbox.get', { id: 'x' })
      .catch((error: unknown) => error)
    expect(other).toMatchObject({ code: 'internal' })
    expect(JSON.stringify(other) + String(other)).not.toMatch(/hunter2|somebody/)
    expect(rig().world.faults).toEqual([expect.stringContaining('hunter2')])
  })

  test('cancelling fails the call at once and reaches the handler', async () => {
    const abort = new AbortController()
    const asked = rig().client.call('dialogue.result', { session: 's' }, { signal: abort.signal })
    await until(() => rig().world.signals.length === 1)
    abort.abort()
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' })
    await until(() => rig().world.signals[0]!.aborted)
  })

  test('a big result arrives whole', async () => {
    const { base64 } = await rig().client.call('inbox.source', { id: 'm', from: 0, size: 1 << 20 })
    expect(base64).toBe('A'.repeat(1 << 20))
  })
}

const nothingYet = (): Batch<TranscriptEvent> => ({ first: 1, events: [], lost: 0, ended: false })

function streams(rig: () => Rig): void {
  test('events are numbered from 1, in order, and the end is told', async () => {
    const log = new EventLog<TranscriptEvent>(5000)
    for (let seq = 1; seq <= 1200; seq++) log.append(eventAt(seq))
    rig().world.sources.set('s', log)
    const heard = listen(rig().client, 's')
    await until(() => heard.numbers.length === 1200)
    log.append(eventAt(1201))
    log.end()
    await until(() => heard.closed !== undefined)
    expect(heard.closed).toBeNull()
    expect(heard.numbers).toEqual(Array.from({ length: 1201 }, (_, index) => index + 1))
    expect(heard.batches.flatMap((batch) => batch.events.map((event) => event.seq))).toEqual(heard.numbers)
    expect(Math.max(...heard.batches.map((batch) => batch.events.length))).toBe(500)
  })

  test('a slow reader of 100,000 events never has more than its credit under way', async () => {
    const source = countingSource(100_000)
    rig().world.sources.set('s', source)
    let ahead = 0
    const heard = listen(rig().client, 's', async () => {
      // A whole round trip: the engine had its chance to send more than it may.
      await rig().client.call('app.info', {})
      ahead = Math.max(ahead, source.reached - (heard.numbers.length - heard.batches.at(-1)!.events.length))
    })
    await until(() => heard.closed !== undefined)
    expect(heard.numbers).toHaveLength(100_000)
    expect(ahead).toBeLessThanOrEqual(1000)
    expect(source.watchers).toBe(0)
  })

  test('what was evicted before it was read is told as lost', async () => {
    const log = new EventLog<TranscriptEvent>(10)
    for (let seq = 1; seq <= 25; seq++) log.append(eventAt(seq))
    rig().world.sources.set('s', log)
    const heard = listen(rig().client, 's')
    await until(() => heard.numbers.length === 10)
    expect(heard.batches[0]).toMatchObject({ first: 16, lost: 15 })
  })

  test('a stream that is not there closes with not-found', async () => {
    const heard = listen(rig().client, 'nobody')
    await until(() => heard.closed !== undefined)
    expect(heard.closed).toEqual({ code: 'not-found', message: 'Session "nobody" is not here.' })
  })

  test('closing a subscription stops the source being watched', async () => {
    const source = countingSource(0)
    rig().world.sources.set('s', { read: nothingYet, watch: (more) => source.watch(more) })
    const subscription = rig().client.stream(
      'transcript.events',
      { session: 's' },
      { batch: () => {}, closed: () => {} },
    )
    await until(() => source.watchers === 1)
    subscription.close()
    await until(() => source.watchers === 0)
  })
}

function loss(rig: () => Rig): void {
  test('what was asked fails as disconnected, its handler is cancelled, and a new call works again', async () => {
    const { client, world, served } = rig()
    const asked = client.call('dialogue.result', { session: 's' })
    await until(() => world.signals.length === 1)
    served[0]!.close()
    await expect(asked).rejects.toMatchObject({ code: 'disconnected' })
    expect(world.signals[0]!.aborted).toBe(true)
    await until(() => client.state === 'open')
    expect(await client.call('app.info', {})).toEqual(info)
    expect(served).toHaveLength(2)
  })

  test('a stream goes on after the last event seen, without gap or repetition', async () => {
    const { client, world, served } = rig()
    const log = new EventLog<TranscriptEvent>(5000)
    world.sources.set('s', log)
    for (let seq = 1; seq <= 700; seq++) log.append(eventAt(seq))
    const heard = listen(client, 's')
    await until(() => heard.numbers.length === 700)
    served[0]!.close()
    for (let seq = 701; seq <= 900; seq++) log.append(eventAt(seq))
    await until(() => heard.numbers.length >= 900)
    log.end()
    await until(() => heard.closed === null)
    expect(heard.numbers).toEqual(Array.from({ length: 900 }, (_, index) => index + 1))
  })

  test('the state of the connection can be watched', async () => {
    const { client, served } = rig()
    const states: string[] = [client.state]
    client.onState((state) => states.push(state))
    await client.call('app.info', {})
    served[0]!.close()
    await until(() => served.length === 2 && client.state === 'open')
    expect(states.join(' ')).toMatch(/^(?:connecting )?open lost open$/)
  })
}

/** A raw end: what the engine answers is kept. */
async function rawEnd(rig: Rig): Promise<{ port: Port; answers: unknown[]; closed: () => boolean }> {
  const port = await rig.connect()
  const answers: unknown[] = []
  let closed = false
  port.onClose(() => void (closed = true))
  port.onMessage((message) => answers.push(message))
  return { port, answers, closed: () => closed }
}

const garbage: unknown[] = [
  null,
  7,
  'text',
  [],
  { v: 2, t: 'call', id: 1, name: 'app.info', input: {} },
  { v: 1, t: 'call', id: -1, name: 'app.info', input: {} },
  { v: 1, t: 'call', id: 1.5, name: 'app.info', input: {} },
  { v: 1, t: 'call', id: 1, name: 'x'.repeat(101), input: {} },
  { v: 1, t: 'open', id: 1, name: 'transcript.events', key: {}, after: -1, credit: 1 },
  { v: 1, t: 'open', id: 1, name: 'transcript.events', key: {}, after: 0, credit: 1e9 },
  JSON.parse('{"v":1,"t":"call","id":1,"name":"app.info","input":' + '['.repeat(500) + ']'.repeat(500) + '}'),
]

function hostile(rig: () => Rig, open: OpenTransport): void {
  test('garbage harms nothing; too much of it closes the port', async () => {
    const { port, answers, closed } = await rawEnd(rig())
    for (const message of garbage) port.post(message)
    port.post({ v: 1, t: 'credit', id: 99, batches: 1 })
    port.post({ v: 1, t: 'close', id: 99 })
    port.post({ v: 1, t: 'cancel', id: 99 })
    port.post({ v: 1, t: 'call', id: 5, name: '__proto__', input: {} })
    port.post({ v: 1, t: 'call', id: 6, name: 'app.info', input: null })
    port.post({ v: 1, t: 'call', id: 7, name: 'app.info', input: {} })
    await until(() => answers.length === 3)
    expect(answers).toMatchObject([
      { id: 5, code: 'unknown-name' },
      { id: 6, code: 'bad-argument' },
      { id: 7, t: 'result' },
    ])
    for (const message of garbage) port.post(message)
    await until(closed)
    expect(await rig().client.call('app.info', {})).toEqual(info)
  })

  test('an id in use is refused, and streams beyond the limit too', async () => {
    rig().world.sources.set('s', new EventLog<TranscriptEvent>(1))
    const { port, answers } = await rawEnd(rig())
    const opening = { v: 1, t: 'open', name: 'transcript.events', key: { session: 's' }, after: 0, credit: 1 }
    for (let id = 1; id <= 256; id++) port.post({ ...opening, id })
    port.post({ ...opening, id: 1 })
    port.post({ ...opening, id: 257 })
    await until(() => answers.length === 2)
    expect(answers).toMatchObject([
      { id: 1, code: 'bad-argument' },
      { id: 257, code: 'bad-argument', message: 'More than 256 streams on one connection.' },
    ])
    port.close()
  })

  test('an engine that speaks nonsense is left, and nothing hangs', async () => {
    const ends: Port[] = []
    const { connect, stop } = await open((port) => {
      ends.push(port)
      port.onMessage(() => port.post({ v: 9, t: 'result', id: 1, value: info }))
    })
    const client = createRpcClient(connect)
    await expect(client.call('app.info', {})).rejects.toMatchObject({ code: 'disconnected' })
    expect(client.state).toBe('lost')
    client.close()
    await stop()
  })
}
