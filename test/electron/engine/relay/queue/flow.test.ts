import { expect, test } from 'vitest'
import { StoreError } from '#engine/store/types.ts'
import type { Route } from '#engine/relay/types.ts'
import { clock } from '#test/support/dialogue/start.ts'
import { DiskStore, hopTo, message, rulesNow, smtp, whenQueue } from '#test/support/relay/queue.ts'
import { isOver, queueTests, wasTried } from '#test/support/relay/queueTests.ts'

const { serve, start } = queueTests()
const paused = rulesNow({ settings: { delivery: { to: 'allowed' }, paused: true } })
const held: Route = { kind: 'held', why: 'x.example is not among the allowed hosts', toAllow: ['x.example', 'mx.x.example'] } // prettier-ignore

test('a leg that nobody allowed is held, and goes when somebody does', async () => {
  const server = await serve()
  let route: Route = held
  const kit = await start({ route: () => route })
  const { legs } = kit.send(['b@x.example'])
  const leg = await kit.store.whenLeg(legs[0]!.id, ({ state }) => state === 'held')
  expect([leg.why, leg.tries, kit.queue.counts().held]).toEqual([held.why, 0, 1])
  const listed = async () => (await kit.queue.item(leg.id))?.toAllow
  expect(await listed()).toEqual(['x.example', 'mx.x.example'])
  kit.queue.setRules(rulesNow())
  expect(kit.queue.counts().held).toBe(1)
  route = smtp([hopTo(server.port)])
  kit.queue.setRules(rulesNow({ allowed: ['x.example'] }))
  expect((await kit.store.whenLeg(leg.id, isOver)).state).toBe('delivered')
  expect(await listed()).toBeUndefined()
})

test.each([
  [true, 'bounced', '556 5.1.10 the domain takes no mail'],
  [false, 'waiting', '451 4.4.3 the domain takes no mail'],
] as const)('what the way decides without a server, for good: %s', async (permanent, state, words) => {
  const [code, enhanced] = words.split(' ') as [string, string]
  const route: Route = {
    kind: 'failed',
    permanent,
    code: Number(code),
    enhanced,
    words: 'the domain takes no mail',
    seen: { session: 's7', seq: 1 },
  }
  const kit = await start({ route: () => route })
  const { legs } = kit.send(['b@x.example'])
  const leg = await kit.store.whenLeg(legs[0]!.id, wasTried)
  expect(leg).toMatchObject({ state, recipients: [{ words }], history: [{ words, session: 's7', seq: 1 }] })
  expect(kit.told.length).toBe(permanent ? 1 : 0)
})

test('a router that fails is a defect and a later try, not the end of the queue', async () => {
  const kit = await start({
    route: () => {
      throw new Error('no router')
    },
  })
  const { legs } = kit.send(['b@x.example'])
  const leg = await kit.store.whenLeg(legs[0]!.id, wasTried)
  expect([leg.state, kit.logged.length]).toEqual(['waiting', 1])
})

test('paused: nothing goes until it is no longer', async () => {
  const server = await serve()
  const kit = await start({ route: () => smtp([hopTo(server.port)]), deps: { rules: paused } })
  const { legs } = kit.send(['b@x.example'])
  expect(kit.queue.counts().waiting).toBe(1)
  expect((await kit.queue.list({ show: 'open', text: '', limit: 9 })).items[0]?.words).toBe(
    'Waiting: delivery is paused',
  )
  kit.queue.setRules(rulesNow())
  await kit.store.whenLeg(legs[0]!.id, isOver)
  kit.queue.setRules(paused)
  const second = kit.send(['c@x.example'])
  await kit.queue.act('hold', { ids: [second.legs[0]!.id] })
  expect(server.kept.length).toBe(1)
})

test('killed while messages are under way: a new queue delivers what is not over in the store', async () => {
  const server = await serve({ end: (n) => (n === 3 ? null : undefined) })
  const store = new DiskStore()
  const route = () => smtp([hopTo(server.port)], { maxConnections: 1 })
  const first = await start({ route, store, deps: { timing: { politely: 20 } } })
  const sent = [1, 2, 3, 4].map((n) => first.send([`u${n}@x.example`]))
  await first.store.whenLeg(sent[1]!.legs[0]!.id, isOver)
  await whenQueue(first.queue, () => server.lines.filter((line) => line.startsWith('DATA')).length >= 3)
  store.killed = true
  void first.queue.stop()
  const copy = Object.assign(new DiskStore(), { contents: store.contents })
  for (const leg of store.all()) copy.put(leg)
  const second = await start({ route, store: copy })
  for (const { legs } of sent) expect((await copy.whenLeg(legs[0]!.id, isOver)).state).toBe('delivered')
  const to = server.kept.map((one) => one.to[0])
  expect(new Set(to).size).toBe(4)
  expect(second.queue.counts()).toMatchObject({ waiting: 0 })
})

test('a full disk: nothing is lost, nothing is begun, and it goes on by itself', async () => {
  const server = await serve()
  const kit = await start({ route: () => smtp([hopTo(server.port)], { maxConnections: 1 }) })
  const one = kit.send(['b@x.example'])
  kit.store.fault = new StoreError('full', 'database or disk is full')
  await server.whenKept(1)
  await whenQueue(kit.queue, () => kit.queue.trouble !== null)
  const two = kit.send(['c@x.example'])
  expect((await kit.queue.act('retry', { ids: [two.legs[0]!.id] })).problems).toMatchObject([
    { field: 'act' },
  ])
  expect((await kit.queue.list({ show: 'open', text: 'c@x', limit: 9 })).items[0]?.words).toMatch(
    /^Waits until the disk has room/,
  )
  expect(server.kept.length).toBe(1)
  kit.store.fault = null
  await kit.store.whenLeg(one.legs[0]!.id, isOver)
  await kit.store.whenLeg(two.legs[0]!.id, isOver)
  expect([kit.queue.trouble, server.kept.length, kit.logged.length]).toEqual([null, 2, 2])
})

