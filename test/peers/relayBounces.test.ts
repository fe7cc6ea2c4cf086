/**
 * What comes back and what a person does: a refusal becomes a report to its sender by the same relay, as Python reads it, and
 * never one about a report; retry, hold, release, drop and bounce, by message, by domain and for all; pause; catch-alls.
 */
import { expect, onTestFinished, test, vi } from 'vitest'
import type { RelayEvent } from '#shared/rpc/contract/relay.ts'
import type { CallArguments } from '#shared/rpc/contract.ts'
import { startPostfix, whyNoPostfix } from '../support/postfix.ts'
import { asPython } from '../support/relay/asPython.ts'
import { mailServer, type MailRules, type MailServer } from '../support/relay/deliveryServer.ts'
import { inState, live, open, putRules, triedAgain, type Live } from '../support/relay/live.ts'
import { findProgram } from '../support/system.ts'

const noPostfix = whyNoPostfix()
const noPython = findProgram('python3') === null ? 'python3 is not installed' : null
const needs = noPostfix ?? noPython
const because = needs === null ? '' : ` (skipped: ${needs})`

test.skipIf(needs !== null)(
  `550 of Postfix becomes a report that Postfix keeps and Python reads${because}`,
  async () => {
    const postfix = await startPostfix()
    onTestFinished(() => postfix.stop())
    const way = `smarthost 127.0.0.1:${postfix.ports.starttls} starttls\n</domain>\n`
    const relay = await live({
      rules: `<domain x.test>\n${way}<domain box.test>\n${way}`,
      allowed: ['x.test', 'box.test'],
    })
    const text =
      'Subject: Gezeiten =?utf-8?Q?f=C3=BCr_Kim?=\r\nMessage-ID: <tide.9@shop.test>\r\n\r\nSecret of the body.\r\n'
    await relay.give({
      from: 'ines@box.test',
      to: 'reject@x.test',
      text,
      more: ' RET=HDRS ENVID=job+2B7',
      each: ' ORCPT=rfc822;old@x.test',
    })
    const bounced = await relay.when('reject@x.test', inState('bounced'))
    expect(bounced.words).toMatch(/^550 5\.1\.1 <reject@x\.test>: Recipient address rejected: no such user$/)
    const report = await relay.when('ines@box.test', inState('delivered'))
    expect(report.sender).toBe('')
    const [content] = await vi.waitFor(() => {
      expect(postfix.delivered()).toHaveLength(1)
      return postfix.delivered()
    }, 20_000)
    expect(String(content)).toMatch(/^Return-Path: <>$/m)
    expect(String(content)).not.toContain('Secret of the body')
    expect(await asPython(content!)).toMatchObject({
      type: 'multipart/report',
      reportType: 'delivery-status',
      parts: ['text/plain', 'message/delivery-status', 'text/rfc822-headers'],
      groups: [
        {
          'Original-Envelope-Id': 'job+7',
          'Reporting-MTA': 'dns; relay.test',
        },
        {
          'Original-Recipient': 'rfc822; old@x.test',
          'Final-Recipient': 'rfc822; reject@x.test',
          Action: 'failed',
          Status: '5.1.1',
          'Diagnostic-Code': expect.stringMatching(/^smtp; 550 5\.1\.1 /),
        },
      ],
      returned: 'Gezeiten =?utf-8?Q?f=C3=BCr_Kim?=',
      defects: [],
    })
  },
)

/** One relay whose every message goes to one scripted server. */
async function between(
  rules: MailRules,
  plan: Parameters<typeof live>[0] = {},
): Promise<{ relay: Live; server: MailServer; rules: string }> {
  const server = await mailServer(rules)
  onTestFinished(() => server.close())
  const domain = `<domain *>\nsmarthost 127.0.0.1:${server.port} plain\nretry-after 20m\n</domain>\n`
  return { rules: domain, server, relay: await live({ rules: domain, allowed: ['127.0.0.1'], ...plan }) }
}

test('nobody is told of a report, nor of what was sent with an empty reverse-path or NOTIFY=NEVER', async () => {
  const { relay, server } = await between({ rcpt: () => '550 5.1.1 nobody here' })
  await relay.give({ from: '', to: 'one@x.test' })
  await relay.give({ to: 'two@x.test', each: ' NOTIFY=NEVER' })
  await relay.give({ from: 'ines@back.test', to: 'three@x.test' })
  for (const to of ['one@x.test', 'two@x.test', 'three@x.test', 'ines@back.test'])
    await relay.when(to, inState('bounced'))
  expect((await relay.entries()).map(({ sender, recipient }) => `${sender} ${recipient}`).toSorted()).toEqual(
    [' ines@back.test', ' one@x.test', 'a@shop.test two@x.test', 'ines@back.test three@x.test'],
  )
  expect(server.lines.filter((line) => line.startsWith('RCPT'))).toHaveLength(4)
})

