import { expect, test } from 'vitest'
import { emptyPolicy } from '#shared/relay/policy.ts'
import { hopTo, rulesNow, smtp } from '#test/support/relay/queue.ts'
import { isOver, queueTests, wasTried } from '#test/support/relay/queueTests.ts'

const { serve, start } = queueTests()
const policy = { ...emptyPolicy(), virtualMtas: [{ name: 'mta2', sourceHosts: [], domains: [] }] }

async function waiting(count = 1) {
  const state = { later: true }
  const server = await serve({ rcpt: () => (state.later ? '450 4.2.0 Greylisted' : undefined) })
  const kit = await start({ route: () => smtp([hopTo(server.port)]), deps: { rules: rulesNow({ policy }) } })
  const sent = Array.from(
    { length: count },
    (_, n) => kit.send([`b@${n === 0 ? 'x' : 'y'}.example`]).legs[0]!.id,
  )
  for (const id of sent) await kit.store.whenLeg(id, wasTried)
  const state0 = async (id: string) => (await kit.queue.item(id))?.state
  return { kit, server, sent, state, at: state0, id: sent[0]! }
}

test('hold and release, by domain', async () => {
  const { kit, sent, state, at } = await waiting(3)
  expect(await kit.queue.act('hold', { domain: 'Y.example.' })).toEqual({ done: 2, problems: [] })
  expect(await Promise.all(sent.map(at))).toEqual(['waiting', 'held', 'held'])
  expect(kit.store.leg(sent[1]!)).toMatchObject({ state: 'held', why: 'Held by hand' })
  kit.queue.setRules(rulesNow({ policy, allowed: ['y.example'] }))
  expect(await at(sent[1]!)).toBe('held')
  state.later = false
  expect((await kit.queue.act('release', { all: true })).done).toBe(2)
  expect((await kit.store.whenLeg(sent[1]!, isOver)).state).toBe('delivered')
})

test('by the id of a message: all of its entries, each once', async () => {
  const { kit, at } = await waiting()
  const { legs, message } = kit.send(['b@x.example', 'c@y.example'])
  for (const { id } of legs) await kit.store.whenLeg(id, wasTried)
  const ids = [message.id, legs[0]!.id, message.id, 's9.9']
  expect((await kit.queue.act('hold', { ids })).done).toBe(2)
  expect(await Promise.all(legs.map(({ id }) => at(id)))).toEqual(['held', 'held'])
})
test('drop: forgotten, and nobody is told; of what is over nothing is done', async () => {
  const { kit, id, at } = await waiting()
  expect((await kit.queue.act('drop', { ids: [id, 'unknown'] })).done).toBe(1)
  expect([kit.store.leg(id).state, kit.told, await at(id)]).toEqual(['dropped', [], 'dropped'])
  const said = 'Dropped by hand; said last: 450 4.2.0 Greylisted'
  expect(await kit.queue.item(id)).toMatchObject({
    words: said,
    addresses: [{ state: 'dropped', words: said }],
  })
  expect((await kit.queue.act('retry', { ids: [id] })).done).toBe(0)
  expect(kit.queue.counts()).toMatchObject({ waiting: 0, dropped: 1 })
})

test('bounce: back to its sender now', async () => {
  const { kit, id } = await waiting()
  await kit.queue.act('bounce', { ids: [id] })
  await kit.store.whenLeg(id, isOver)
  expect(kit.told).toEqual([
    { kind: 'failed', to: ['b@x.example'], words: ['554 5.0.0 Returned to its sender by hand'] },
  ])
  expect(kit.store.leg(id)).toMatchObject({
    state: 'bounced',
    tries: 1,
    history: [{}, { outcome: 'failed' }],
  })
})

test('another virtual MTA: now, counted, and only one that there is', async () => {
  const { kit, id, state } = await waiting()
  expect((await kit.queue.act('use-mta', { ids: [id] }, 'mta9')).problems).toMatchObject([
    { field: 'virtualMta', value: 'mta9', message: expect.stringContaining('mta2') },
  ])
  state.later = false
  const done = kit.queue.act('use-mta', { ids: [id] }, 'mta2')
  expect(kit.queue.queuedBy('mta2')).toBe(1)
  expect((await done).done).toBe(1)
  expect(await kit.store.whenLeg(id, isOver)).toMatchObject({ state: 'delivered', virtualMta: 'mta2' })
})

test('another virtual MTA for what waits for a connection: its way is found anew', async () => {
  const called = Promise.withResolvers<void>()
  const silent = await serve({ banner: () => (called.resolve(), null) })
  const server = await serve()
  const kit = await start({
    route: ({ virtualMta }) => smtp([hopTo((virtualMta === 'mta2' ? server : silent).port)]),
    deps: { rules: rulesNow({ policy }) },
  })
  const { id } = kit.send(['b@x.example']).legs[0]!
  await called.promise
  expect((await kit.queue.act('use-mta', { ids: [id] }, 'mta2')).done).toBe(1)
  expect(await kit.store.whenLeg(id, isOver)).toMatchObject({ state: 'delivered', virtualMta: 'mta2' })
})

test('while it is being delivered: what was asked for is done behind the try', async () => {
  const called = Promise.withResolvers<void>()
  const answer = Promise.withResolvers<void>()
  const server = await serve({ rcpt: () => (called.resolve(), null) })
  const kit = await start({ route: () => smtp([hopTo(server.port)]), deps: { timing: { reply: 300 } } })
  const { legs } = kit.send(['b@x.example'])
  await called.promise
  expect((await kit.queue.item(legs[0]!.id))?.words).toMatch(/^Delivering in clear/)
  expect((await kit.queue.act('drop', { all: true })).done).toBe(1)
  answer.resolve()
  const leg = await kit.store.whenLeg(legs[0]!.id, isOver)
  expect([leg.state, leg.tries]).toEqual(['dropped', 1])
})
