import { expect, test } from 'vitest'
import type { Leg, Route } from '#engine/relay/types.ts'
import { outboundRules } from '#shared/relay/outbound.ts'
import { emptyPolicy, type DomainPolicy } from '#shared/relay/policy.ts'
import type { MailServer } from '#test/support/relay/deliveryServer.ts'
import { hopTo, rulesNow, smtp, whenQueue } from '#test/support/relay/queue.ts'
import { queueTests, wasTried } from '#test/support/relay/queueTests.ts'

const { serve, start } = queueTests()

const policyOf = (domains: DomainPolicy[]) => ({ ...emptyPolicy(), domains })
/** All domains by one server, each with its own rules. */
const by =
  (server: Pick<MailServer, 'port'>, domains: DomainPolicy[]) =>
  ({ domain }: Leg): Route =>
    smtp([hopTo(server.port)], outboundRules(policyOf(domains), undefined, domain))

const domainOf = (line: string): string => line.replace(/^.*@([^>]+)>.*$/u, '$1')

/** Counts, for each domain, messages that are under way at once, and when each began. */
function watch() {
  const began: Record<string, number[]> = {}
  const most: Record<string, number> = {}
  const now: Record<string, number> = {}
  const order: string[] = []
  return {
    began,
    most,
    order,
    rcpt(line: string): undefined {
      const domain = domainOf(line)
      order.push(domain)
      ;(began[domain] ??= []).push(performance.now())
      now[domain] = (now[domain] ?? 0) + 1
      most[domain] = Math.max(most[domain] ?? 0, now[domain])
    },
    end(_: number, to: readonly string[]): undefined {
      for (const line of to) now[domainOf(line)]!--
    },
  }
}

test('domains that share a smarthost keep their own limits, and nobody waits for another', async () => {
  const seen = watch()
  const server = await serve({ rcpt: seen.rcpt, end: seen.end })
  const domains: DomainPolicy[] = [
    { domain: 'rate.example', maxRate: { messages: 10, per: 1000 } },
    { domain: 'two.example', maxConnections: 2 },
  ]
  const kit = await start({ route: by(server, domains), load: false })
  const users = Array.from({ length: 120 }, (_, n) => n)
  for (const n of users)
    for (const domain of [n < 5 ? 'rate.example' : '', 'two.example', 'free.example'].filter(Boolean))
      kit.send([`u${n}@${domain}`])
  await kit.queue.load()
  await server.whenKept(245)
  const times = seen.began['rate.example']!
  expect(times.at(-1)! - times[0]!).toBeGreaterThanOrEqual(300)
  expect(seen.most['two.example']).toBeLessThanOrEqual(2)
  // The others went while one waited for its rate.
  const between = seen.order.slice(seen.order.indexOf('rate.example'), seen.order.lastIndexOf('rate.example'))
  const others = new Set(between.slice(0, 50))
  expect([between.length > 50, others.has('two.example'), others.has('free.example')]).toEqual([
    true,
    true,
    true,
  ])
})

test('limits beside the smarthost hold for all that goes by that entry', async () => {
  const server = await serve()
  const smarthost = { host: 'mx.test.example', port: server.port, tls: 'plain' } as const
  const kit = await start({
    route: by(server, [{ domain: '*', smarthost, maxConnections: 2 }]),
    load: false,
  })
  for (let n = 0; n < 60; n++) kit.send([`u${n}@d${n % 6}.example`])
  await kit.queue.load()
  await server.whenKept(60)
  expect(server.most()).toBeLessThanOrEqual(2)
})

test('a limit holds for a domain over all of its routes', async () => {
  let open = 0
  let most = 0
  const counting = {
    mail: () => void (most = Math.max(most, ++open)),
    end: () => void open--,
  }
  const [one, two] = [await serve(counting), await serve(counting)]
  const rules = outboundRules(policyOf([{ domain: 'x.example', maxConnections: 1 }]), undefined, 'x.example')
  const route = ({ recipients }: Leg): Route =>
    smtp([hopTo(recipients[0]!.address.startsWith('u1') ? one.port : two.port)], rules)
  const kit = await start({
    route,
    deps: { limits: { messages: 3 } },
    load: false,
  })
  for (let n = 10; n < 30; n++) kit.send([`u${n}@x.example`])
  await kit.queue.load()
  await Promise.all([one.whenKept(10), two.whenKept(10)])
  expect([one.most(), two.most(), most]).toEqual([1, 1, 1])
})

test('of routes that share a limit each has its turn, however much there is for one of them', async () => {
  const order: string[] = []
  const [one, two] = [await serve({ mail: () => void order.push('one') }), await serve({ mail: () => void order.push('two') })] // prettier-ignore
  const rules = outboundRules(policyOf([{ domain: 'x.example', maxConnections: 1 }]), undefined, 'x.example')
  const route = ({ recipients }: Leg): Route =>
    smtp([hopTo(recipients[0]!.address.startsWith('u1') ? one.port : two.port)], rules)
  const kit = await start({ route, deps: { limits: { messages: 3 } }, load: false })
  for (let n = 0; n < 60; n++) kit.send([`u1${n}@x.example`])
  for (let n = 0; n < 6; n++) kit.send([`u2${n}@x.example`])
  await kit.queue.load()
  await Promise.all([one.whenKept(60), two.whenKept(6)])
  expect(order.lastIndexOf('two')).toBeLessThan(20)
})

