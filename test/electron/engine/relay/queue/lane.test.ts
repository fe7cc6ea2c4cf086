import { expect, test } from 'vitest'
import type { Recorder } from '#engine/transcripts/types.ts'
import { hopTo, rulesNow, smtp, whenQueue } from '#test/support/relay/queue.ts'
import { isOver, queueTests, wasTried } from '#test/support/relay/queueTests.ts'

const { serve, start, nobody } = queueTests()

/** Looking at each of a hundred thousand events against the schema takes longer than sending them. */
const quietRecorder = (events: { count: number }): Recorder => ({
  session: 'quiet',
  seq: 1,
  elapsed: () => 0,
  conceal: () => {},
  held: () => {},
  delivered: () => {},
  write: (body) => ({ ...body, session: 'quiet', seq: ++events.count, at: 0 }),
})

test('never more connections than the rules allow', async () => {
  const server = await serve()
  const kit = await start({ route: () => smtp([hopTo(server.port)], { maxConnections: 3 }), load: false })
  for (let n = 0; n < 200; n++) kit.send([`u${n}@x.example`])
  await kit.queue.load()
  await server.whenKept(200)
  expect(server.most()).toBeLessThanOrEqual(3)
  expect(server.connections()).toBeLessThanOrEqual(6)
})

test('ten thousand legs, each once', async () => {
  const server = await serve()
  const events = { count: 0 }
  const hub = { begin: () => quietRecorder(events) }
  const kit = await start({
    route: () => smtp([hopTo(server.port)], { maxConnections: 10 }),
    deps: { hub },
    load: false,
  })
  for (let n = 0; n < 10_000; n++) kit.send([`u${n}@x.example`])
  await kit.queue.load()
  await whenQueue(kit.queue, () => kit.queue.counts().delivered === 10_000)
  expect(new Set(server.kept.map(({ to }) => to[0])).size).toBe(10_000)
  expect(server.kept.length).toBe(10_000)
  expect(server.most()).toBeLessThanOrEqual(10)
  expect(server.connections()).toBeLessThanOrEqual(70)
  expect(kit.store.all().every(({ state }) => state === 'delivered')).toBe(true)
})

test('so many messages on a connection, then another', async () => {
  const server = await serve()
  const kit = await start({
    route: () => smtp([hopTo(server.port)], { maxConnections: 1 }),
    deps: { limits: { messages: 4 } },
    load: false,
  })
  for (let n = 0; n < 10; n++) kit.send([`u${n}@x.example`])
  await kit.queue.load()
  await server.whenKept(10)
  expect(server.connections()).toBe(3)
  expect([...kit.hub.sessions.values()].map(({ head }) => head.title)).toEqual([
    'To x.example, 4 messages',
    'To x.example, 4 messages',
    'To x.example, 2 messages',
  ])
})

test('a dead host, and thousands who wait for it: each is tried once, in turns', async () => {
  const gone = await nobody()
  const events = { count: 0 }
  const kit = await start({
    route: () => smtp([hopTo(gone)]),
    deps: { hub: { begin: () => quietRecorder(events) } },
    load: false,
  })
  for (let n = 0; n < 1700; n++) kit.send([`u${n}@x.example`])
  await kit.queue.load()
  await kit.store.when((store) => store.all().every(wasTried))
  const words = new Set(kit.store.all().flatMap(({ history }) => history.map((tried) => tried.words)))
  expect([...words]).toEqual([`Connection refused on port ${gone}`])
  expect(kit.store.all().every(({ tries, history }) => tries === 1 && history.length === 1)).toBe(true)
})

test('a connection that cannot be begun is a later try, not the next one at once', async () => {
  let begun = 0
  const hub = {
    begin: () => {
      begun++
      throw new Error('no session')
    },
  }
  const kit = await start({ route: () => smtp([hopTo(9)]), deps: { hub } })
  const { legs } = kit.send(['b@x.example'])
  const leg = await kit.store.whenLeg(legs[0]!.id, wasTried)
  expect(leg).toMatchObject({ state: 'waiting', history: [{ outcome: 'again' }] })
  expect(leg.history[0]).not.toHaveProperty('session')
  expect([begun, kit.logged.length]).toEqual([1, 1])
})

test('an idle connection is closed with QUIT', async () => {
  const server = await serve()
  const kit = await start({ route: () => smtp([hopTo(server.port)]) })
  kit.send(['b@x.example'])
  await kit.hub.when('session-1', ({ kind }) => kind === 'end')
  expect(server.lines.at(-1)).toBe('QUIT')
})

test('a rate: no more messages in a span than it says', async () => {
  const times: number[] = []
  const server = await serve({ mail: () => void times.push(performance.now()) })
  const kit = await start({
    route: () => smtp([hopTo(server.port)], { maxRate: { messages: 5, per: 1000 } }),
    load: false,
  })
  for (let n = 0; n < 5; n++) kit.send([`u${n}@x.example`])
  await kit.queue.load()
  await server.whenKept(3)
  expect(times[2]! - times[0]!).toBeGreaterThanOrEqual(390)
})

test('a server that is slow holds up its own mail alone', async () => {
  const slow = await serve({ banner: () => null })
  const quick = await serve()
  const kit = await start({
    route: ({ domain }) => smtp([hopTo(domain === 'slow.example' ? slow.port : quick.port)]),
    deps: { limits: { connections: 3 } },
    load: false,
  })
  for (let n = 0; n < 300; n++) kit.send([`u${n}@${n < 200 ? 'slow' : 'quick'}.example`])
  await kit.queue.load()
  await quick.whenKept(100)
  expect(slow.connections()).toBe(1)
  const { waiting, delivering } = kit.queue.counts()
  expect(waiting + delivering).toBeGreaterThanOrEqual(200)
})

