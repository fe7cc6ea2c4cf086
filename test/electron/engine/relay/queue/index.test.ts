import { expect, test } from 'vitest'
import type { Leg } from '#engine/relay/types.ts'
import type { MailRules } from '#test/support/relay/deliveryServer.ts'
import { hopTo, smtp, whenQueue } from '#test/support/relay/queue.ts'
import { isOver, queueTests, wasTried } from '#test/support/relay/queueTests.ts'

const { serve, start, nobody } = queueTests()

test('delivers over one connection, with a transcript, and stores that', async () => {
  const server = await serve()
  const kit = await start({ route: () => smtp([hopTo(server.port)], { maxConnections: 1 }) })
  const [one, two] = [kit.send(['b@x.example']), kit.send(['c@x.example'])]
  const leg = await kit.store.whenLeg(one.legs[0]!.id, isOver)
  await kit.store.whenLeg(two.legs[0]!.id, isOver)
  expect(leg).toMatchObject({
    state: 'delivered',
    tries: 1,
    recipients: [{ state: 'delivered', words: '250 2.0.0 kept' }],
  })
  expect(leg.history).toMatchObject([
    { outcome: 'delivered', words: '250 2.0.0 kept', session: 'session-1', sealed: 'in clear' },
  ])
  expect(server.kept.map(({ to, connection }) => [to, connection])).toEqual([
    [['RCPT TO:<b@x.example>'], 1],
    [['RCPT TO:<c@x.example>'], 1],
  ])
  expect(server.kept[0]?.text).toContain('hello')
  await whenQueue(kit.queue, () => kit.queue.counts().delivered === 2)
  expect(kit.queue.counts()).toMatchObject({ waiting: 0, delivering: 0, held: 0 })
  expect(kit.hub.sessions.get('session-1')?.head).toMatchObject({
    source: 'relay',
    title: 'To x.example, 2 messages',
  })
})

test.each<[string, MailRules, Partial<Leg>, string]>([
  ['4xx to MAIL', { mail: () => '451 4.3.0 later' }, { state: 'waiting' }, '451 4.3.0 later'],
  ['5xx to MAIL', { mail: () => '550 5.7.1 not you' }, { state: 'bounced' }, '550 5.7.1 not you'],
  ['4xx to RCPT', { rcpt: () => '450 4.2.0 Greylisted' }, { state: 'waiting' }, '450 4.2.0 Greylisted'],
  ['5xx to RCPT', { rcpt: () => '550 5.1.1 No such user' }, { state: 'bounced' }, '550 5.1.1 No such user'],
  ['4xx to DATA', { data: () => '452 4.3.1 disk' }, { state: 'waiting' }, '452 4.3.1 disk'],
  ['5xx to DATA', { data: () => '554 5.7.1 policy' }, { state: 'bounced' }, '554 5.7.1 policy'],
  ['4xx after the dot', { end: () => '451 4.7.1 scan' }, { state: 'waiting' }, '451 4.7.1 scan'],
  ['552 after the dot', { end: () => '552 5.3.4 too big' }, { state: 'bounced' }, '552 5.3.4 too big'],
  ['421 to MAIL', { mail: () => '421 4.7.0 go away' }, { state: 'waiting' }, '421 4.7.0 go away'],
  ['a break before the dot', { data: () => 'drop' }, { state: 'waiting' }, 'connection'],
  ['a break after the dot', { end: () => 'drop' }, { state: 'waiting' }, 'a second copy is possible'],
  [
    '554 in the greeting',
    { banner: () => '554 5.7.1 not your network' },
    { state: 'waiting' },
    '554 5.7.1 not your network',
  ],
  [
    '521 in the greeting',
    { banner: () => '521 5.3.2 no mail here' },
    { state: 'bounced' },
    '521 5.3.2 no mail here',
  ],
  ['too small a SIZE', { ehlo: ['PIPELINING', 'SIZE 10'] }, { state: 'bounced' }, '552 5.3.4'],
])('%s', async (_, rules, end, words) => {
  const server = await serve(rules)
  const kit = await start({ route: () => smtp([hopTo(server.port)]) })
  const { legs } = kit.send(['b@x.example'])
  const leg = await kit.store.whenLeg(legs[0]!.id, wasTried)
  expect(leg).toMatchObject({ ...end, tries: 1 })
  expect(leg.recipients[0]?.words).toContain(words)
  expect(leg.history[0]?.words).toContain(words)
  expect(kit.told.map(({ kind }) => kind)).toEqual(end.state === 'bounced' ? ['failed'] : [])
  if (end.state === 'waiting') expect(leg.nextAt - Date.parse(leg.history[0]!.at)).toBeLessThanOrEqual(61_000)
})

test('some delivered, some again, some failed, each with its own words; the others are tried again alone', async () => {
  const says: Record<string, string> = { c: '450 4.2.0 Greylisted', d: '550 5.1.1 No such user' }
  const server = await serve({ rcpt: (line) => says[line[9]!] })
  const kit = await start({ route: () => smtp([hopTo(server.port)]) })
  const { legs } = kit.send(['b@x.example', 'c@x.example', 'd@x.example'])
  const first = await kit.store.whenLeg(legs[0]!.id, wasTried)
  expect(first.recipients).toMatchObject([
    { state: 'delivered', words: '250 2.0.0 kept' },
    { state: 'open', words: '450 4.2.0 Greylisted' },
    { state: 'failed', words: '550 5.1.1 No such user', told: true },
  ])
  expect(first.history).toMatchObject([{ outcome: 'partly' }])
  expect(kit.told).toEqual([{ kind: 'failed', to: ['d@x.example'], words: ['550 5.1.1 No such user'] }])
  delete says['c']
  await kit.queue.act('retry', { ids: [first.id] })
  const last = await kit.store.whenLeg(first.id, isOver)
  expect([last.state, last.tries, kit.told.length]).toEqual(['bounced', 2, 1])
  expect(server.kept.map(({ to }) => to)).toEqual([['RCPT TO:<b@x.example>'], ['RCPT TO:<c@x.example>']])
})