test('routes that share a rate never wait for each other without end', async () => {
  const [one, two] = [await serve(), await serve()]
  const limited = policyOf([{ domain: 'x.example', maxRate: { messages: 100, per: 1000 } }])
  const rules = outboundRules(limited, undefined, 'x.example')
  const route = ({ recipients }: Leg): Route =>
    smtp([hopTo(recipients[0]!.address.startsWith('u1') ? one.port : two.port)], rules)
  const kit = await start({ route, deps: { limits: { messages: 3 } }, load: false })
  for (let n = 0; n < 60; n++) kit.send([`u${1 + (n % 2)}${n}@x.example`])
  await kit.queue.load()
  await Promise.all([one.whenKept(30), two.whenKept(30)])
})

test('421 is for the server: domains with limits of their own wait as well', async () => {
  let said = 0
  const server = await serve({ banner: () => (said++ === 0 ? '421 4.7.0 later' : undefined) })
  const domains: DomainPolicy[] = [
    { domain: 'a.example', maxConnections: 1 },
    { domain: 'b.example', maxConnections: 1 },
  ]
  const kit = await start({ route: by(server, domains), load: false })
  const legs = ['a', 'b'].flatMap((name) => kit.send([`u@${name}.example`]).legs)
  await kit.queue.load()
  // The one attempt was for both.
  for (const { id } of legs)
    expect((await kit.store.whenLeg(id, wasTried)).recipients[0]?.words).toBe('421 4.7.0 later')
  expect(server.connections()).toBe(1)
  await kit.queue.act('retry', { all: true })
  await whenQueue(kit.queue, async () => {
    const { items } = await kit.queue.list({ show: 'open', text: '', limit: 9 })
    return items.every(({ words }) => words === 'Waiting, as the server asked')
  })
  await server.whenKept(2)
})

test('a server that takes one connection: each domain has its turn', async () => {
  const server: MailServer = await serve({
    banner: () => (server.open() > 1 ? '421 4.7.0 Too many connections' : undefined),
  })
  const domains: DomainPolicy[] = ['a', 'b'].map((name) => ({ domain: `${name}.example`, maxConnections: 5 }))
  const kit = await start({ route: by(server, domains), deps: { limits: { messages: 5 } }, load: false })
  for (let n = 0; n < 40; n++) kit.send([`u${n}@${n < 30 ? 'a' : 'b'}.example`])
  await kit.queue.load()
  await whenQueue(kit.queue, () => kit.queue.counts().delivered >= 40)
  const first = server.kept.findIndex(({ to }) => to[0]!.includes('@b.example'))
  expect(first).toBeLessThan(30)
})

test('a domain that waits for its rate keeps no connection that another one needs', async () => {
  const server: MailServer = await serve({
    banner: () => (server.open() > 1 ? '421 4.7.0 Too many connections' : undefined),
  })
  const domains: DomainPolicy[] = [{ domain: 'a.example', maxRate: { messages: 2, per: 3_600_000 } }]
  const timing = { idle: 3_600_000 }
  const kit = await start({ route: by(server, domains), deps: { timing }, load: false })
  for (let n = 0; n < 3; n++) kit.send([`u${n}@a.example`])
  await kit.queue.load()
  await server.whenKept(1)
  for (let n = 0; n < 3; n++) kit.send([`u${n}@b.example`])
  await server.whenKept(4)
  expect(server.kept.filter(({ to }) => to[0]!.includes('@b.example'))).toHaveLength(3)
})

test('rules that change while it runs hold at once, and what was sent counts', async () => {
  const server = await serve()
  const now = { domains: [{ domain: 'x.example', maxRate: { messages: 20, per: 1000 } }] }
  const kit = await start({ route: (leg) => by(server, now.domains)(leg), load: false })
  for (let n = 0; n < 30; n++) kit.send([`u${n}@x.example`])
  await kit.queue.load()
  await server.whenKept(3)
  const change = async (messages: number): Promise<number> => {
    now.domains = [{ domain: 'x.example', maxRate: { messages, per: 3_600_000 } }]
    kit.queue.setRules(rulesNow({ policy: policyOf(now.domains) }))
    const words = `Waiting: the rules allow ${messages} messages in 1 h`
    await whenQueue(kit.queue, async () => {
      const { items } = await kit.queue.list({ show: 'open', text: '', limit: 99 })
      return items.every((item) => item.words === words)
    })
    return server.kept.length
  }
  const sent = await change(2)
  expect(sent).toBeLessThan(30)
  // A change by itself would let one message go at once.
  for (const messages of [3, 2, 4]) expect(await change(messages)).toBe(sent)
})

test('what it waits for is said', async () => {
  const server = await serve()
  const hourly: DomainPolicy[] = [{ domain: 'x.example', maxRate: { messages: 2, per: 3_600_000 } }]
  const kit = await start({ route: by(server, hourly), load: false })
  for (const user of ['b', 'c']) kit.send([`${user}@x.example`])
  await kit.queue.load()
  await server.whenKept(1)
  await whenQueue(kit.queue, () => kit.queue.counts().delivered === 1)
  const { items } = await kit.queue.list({ show: 'open', text: '', limit: 9 })
  expect(items.map(({ words }) => words)).toEqual(['Waiting: the rules allow 2 messages in 1 h'])
  // Its connection is not kept for so long.
  await kit.hub.when('session-1', ({ kind }) => kind === 'end')
})