test('given up when its time is over, after the last try on the very end', async () => {
  const server = await mailServer({
    rcpt: (line) => (line.includes('kim@') ? '450 4.2.0 greylisted' : undefined),
  })
  onTestFinished(() => server.close())
  const rules = `<domain *>\nsmarthost 127.0.0.1:${server.port} plain\nretry-after 1s\nbounce-after 2s\n</domain>\n`
  const relay = await live({ rules, allowed: ['127.0.0.1'] })
  await relay.give({ from: 'ines@back.test', to: 'kim@wren.test' })
  const { words, history, receivedAt, tries } = await relay.when('kim@wren.test', inState('bounced'))
  expect(words).toBe(`Could not be delivered within 2 s, in ${tries} tries; last reply: 450 4.2.0 greylisted`)
  expect(tries).toBe(history.length)
  expect(Date.parse(history.at(-1)!.at) - Date.parse(receivedAt)).toBeGreaterThanOrEqual(2000)
  await relay.when('ines@back.test', inState('delivered'))
  expect(server.kept[0]!.text).toMatch(/^Action: failed\r\nStatus: 4\.2\.0\r$/m)
  expect(server.kept[0]!.text).toMatch(/could not be delivered within 2 s, and is given up/)
})

test('a success that was asked for, by way of a server without DSN: told by the relay itself', async () => {
  const { relay, server } = await between({})
  await relay.give({ from: 'ines@back.test', to: 'kim@wren.test', each: ' NOTIFY=SUCCESS' })
  await relay.when('ines@back.test', inState('delivered'))
  expect(server.kept.map(({ from }) => /<(.*)>/.exec(from)![1])).toEqual(['ines@back.test', ''])
  expect(server.kept[1]!.text).toMatch(/^Action: relayed\r\nStatus: 2\.0\.0\r$/m)
})

const allTo = (port: number): string => `<domain *>\nsmarthost 127.0.0.1:${port} plain\n</domain>\n`

test('two relays that send to each other: it ends', async () => {
  const one = await live({ allowed: ['127.0.0.1'] })
  const two = await live({ allowed: ['127.0.0.1'], rules: allTo(one.port) })
  await putRules(one.client, `smtp-listener 127.0.0.1:${one.port}\n${open}${allTo(two.port)}`)
  // Ninety of a hundred hops stand there already.
  const travelled = `${'Received: from a by b; Thu, 01 Jan 2026 00:00:00 +0000\r\n'.repeat(90)}Subject: x\r\n\r\nx\r\n`
  await one.give({ from: '', to: 'kim@wren.test', text: travelled })
  const bounced = await vi.waitFor(async () => {
    const all = [...(await one.entries()), ...(await two.entries())].filter(inState('bounced'))
    expect(all).toHaveLength(1)
    return all
  }, 20_000)
  expect(bounced[0]!.words).toMatch(/^554 5\.4\.6 Too many hops: 100 Received fields/)
})

type Act = CallArguments<'relay.act'>
const act = ({ client }: Live, what: Act['act'], target: Act['target']): Promise<unknown> =>
  client.call('relay.act', { act: what, target })
const done = (count: number): unknown => ({ done: count, problems: [] })

