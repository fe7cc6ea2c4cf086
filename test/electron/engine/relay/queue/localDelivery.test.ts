import { expect, test } from 'vitest'
import { StoreError } from '#engine/store/types.ts'
import { isOver, queueTests, wasTried } from '#test/support/relay/queueTests.ts'

const { start } = queueTests()

test('everything into the Inbox, with Return-Path and what was put in front', async () => {
  const kit = await start({ route: () => ({ kind: 'inbox' }) })
  const notify = ['SUCCESS'] as const
  const { legs, message } = kit.send(
    ['b@x.example', { address: 'c@x.example', state: 'open', notify }, 'd@y.example'],
    { prefix: 'Received: by relay\r\n', port: 2525, sealed: true, user: 'foo' },
  )
  for (const { id } of legs)
    expect(await kit.store.whenLeg(id, isOver)).toMatchObject({
      state: 'delivered',
      history: [{ host: 'Inbox', words: '250 2.1.5 Kept in the Inbox' }],
    })
  expect(kit.store.inbox.map((one) => one.message)).toMatchObject([
    {
      mailFrom: 'a@shop.example',
      rcptTo: ['b@x.example', 'c@x.example'],
      port: 2525,
      sealed: true,
      user: 'foo',
    },
    { rcptTo: ['d@y.example'] },
  ])
  expect(kit.store.inbox[0]?.text).toMatch(/^Return-Path: <a@shop\.example>\r\nReceived: by relay\r\nFrom: /)
  expect(kit.store.inbox.every(({ id }) => id.startsWith(`${message.session}.`))).toBe(true)
  expect(kit.told).toMatchObject([{ kind: 'delivered', to: ['c@x.example'] }])
  expect(kit.hub.sessions.size).toBe(0)
})

test('a full disk: later, once', async () => {
  const kit = await start({ route: () => ({ kind: 'inbox' }), load: false })
  const { legs } = kit.send(['b@x.example'])
  kit.store.fault = new StoreError('full', 'full')
  await kit.queue.load()
  expect(kit.queue.trouble).toBeNull()
  kit.store.fault = null
  await kit.store.whenLeg(legs[0]!.id, isOver)
  expect(kit.store.inbox.length).toBe(1)
})

test('what cannot be read is tried again later, and said in the log', async () => {
  const kit = await start({ route: () => ({ kind: 'inbox' }), deps: { limits: { memory: 0 } }, load: false })
  const { legs } = kit.send(['b@x.example'])
  kit.store.readContent = async () => {
    throw new StoreError('corrupt', 'lacks a chunk')
  }
  await kit.queue.load()
  expect(await kit.store.whenLeg(legs[0]!.id, wasTried)).toMatchObject({ state: 'waiting', tries: 1 })
  expect(kit.logged).toEqual([expect.stringContaining('lacks a chunk')])
})
