import { afterAll, beforeAll, expect, test } from 'vitest'
import { contract } from '#shared/rpc/contract.ts'
import { articlesText } from '#test/support/relay/articles.ts'
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