test('by hand: hold, release, retry, drop and bounce, by message and by domain', async () => {
  let calm = false
  const { relay, server } = await between({ rcpt: () => (calm ? undefined : '451 4.3.0 later') })
  for (const to of ['a@one.test', 'b@one.test', 'c@two.test', 'd@three.test', 'e@four.test']) {
    await relay.give({ to })
    await relay.when(to, triedAgain())
  }
  const idOf = async (to: string): Promise<{ ids: string[] }> => ({
    ids: [(await relay.when(to, () => true)).id],
  })
  expect(await act(relay, 'hold', { domain: 'ONE.test' })).toEqual(done(2))
  expect((await relay.when('a@one.test', inState('held'))).words).toBe('Held by hand')
  expect(await act(relay, 'drop', await idOf('c@two.test'))).toEqual(done(1))
  expect(await act(relay, 'bounce', { domain: 'three.test' })).toEqual(done(1))
  expect((await relay.when('d@three.test', inState('bounced'))).words).toBe(
    '554 5.0.0 Returned to its sender by hand',
  )
  await relay.when('c@two.test', inState('dropped'))
  calm = true
  await relay.when('a@shop.test', (item) => item.sender === '')
  expect(await act(relay, 'retry', await idOf('e@four.test'))).toEqual(done(1))
  await relay.when('e@four.test', inState('delivered'))
  expect(await act(relay, 'release', await idOf('a@one.test'))).toEqual(done(1))
  await relay.when('a@one.test', inState('delivered'))
  await relay.when('b@one.test', inState('held'))
  await act(relay, 'retry', { all: true })
  await relay.when('b@one.test', inState('delivered'))
  expect(await act(relay, 'drop', { ids: ['no-such/1'] })).toEqual(done(0))
  const got = server.kept.flatMap(({ to }) => to.map((line) => /<(.*)>/.exec(line)![1]!))
  expect(got.filter((to) => to !== 'a@shop.test').toSorted()).toEqual([
    'a@one.test',
    'b@one.test',
    'e@four.test',
  ])
})

test('paused: taken and kept, also over a restart; on again, it goes', async () => {
  const { relay, server, rules } = await between({}, { settings: { paused: true } })
  expect(await relay.give({ to: 'kim@wren.test' })).toMatch(/^250/)
  expect((await relay.when('kim@wren.test', inState('waiting'))).words).toBe('Waiting: delivery is paused')
  await relay.stop()
  const again = await live({ rules, allowed: ['127.0.0.1'], data: relay.data })
  expect((await again.when('kim@wren.test', inState('waiting'))).words).toBe('Waiting: delivery is paused')
  expect(server.connections()).toBe(0)
  await again.client.call('relay.setSettings', { paused: false })
  await again.when('kim@wren.test', inState('delivered'))
  expect(server.kept).toHaveLength(1)
})

test('a catch-all to the Inbox, then to one host, then nowhere that nobody allowed', async () => {
  const one = await mailServer({})
  onTestFinished(() => one.close())
  const { relay, server } = await between({}, { settings: { delivery: { to: 'inbox' } }, allowed: [] })
  await relay.give({ to: 'first@far.example' })
  expect((await relay.when('first@far.example', inState('delivered'))).words).toMatch(/Inbox/)
  const { items } = await relay.client.call('inbox.list', { limit: 10 })
  expect(items).toMatchObject([{ rcptTo: ['first@far.example'], mailFrom: 'a@shop.test' }])
  await relay.client.call('relay.setSettings', {
    delivery: { to: 'host', host: '127.0.0.1', port: one.port, tls: 'plain' },
  })
  await relay.give({ to: 'second@far.example' })
  await relay.when('second@far.example', inState('delivered'))
  expect(one.kept.map(({ to }) => to)).toEqual([['RCPT TO:<second@far.example>']])
  await relay.client.call('relay.setSettings', { delivery: { to: 'allowed' } })
  await relay.give({ to: 'third@far.example' })
  expect((await relay.when('third@far.example', inState('held'))).words).toBe(
    'far.example is not among the allowed hosts, nor is 127.0.0.1, where its mail goes. Allow one of them, or send everything to the Inbox.',
  )
  expect(server.connections()).toBe(0)
  await relay.client.call('inbox.setAllowedHosts', { hosts: ['far.example'] })
  await relay.when('third@far.example', inState('delivered'))
  expect(server.kept.map(({ to }) => to)).toEqual([['RCPT TO:<third@far.example>']])
})

test('what happens is told as it happens', async () => {
  const { relay } = await between({ rcpt: (line) => (line.includes('no@') ? '550 5.1.1 no' : undefined) })
  const told: RelayEvent[] = []
  relay.client.stream(
    'relay.events',
    {},
    { batch: ({ events }) => void told.push(...events), closed: () => undefined },
  )
  await relay.give({ from: '', to: ['no@one.test', 'yes@two.test'], text: 'Subject: tide\r\n\r\nx\r\n' })
  await vi.waitFor(() => expect(told).toHaveLength(3), 10_000)
  expect(told.map(({ what, recipients }) => `${what} ${recipients.join()}`).toSorted()).toEqual([
    'bounced no@one.test',
    'delivered yes@two.test',
    'queued no@one.test,yes@two.test',
  ])
})
