import { expect, test } from 'vitest'
import type { Route } from '#engine/relay/types.ts'
import { DiskStore, hopTo, smtp, whenQueue } from '#test/support/relay/queue.ts'
import { isOver, queueTests, wasTried } from '#test/support/relay/queueTests.ts'

const { serve, start } = queueTests()

test('what is waiting to be stored does not say that a leg is over while its bounce is not durable', async () => {
  const server = await serve({ rcpt: () => '450 4.2.0 Later' })
  const store = new DiskStore()
  const made = Promise.withResolvers<null>()
  const report = () => made.promise
  const kit = await start({ route: () => smtp([hopTo(server.port)]), store, deps: { report } })
  const [first, second] = [kit.send(['b@x.example']).legs[0]!.id, kit.send(['c@x.example']).legs[0]!.id]
  for (const id of [first, second]) await store.whenLeg(id, wasTried)
  // Put to be stored, and over before that is done.
  const acts = [kit.queue.act('hold', { ids: [first] }), kit.queue.act('bounce', { ids: [first] })]
  acts.push(kit.queue.act('hold', { ids: [second] }))
  await store.whenLeg(second, ({ state }) => state === 'held')
  expect(store.leg(first).state).toBe('waiting')
  expect(kit.queue.counts()).toMatchObject({ bounced: 0, delivering: 1 })
  made.resolve(null)
  await Promise.all(acts)
  // Durable when the act has resolved.
  expect(store.leg(first).state).toBe('bounced')
  expect(kit.queue.counts()).toMatchObject({ bounced: 1, delivering: 0, held: 1 })
})

test('a leg whose report cannot be made is tried again only when somebody asks, and can be dropped', async () => {
  const server = await serve({ rcpt: () => '550 5.1.1 no' })
  let tries = 0
  const report = async () => {
    tries++
    throw new Error('no words')
  }
  const kit = await start({ route: () => smtp([hopTo(server.port)]), deps: { report } })
  const { id } = kit.send(['b@x.example']).legs[0]!
  await kit.store.whenLeg(id, ({ state }) => state === 'held')
  for (const act of ['retry', 'release', 'use-mta'] as const) await kit.queue.act(act, { all: true }, 'none')
  expect([tries, kit.store.leg(id).state]).toEqual([3, 'held'])
  await kit.queue.act('drop', { all: true })
  expect([tries, isOver(kit.store.leg(id)), kit.queue.counts().held]).toEqual([3, true, 0])
})

test('a leg without open recipients whose sender has been told is over as soon as anybody touches it', async () => {
  const held: Route = { kind: 'held', why: 'not allowed', toAllow: ['x.example'] }
  const kit = await start({ route: () => held })
  const done = { address: 'b@x.example', state: 'delivered' as const }
  const { legs } = kit.send([done])
  expect((await kit.store.whenLeg(legs[0]!.id, isOver)).state).toBe('delivered')
  await whenQueue(kit.queue, () => kit.queue.counts().delivered === 1)
  expect(kit.queue.counts()).toMatchObject({ waiting: 0, held: 0, delivering: 0 })
})

test('of thousands that fail together few reports are made at once, and all of them', async () => {
  const failed: Route = { kind: 'failed', permanent: true, code: 556, enhanced: '5.1.10', words: 'no mail' }
  const counts = { now: 0, most: 0, all: 0 }
  const report = async () => {
    counts.most = Math.max(counts.most, ++counts.now)
    await new Promise((resolve) => setImmediate(resolve))
    counts.now--
    counts.all++
    return null
  }
  const kit = await start({ route: () => failed, deps: { report }, load: false })
  for (let n = 0; n < 300; n++) kit.send([`u${n}@x.example`])
  await kit.queue.load()
  await whenQueue(kit.queue, () => kit.queue.counts().bounced === 300)
  expect([counts.all, counts.most]).toEqual([300, 32])
})