test('a bounce is stored before its leg is over', async () => {
  const server = await serve({ rcpt: (line) => (line.includes('b@x') ? '550 5.1.1 no' : undefined) })
  const order: string[] = []
  const store = new DiskStore()
  const kit = await start({
    route: () => smtp([hopTo(server.port)]),
    store,
    deps: {
      report: async (kind, { leg }) => {
        order.push(`${kind} ${store.leg(leg.id).state}`)
        const { queued, bytes } = message([leg.message.sender], { sender: '', own: true })
        return { queued, content: bytes }
      },
    },
  })
  const { legs } = kit.send(['b@x.example'])
  await store.whenLeg(legs[0]!.id, isOver)
  expect(order).toEqual(['failed waiting'])
  await server.whenKept(1)
  expect(server.kept[0]).toMatchObject({
    from: expect.stringMatching(/^MAIL FROM:<>/),
    to: ['RCPT TO:<a@shop.example>'],
  })
})

test('a report that cannot be made holds the leg; tried again, it ends it', async () => {
  const server = await serve({ rcpt: () => '550 5.1.1 no' })
  let broken = true
  const report = async () => {
    if (broken) throw new Error('no words')
    return null
  }
  const kit = await start({ route: () => smtp([hopTo(server.port)]), deps: { report } })
  const { legs } = kit.send(['b@x.example'])
  const leg = await kit.store.whenLeg(legs[0]!.id, ({ state }) => state === 'held')
  expect(leg.why).toContain('could not be made')
  broken = false
  await kit.queue.act('retry', { all: true })
  expect((await kit.store.whenLeg(leg.id, isOver)).state).toBe('bounced')
  expect(server.connections()).toBe(1)
})

test('stopping: a running message ends, the others stay open', async () => {
  const server = await serve({ end: () => '250 kept' })
  const kit = await start({
    route: () => smtp([hopTo(server.port)], { maxConnections: 1 }),
    deps: { limits: { messages: 1 } },
  })
  const sent = [1, 2, 3].map((n) => kit.send([`u${n}@x.example`]))
  await kit.store.whenLeg(sent[0]!.legs[0]!.id, isOver)
  await kit.queue.stop()
  const states = kit.store.all().map(({ state }) => state)
  expect(states.filter((state) => state === 'delivered').length).toBe(server.kept.length)
  expect(states).toContain('waiting')
  await kit.queue.stop()
})

test('a leg whose time was reckoned by a clock that was years ahead waits no longer than its rules say', async () => {
  const kit = await start({ route: () => held, load: false })
  const { queued } = message(['b@x.example'])
  const [leg] = queued.legs
  leg!.nextAt = Date.now() + 50 * 365 * 86_400_000
  kit.store.put({ ...leg!, tries: 2 })
  await kit.queue.load()
  const { nextAt = '' } = (await kit.queue.list({ show: 'open', text: '', limit: 1 })).items[0]!
  // By default the longest wait is an hour.
  expect(Date.parse(nextAt)).toBeLessThanOrEqual(Date.now() + 3_600_000)
})

test('paused while thousands go into the Inbox: those that were not begun wait', async () => {
  const kit = await start({ route: () => ({ kind: 'inbox' }), load: false })
  for (let n = 0; n < 300; n++) kit.send([`u${n}@x.example`])
  await kit.queue.load()
  await kit.store.when(({ inbox }) => inbox.length > 0)
  kit.queue.setRules(paused)
  await whenQueue(kit.queue, () => kit.queue.counts().delivering === 0)
  expect(kit.queue.counts().waiting).toBeGreaterThan(0)
  expect(kit.store.inbox.length + kit.queue.counts().waiting).toBe(300)
  kit.queue.setRules(rulesNow())
  await whenQueue(kit.queue, () => kit.queue.counts().delivered === 300)
  expect(kit.store.inbox.length).toBe(300)
})

test('a clock that is set back while legs wait: none waits longer than its rules say, none goes twice', async () => {
  const server = await serve({ rcpt: (line) => (line.includes('late') ? '450 4.2.0 Later' : undefined) })
  const shift = { ms: 0 }
  const moved = { ...clock, now: () => new Date(Date.now() + shift.ms) }
  const kit = await start({ route: () => smtp([hopTo(server.port)], { retryAfter: [3_600_000] }), deps: { clock: moved } }) // prettier-ignore
  const { id } = kit.send(['late@x.example']).legs[0]!
  await kit.store.whenLeg(id, wasTried)
  shift.ms = -86_400_000
  // Any change lets the timer look at the clock.
  kit.queue.setRules(rulesNow({ allowed: ['x.example'] }))
  const { nextAt = '' } = (await kit.queue.list({ show: 'open', text: '', limit: 1 })).items[0]!
  expect(Date.parse(nextAt)).toBeLessThanOrEqual(moved.now().getTime() + 3_600_000)
  await kit.queue.act('retry', { all: true })
  await kit.store.whenLeg(id, ({ tries }) => tries === 2)
  expect(server.lines.filter((line) => line.startsWith('RCPT'))).toHaveLength(2)
})