test('421 to a later message on a connection: another connection, and no try is counted', async () => {
  const server = await serve({
    mail: (_, n) => (n === 2 ? '421 4.7.0 enough on this connection' : undefined),
  })
  const kit = await start({ route: () => smtp([hopTo(server.port)], { maxConnections: 1 }), load: false })
  const sent = [1, 2].map((n) => kit.send([`u${n}@x.example`]))
  await kit.queue.load()
  const legs = await Promise.all(sent.map(({ legs: [leg] }) => kit.store.whenLeg(leg!.id, isOver)))
  expect([legs.map(({ tries }) => tries), server.connections()]).toEqual([[1, 1], 2])
})

test('a server that takes so many connections gets no more of them, and no leg suffers', async () => {
  const open = { count: 0 }
  const server = await serve({
    banner: () => (++open.count > 2 ? '421 4.7.0 Too many connections' : undefined),
  })
  const kit = await start({ route: () => smtp([hopTo(server.port)]), load: false })
  const sent = Array.from({ length: 40 }, (_, n) => kit.send([`u${n}@x.example`]))
  await kit.queue.load()
  for (const { legs } of sent)
    expect((await kit.store.whenLeg(legs[0]!.id, wasTried)).state).toBe('delivered')
})

test('a connection that dies while it is idle costs nothing', async () => {
  const server = await serve({ mail: (_, n) => (n === 2 ? 'drop' : undefined) })
  const kit = await start({ route: () => smtp([hopTo(server.port)], { maxConnections: 1 }) })
  const one = kit.send(['b@x.example'])
  await kit.store.whenLeg(one.legs[0]!.id, isOver)
  const two = kit.send(['c@x.example'])
  expect(await kit.store.whenLeg(two.legs[0]!.id, isOver)).toMatchObject({ state: 'delivered', tries: 1 })
  expect(server.connections()).toBe(2)
})

test('what it does is said while it does it', async () => {
  const called = Promise.withResolvers<void>()
  const server = await serve({ banner: () => (called.resolve(), null) })
  const kit = await start({ route: () => smtp([hopTo(server.port)]) })
  const { legs } = kit.send(['b@x.example'])
  kit.send(['c@x.example'])
  await called.promise
  const list = async (show: 'open' | 'delivering') =>
    (await kit.queue.list({ show, text: '', limit: 9 })).items
  const greeting = /^Connected to mx\.test\.example:\d+, waiting for its greeting since \d\d:\d\d:\d\d UTC$/
  while (!kit.hub.events('session-1').some(({ kind }) => kind === 'connect')) await new Promise(setImmediate)
  const items = await list('open')
  expect(items.map(({ words }) => words)).toEqual([
    expect.stringMatching(greeting),
    'Waiting for a free connection',
  ])
  expect(items.map(({ state, nextAt }) => [state, nextAt !== undefined])).toEqual([
    ['delivering', false],
    ['waiting', true],
  ])
  expect((await list('delivering')).map(({ id }) => id)).toEqual([legs[0]!.id])
  expect(kit.queue.counts()).toMatchObject({ waiting: 1, delivering: 1 })
  // Who is dropped meanwhile leaves the connection to the other.
  await kit.queue.act('drop', { ids: [legs[0]!.id] })
  expect(kit.queue.counts()).toMatchObject({ dropped: 1 })
  kit.queue.setRules(rulesNow({ settings: { delivery: { to: 'allowed' }, paused: true } }))
  await whenQueue(kit.queue, () => kit.queue.counts().delivering === 0)
  expect(kit.queue.counts()).toMatchObject({ waiting: 1, delivering: 0 })
})

test('silent servers hold places that others do not need, and are given up where others wait for theirs', async () => {
  const silent = await Promise.all(Array.from({ length: 6 }, () => serve({ banner: () => null })))
  const good = await serve()
  const ports = new Map(silent.map(({ port }, n) => [`silent${n}.example`, port]))
  const kit = await start({
    route: ({ domain }) => smtp([hopTo(ports.get(domain) ?? good.port)]),
    deps: { limits: { connections: 4 }, timing: { patience: 20, reply: 600_000 } },
    load: false,
  })
  const sent = [...ports.keys()].flatMap((domain) => kit.send([`b@${domain}`]).legs)
  kit.send(['b@good.example'])
  await kit.queue.load()
  // It was never tried, and stands behind six that say nothing.
  await good.whenKept(1)
  const given = await Promise.any(sent.map(({ id }) => kit.store.whenLeg(id, wasTried)))
  expect(given.history[0]).toMatchObject({ outcome: 'again', words: expect.stringMatching(/^Not ready for mail within .* because other mail waited/) }) // prettier-ignore
  // From now on it is known to work.
  const tried = silent.reduce((sum, server) => sum + server.connections(), 0)
  for (let n = 0; n < 20; n++) kit.send([`u${n}@good.example`])
  await good.whenKept(21)
  expect(silent.reduce((sum, server) => sum + server.connections(), 0)).toBeLessThanOrEqual(tried + 3)
})

test('a connection without work does not wait for more while others wait for its place', async () => {
  const server = await serve()
  const kit = await start({
    route: ({ domain }) => smtp([hopTo(server.port)], {}, { key: domain }),
    deps: { limits: { connections: 4 }, timing: { idle: 3_600_000 } },
    load: false,
  })
  for (let n = 0; n < 30; n++) kit.send([`b@d${n}.example`])
  await kit.queue.load()
  await server.whenKept(30)
  expect(server.most()).toBeLessThanOrEqual(4)
})