test('recipients beyond what the server takes go in a further transaction at once', async () => {
  const server = await serve({ rcpt: (_, n) => (n > 3 ? '452 4.5.3 too many' : undefined) })
  const kit = await start({ route: () => smtp([hopTo(server.port)]) })
  const { legs } = kit.send(Array.from({ length: 8 }, (_, i) => `u${i}@x.example`))
  const leg = await kit.store.whenLeg(legs[0]!.id, wasTried)
  expect([leg.state, leg.tries, server.connections()]).toEqual(['delivered', 1, 1])
  expect(server.kept.map(({ to }) => to.length)).toEqual([3, 3, 2])
})

test('no more recipients than LIMITS allows, nor than a hundred', async () => {
  const few = await serve({ ehlo: ['PIPELINING', 'LIMITS RCPTMAX=2'] })
  const many = await serve()
  const kit = await start({
    route: ({ domain }) => smtp([hopTo(domain === 'x.example' ? few.port : many.port)]),
  })
  const one = kit.send(['a@x.example', 'b@x.example', 'c@x.example'])
  const two = kit.send(Array.from({ length: 120 }, (_, i) => `u${i}@y.example`))
  await kit.store.whenLeg(one.legs[0]!.id, isOver)
  await kit.store.whenLeg(two.legs[0]!.id, isOver)
  expect([few.kept, many.kept].map((kept) => kept.map(({ to }) => to.length))).toEqual([
    [2, 1],
    [100, 20],
  ])
})

test('the next host where one cannot be used; what failed is tried last for a while', async () => {
  const bad = await serve({ banner: () => '554 5.7.1 no' })
  const gone = { port: await nobody() }
  const good = await serve()
  const hops = [
    hopTo(gone.port, { host: 'mx1.example' }),
    hopTo(bad.port, { host: 'mx2.example' }),
    hopTo(good.port, { host: 'mx3.example' }),
  ]
  const kit = await start({ route: () => smtp(hops), deps: { limits: { messages: 1 } } })
  const one = kit.send(['b@x.example'])
  const leg = await kit.store.whenLeg(one.legs[0]!.id, isOver)
  expect(leg.history).toMatchObject([
    { outcome: 'delivered', host: `mx3.example:${good.port}`, session: 'session-3' },
  ])
  const remarks = kit.hub
    .events('session-3')
    .flatMap((event) => (event.kind === 'remark' ? [event.text] : []))
  expect(remarks).toEqual([
    'Found by the test.',
    expect.stringContaining(`mx1.example:${gone.port} was tried before: Connection refused on port`),
    expect.stringContaining(`mx2.example:${bad.port} was tried before: 554 5.7.1 no`),
  ])
  const two = kit.send(['c@x.example'])
  await kit.store.whenLeg(two.legs[0]!.id, isOver)
  expect([bad.connections(), good.connections()]).toEqual([1, 2])
})

test('hosts that cannot be used: one attempt for all that waits', async () => {
  const gone = { port: await nobody() }
  const kit = await start({ route: () => smtp([hopTo(gone.port)]), load: false })
  const sent = [1, 2, 3].map((n) => kit.send([`u${n}@x.example`]))
  await kit.queue.load()
  for (const { legs } of sent) {
    const leg = await kit.store.whenLeg(legs[0]!.id, wasTried)
    expect(leg).toMatchObject({
      state: 'waiting',
      history: [{ outcome: 'again', words: `Connection refused on port ${gone.port}`, session: 'session-1' }],
    })
  }
  expect(kit.hub.sessions.size).toBe(1)
})

test('counts agree with what the store keeps, which removes by itself', async () => {
  const server = await serve()
  const kit = await start({ route: () => smtp([hopTo(server.port)]) })
  for (const user of ['b', 'c']) kit.send([`${user}@x.example`])
  await whenQueue(kit.queue, () => kit.queue.counts().delivered === 2)
  kit.store.legs.delete(kit.store.all()[0]!.id)
  const { counts, total } = await kit.queue.list({ show: 'all', text: '', limit: 9 })
  expect([counts.delivered, total, kit.queue.counts().delivered]).toEqual([1, 1, 1])
})

test('given up when the policy says so: the sender is told, once, with the last words', async () => {
  const server = await serve({ rcpt: () => '450 4.2.0 Greylisted' })
  const kit = await start({ route: () => smtp([hopTo(server.port)], { retryAfter: [20], bounceAfter: 50 }) })
  const { legs } = kit.send(['b@x.example'])
  const leg = await kit.store.whenLeg(legs[0]!.id, isOver)
  expect(leg.state).toBe('bounced')
  expect(leg.recipients[0]?.words).toMatch(
    /^Could not be delivered within 1 s, in \d tr(y|ies); last reply: 450 4\.2\.0 Greylisted$/,
  )
  expect(kit.told).toEqual([{ kind: 'failed', to: ['b@x.example'], words: ['450 4.2.0 Greylisted'] }])
  expect(leg.history.length).toBe(leg.tries)
})
