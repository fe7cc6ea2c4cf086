import { expect, test } from 'vitest'
import { QueueDetail, QueueItem } from '#shared/rpc/contract/relay.ts'
import { Entry } from '#engine/relay/queue/entry.ts'
import { itemOf, overItem } from '#engine/relay/queue/listing.ts'
import { tryOf } from '#engine/relay/queue/settle.ts'
import type { Leg, LegRecipient } from '#engine/relay/types.ts'
import { StoreError } from '#engine/store/types.ts'
import { DiskStore, hopTo, message, rulesNow, smtp, whenQueue } from '#test/support/relay/queue.ts'
import { queueTests } from '#test/support/relay/queueTests.ts'

const { serve, start } = queueTests()
const paused = rulesNow({ settings: { delivery: { to: 'allowed' }, paused: true } })

async function filled() {
  const store = new DiskStore()
  const put = (to: string, change: Partial<Leg>, subject?: string) => {
    const leg = { ...message([to], subject === undefined ? {} : { subject }).queued.legs[0]!, ...change }
    store.put(leg)
    return leg.id
  }
  const late = Date.now() + 50_000
  const ids = {
    second: put('b@x.example', {
      nextAt: late + 2,
      tries: 1,
      recipients: [{ address: 'b@x.example', state: 'open', words: '450 4.2.0 Greylisted' }],
    }),
    first: put('c@x.example', { nextAt: late + 1 }, 'Your Order'),
    held: put('d@y.example', { state: 'held', why: 'Held by hand' }),
    over: put('e@x.example', {
      state: 'bounced',
      recipients: [{ address: 'e@x.example', state: 'failed', words: '550 5.1.1 no' }],
    }),
  }
  const kit = await start({ route: () => ({ kind: 'inbox' }), store, deps: { rules: paused } })
  const list = async (query: Partial<Parameters<typeof kit.queue.list>[0]> = {}) => {
    const page = await kit.queue.list({ show: 'all', text: '', limit: 9, ...query })
    for (const item of page.items) QueueItem.parse(item)
    return page
  }
  return { kit, ids, list }
}

test('what goes next, then the held, then what is over', async () => {
  const { ids, list } = await filled()
  const page = await list()
  expect(page.items.map(({ id }) => id)).toEqual([ids.first, ids.second, ids.held, ids.over])
  expect(page.items.map(({ words }) => words)).toEqual([
    'Waiting: delivery is paused',
    '450 4.2.0 Greylisted',
    'Held by hand',
    '550 5.1.1 no',
  ])
  expect([page.total, page.next, page.counts]).toMatchObject([
    4,
    undefined,
    { waiting: 2, held: 1, bounced: 1 },
  ])
})

test('page by page the same', async () => {
  const { ids, list } = await filled()
  for (const limit of [1, 2, 3]) {
    const seen: string[] = []
    let before: string | undefined
    for (let turn = 0; turn < 9; turn++) {
      const page = await list({ limit, before })
      seen.push(...page.items.map(({ id }) => id))
      expect(page.total).toBe(4)
      if (page.next === undefined) break
      before = page.next
    }
    expect(seen).toEqual([ids.first, ids.second, ids.held, ids.over])
  }
})

test('by state and by words', async () => {
  const { ids, list } = await filled()
  const found = async (query: Parameters<typeof list>[0]) => (await list(query)).items.map(({ id }) => id)
  expect(await found({ show: 'open' })).toEqual([ids.first, ids.second, ids.held])
  expect(await found({ show: 'held' })).toEqual([ids.held])
  expect(await found({ show: 'bounced' })).toEqual([ids.over])
  expect(await found({ show: 'open', text: 'ORDER c@' })).toEqual([ids.first])
  expect(await found({ show: 'delivering' })).toEqual([])
  const only = await list({ domain: 'X.example.', limit: 1 })
  expect([only.total, only.items.length]).toEqual([2, 1])
})

test('one of them with all that is known of it', async () => {
  const { kit, ids } = await filled()
  for (const id of Object.values(ids)) QueueDetail.parse(await kit.queue.item(id))
  expect(await kit.queue.item(ids.second)).toMatchObject({
    because: 'no rule names a virtual MTA',
    addresses: [{ state: 'open', words: '450 4.2.0 Greylisted' }],
    rules: expect.arrayContaining(['Given up after 5 days (default)']),
  })
  expect(await kit.queue.item('nothing')).toBeNull()
})

test.each<[Leg['state'], string, string]>([
  ['waiting', 'c@', 'later'],
  ['held', 'c@', 'by whom'],
  ['delivered', 'a@', 'ok'],
  ['bounced', 'b@', 'no'],
  ['dropped', 'd@', 'Dropped by hand; said last: gone'],
])('of a leg that is %s: whom that speaks of, and what was said', (state, whom, words) => {
  const all: LegRecipient[] = [
    { address: 'a@x.example', state: 'delivered', words: 'ok' },
    { address: 'b@x.example', state: 'failed', words: 'no' },
    { address: 'c@x.example', state: 'open', words: 'later' },
    { address: 'd@x.example', state: 'dropped', words: 'gone' },
  ]
  const open = state === 'waiting' || state === 'held'
  const kept = all.filter((one) => one.state !== 'open' || open)
  const recipients = state === 'delivered' ? kept.filter((one) => one.state === 'delivered') : kept
  const leg = { ...message(['x@x.example']).queued.legs[0]!, state, recipients, why: 'by whom', tries: 1, history: [tryOf(recipients.map(({ address }) => ({ address, outcome: 'delivered', words: 'ok' })), { at: '' })] } // prettier-ignore
  const entry = new Entry(leg, null)
  if (state === 'held') entry.phase = 'held'
  const listed = { rules: rulesNow(), standing: null }
  const item = open ? itemOf(entry, listed) : overItem(leg)
  expect([item.recipient.slice(0, 2), item.words]).toEqual([whom, words])
})

test('dropped before it was tried: says so', () => {
  const recipients: LegRecipient[] = [{ address: 'd@x.example', state: 'dropped' }]
  const leg: Leg = { ...message(['x@x.example']).queued.legs[0]!, state: 'dropped', recipients }
  expect(overItem(leg).words).toBe('Dropped by hand')
})

test('what a server took and the store cannot write down says that it is not final', async () => {
  const server = await serve()
  const kit = await start({ route: () => smtp([hopTo(server.port)]) })
  kit.store.fault = new StoreError('full', 'database or disk is full')
  const { legs } = kit.send(['b@x.example'])
  await whenQueue(kit.queue, () => kit.queue.trouble !== null)
  expect((await kit.queue.item(legs[0]!.id))?.words).toBe(
    '250 2.0.0 kept (not final: Waits until the disk has room: what is delivered could not be written down.)',
  )
  kit.store.fault = null
  await kit.store.whenLeg(legs[0]!.id, ({ state }) => state === 'delivered')
})
