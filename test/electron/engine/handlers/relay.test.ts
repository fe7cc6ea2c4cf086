import { afterAll, beforeAll, expect, test } from 'vitest'
import { contract } from '#shared/rpc/contract.ts'
import { freePorts } from '#test/support/peers/ports.ts'
import { articlesText } from '#test/support/relay/articles.ts'
import { talk } from '#test/support/server/talk.ts'
import { type Bench, collect, openBench } from './support.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.stop())

const attempt = { client: '203.0.113.77', secured: false, sender: 'a@shop.example', recipient: 'lee@gannet.example' } // prettier-ignore

const named = (names: object) =>
  Object.keys(names)
    .filter((name) => name.startsWith('relay.'))
    .toSorted()

test('every call of the relay has a handler', () => {
  expect(named(bench.engine.handlers)).toEqual(named(contract))
})
test('before anybody sets rules: nobody may relay, and that is said with its trace', async () => {
  const { client } = bench
  expect(await client.call('relay.rules', {})).toMatchObject({ text: '', problems: [], rules: [{ rule: 'everybody else' }] }) // prettier-ignore
  const { decision, suggestions } = await client.call('relay.try', { attempt })
  expect(decision).toMatchObject({ relay: false, reply: { code: 550, enhanced: '5.7.1' }, decidedBy: 1 })
  expect(suggestions.some(({ relay, policy }) => relay && policy !== undefined)).toBe(true)
})
test('rules are read, tried and set; no password comes back', async () => {
  const { client } = bench
  const rules = { text: articlesText }
  const read = await client.call('relay.read', rules)
  expect(read.problems.filter(({ severity }) => severity === 'error')).toEqual([])
  const tried = await client.call('relay.try', { attempt, rules })
  expect(tried.decision).toMatchObject({ relay: false, reply: { code: 530 } })
  const set = await client.call('relay.setRules', { rules })
  expect(set.saved).toBe(true)
  const answers = [set, await client.call('relay.rules', {}), await client.call('relay.status', {})]
  expect(JSON.stringify(answers)).not.toContain('barbaz')
  expect(answers[2]).toMatchObject({
    name: 'relayscope.localhost',
    virtualMtas: [
      { name: 'mta1', tls: 'required', retryAfter: 600_000, sourceHosts: [{ address: '1.2.3.4', name: 'mta1.yourserver.com' }] },
      { name: 'mta2', tls: 'off', retryAfter: 2_700_000 },
    ],
    openRelay: [],
  })
  const { listeners } = await client.call('server.status', {})
  expect(listeners.filter(({ relay }) => relay === true).map(({ address, port }) => `${address}:${port}`)).toEqual(['127.0.0.1:25', '127.0.0.1:587'])
}) // prettier-ignore
test('a wrong text is told by line and column, and what holds stays', async () => {
  const { client } = bench
  const { saved, rules } = await client.call('relay.setRules', { rules: { text: '<source 10/33>\n' } })
  expect(saved).toBe(false)
  expect(rules.problems[0]).toMatchObject({ severity: 'error', line: 1 })
  expect((await client.call('relay.rules', {})).text).toContain('relay-domain some.domain')
})
test('settings and allowed hosts: the status tells of them, and each change grows the version', async () => {
  const { client } = bench
  const told = collect(client, 'relay.changes', {}, (events) => events.some(({ allowedHosts }) => allowedHosts.includes('gannet.example'))) // prettier-ignore
  const { status, problems } = await client.call('relay.setSettings', { delivery: { to: 'inbox' }, mxPort: 2526 }) // prettier-ignore
  expect(problems).toEqual([])
  expect(status.settings).toEqual({ delivery: { to: 'inbox' }, paused: false, mxPort: 2526 })
  await client.call('inbox.setAllowedHosts', { hosts: ['Gannet.example'] })
  const last = (await told).at(-1)!
  expect(last.version.rules).toBeGreaterThan(status.version.rules)
  const wrong = await client.call('relay.setSettings', { resolver: 'ns.example' })
  expect(wrong.problems).toMatchObject([{ field: 'resolver', value: 'ns.example' }])
  expect(bench.faults).toEqual([])
})

/** Each line and the content with their replies. */
async function say(port: number, ...lines: string[]): Promise<string> {
  const client = await talk(port)
  let said = await client.until(/^220 [^\n]*\n/m)
  for (const line of lines) said += await client.say(line)
  return said
}

test('a message from RCPT to the Inbox: attempts with their trace, hits, the queue, what was told', async () => {
  const { client } = bench
  const { port } = await freePorts('port')
  const text = `smtp-listener 127.0.0.1:${port}\nrelay-domain some.domain\n`
  expect(await client.call('relay.setRules', { rules: { text } })).toMatchObject({ saved: true, rules: { problems: [] } }) // prettier-ignore
  await client.call('relay.setSettings', { delivery: { to: 'inbox' } })
  await client.call('server.start', {})
  const told = collect(client, 'relay.events', {}, (events) => events.some(({ what }) => what === 'delivered'))
  const said = await say(port, 'EHLO c.example', 'MAIL FROM:<a@shop.example>', 'RCPT TO:<x@elsewhere.example>', 'RCPT TO:<x@some.domain>', 'DATA', 'Subject: hi\r\n\r\nhello\r\n.', 'QUIT')
  expect(said).toMatch(/550 5\.7\.1 Relaying denied/)
  expect((await told).map(({ what, recipients }) => [what, ...recipients])).toEqual([['queued', 'x@some.domain'], ['delivered', 'x@some.domain']])

  const { items } = await client.call('relay.attempts', {})
  expect(items.map(({ attempt: asked, decision }) => [asked.recipient, decision.relay, decision.decidedBy])).toEqual([['x@some.domain', true, 1], ['x@elsewhere.example', false, 2]])
  expect((await client.call('relay.attempts', { refused: true })).items).toHaveLength(1)
  expect((await client.call('relay.rules', {})).rules).toMatchObject([{ rule: 'relay-domain some.domain', line: 2, hits: 1 }, { rule: 'everybody else', hits: 1 }])

  const queue = await client.call('relay.queue', {})
  expect(queue).toMatchObject({ total: 1, counts: { delivered: 1, waiting: 0 }, items: [{ state: 'delivered', domain: 'some.domain', sender: 'a@shop.example' }] })
  expect(await client.call('relay.queueItem', { id: queue.items[0]!.id })).toMatchObject({ addresses: [{ address: 'x@some.domain', state: 'delivered' }] })
  await expect(client.call('relay.queueItem', { id: 'none' })).rejects.toMatchObject({ code: 'not-found', message: 'There is no entry none in the queue.' })
  expect(await client.call('relay.act', { act: 'retry', target: { all: true } })).toEqual({ done: 0, problems: [] })
  expect(await client.call('relay.reports', {})).toEqual({ items: [] })
  expect((await client.call('relay.status', {})).counts.delivered).toBe(1)
  expect((await client.call('inbox.list', {})).items[0]).toMatchObject({ rcptTo: ['x@some.domain'], subject: 'hi' })
  await client.call('server.stop', {})
  expect(bench.faults).toEqual([])
}) // prettier-ignore
test('postmaster without a domain, from a stranger: taken, and kept in the Inbox although nothing may leave', async () => {
  const { client } = bench
  const { port } = await freePorts('port')
  await client.call('relay.setRules', { rules: { text: `smtp-listener 127.0.0.1:${port}\n` } })
  await client.call('relay.setSettings', { delivery: { to: 'allowed' } })
  await client.call('server.start', {})
  const told = collect(client, 'relay.events', {}, (events) => events.some(({ what, recipients }) => what === 'delivered' && recipients[0]?.startsWith('Postmaster') === true))
  const said = await say(port, 'EHLO c.example', 'MAIL FROM:<a@shop.example>', 'RCPT TO:<Postmaster>', 'RCPT TO:<x@elsewhere.example>', 'DATA', 'Subject: for you\r\n\r\nhello\r\n.', 'QUIT')
  expect(said).toMatch(/550 5\.7\.1 Relaying denied[^]*Queued as/)
  const [{ name }, last] = [await client.call('server.status', {}), (await told).at(-1)]
  expect(last).toMatchObject({ what: 'delivered', recipients: [`Postmaster@${name}`], words: '250 2.1.5 Kept in the Inbox' })
  expect((await client.call('inbox.list', {})).items[0]).toMatchObject({ rcptTo: [`Postmaster@${name}`], subject: 'for you' })
  const { items } = await client.call('relay.attempts', {})
  expect(items[1]).toMatchObject({ attempt: { recipient: 'Postmaster' }, decision: { relay: true, decidedBy: 0, trace: [{ number: 0, result: 'decided' }, { result: 'not-reached' }] } })
  const detail = await client.call('relay.queueItem', { id: last!.id })
  expect(detail.rules).toEqual(['Kept in the Inbox: it is to the postmaster of this server'])
  await client.call('server.stop', {})
}) // prettier-ignore
test('a host that is allowed lets go what was held for it, at once', async () => {
  const { client } = bench
  const { port } = await freePorts('port')
  const text = `smtp-listener 127.0.0.1:${port}\n<source 127.0.0.1>\nalways-allow-relaying yes\n</source>\n`
  await client.call('relay.setRules', { rules: { text } })
  await client.call('relay.setSettings', { delivery: { to: 'allowed' }, mxPort: 1 })
  await client.call('server.start', {})
  const held = collect(client, 'relay.events', {}, (events) => events.some(({ what }) => what === 'held'))
  await say(port, 'EHLO c.example', 'MAIL FROM:<a@shop.example>', 'RCPT TO:<x@[127.0.0.1]>', 'DATA', 'Subject: hi\r\n\r\nhello\r\n.', 'QUIT')
  expect((await held).at(-1)?.words).toContain('is not among the allowed hosts')
  const tried = collect(client, 'relay.events', {}, (events) => events.some(({ what }) => what === 'again'))
  await client.call('inbox.setAllowedHosts', { hosts: ['127.0.0.1'] })
  expect((await tried).at(-1)).toMatchObject({ what: 'again', host: '127.0.0.1:1' })
  const { items } = await client.call('relay.queue', { show: 'open' })
  expect(await client.call('relay.act', { act: 'drop', target: { ids: [items[0]!.id] } })).toMatchObject({ done: 1 })
  await client.call('server.stop', {})
}) // prettier-ignore
