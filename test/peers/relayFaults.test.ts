/**
 * The relay's next hop at its worst, by a server that does what a test says: 421 early and late, 4.7.1, 550 for some, a
 * connection that breaks in the content or after the dot. Nothing is lost, and the words of the try say what happened.
 */
import { expect, onTestFinished, test } from 'vitest'
import { startExim, whyNoExim } from '../support/peers/exim.ts'
import { listen, mail as mailScript } from '../support/dialogue/scriptedServer.ts'
import { mailServer, type MailRules, type MailServer } from '../support/relay/deliveryServer.ts'
import { inState, live, triedAgain, type Live } from '../support/relay/live.ts'

interface Pair {
  relay: Live
  server: MailServer
}

/** One relay whose every message goes to one scripted server. */
async function between(rules: MailRules, more = ''): Promise<Pair> {
  const server = await mailServer(rules)
  onTestFinished(() => server.close())
  const domain = `<domain *>\nsmarthost 127.0.0.1:${server.port} plain\nretry-after 20m\n${more}</domain>\n`
  return { server, relay: await live({ rules: domain, allowed: ['127.0.0.1'] }) }
}

const once = <T>(what: T): (() => T | undefined) => {
  let said = false
  return () => (said ? undefined : ((said = true), what))
}

const kim = 'kim@wren.test'
const minutes = 60_000

const retry = async ({ client }: Live, id: string): Promise<void> => {
  expect(await client.call('relay.act', { act: 'retry', target: { ids: [id] } })).toEqual({
    done: 1,
    problems: [],
  })
}

/** What is said at first; the words of the first try. */
const temporary: [string, () => MailRules, RegExp][] = [
  ['421 instead of a greeting', () => ({ banner: once('421 4.3.2 too busy') }), /^421 4\.3\.2 too busy$/],
  ['421 to MAIL', () => ({ mail: once('421 4.3.0 going down') }), /^421 4\.3\.0 going down$/],
  ['421 to RCPT', () => ({ rcpt: once('421 4.3.0 going down') }), /^421 4\.3\.0 going down$/],
  ['421 after the dot', () => ({ end: once('421 4.3.0 going down') }), /^421 4\.3\.0 going down$/],
  ['451 to RCPT', () => ({ rcpt: once('451 4.3.0 a local error') }), /^451 4\.3\.0 a local error$/],
  ['greylisting', () => ({ rcpt: once('450 4.7.1 Greylisted, come back later') }), /^450 4\.7\.1 Greylisted/],
  ['452 after the dot', () => ({ end: once('452 4.3.1 disk full') }), /^452 4\.3\.1 disk full$/],
  [
    'a connection that breaks at the greeting',
    () => ({ banner: once('drop') }),
    /^Connected to port \d+, but no greeting came$/,
  ],
  [
    'a connection that breaks at DATA',
    () => ({ data: once('drop') }),
    /^The server closed the connection after DATA\.$/,
  ],
]

test.each(temporary)(
  '%s: kept, tried again after the policy’s wait, at once by hand',
  async (_name, rules, words) => {
    const { relay, server } = await between(rules())
    expect(await relay.give({ to: kim })).toMatch(/^250 2\.0\.0 Queued/)
    const tried = await relay.when(kim, triedAgain())
    expect(tried.history).toMatchObject([{ outcome: 'again', words: expect.stringMatching(words) }])
    expect(tried.history[0]!.words).not.toContain('second copy')
    // At most a tenth earlier, so that what failed together is not tried together.
    const wait = Date.parse(tried.nextAt!) - Date.parse(tried.history[0]!.at)
    expect(wait).toBeGreaterThan(18 * minutes - 1)
    expect(wait).toBeLessThan(21 * minutes)
    expect(Date.parse(tried.givesUpAt!) - Date.parse(tried.receivedAt)).toBe(5 * 24 * 60 * minutes)
    await retry(relay, tried.id)
    const done = await relay.when(kim, inState('delivered'))
    expect(done.tries).toBe(2)
    expect(server.kept).toHaveLength(1)
  },
)

test('a connection that breaks after the dot: again, and the words say that a second copy is possible', async () => {
  const { relay, server } = await between({ end: once('drop') })
  await relay.give({ to: kim })
  const tried = await relay.when(kim, triedAgain())
  expect(tried.words).toMatch(
    /after the final dot: the server may have taken the message, so a second copy is possible/,
  )
  await retry(relay, tried.id)
  await relay.when(kim, inState('delivered'))
  expect(server.kept).toHaveLength(1)
})

test('a connection that breaks within the content: again, without a word of a second copy', async () => {
  let connections = 0
  const server = await listen((socket, received) => {
    const first = connections++ === 0
    let octets = 0
    if (first)
      socket.on(
        'data',
        (chunk: Buffer) => void ((octets += chunk.length) > 100_000 && socket.resetAndDestroy()),
      )
    mailScript()(socket, received)
  })
  onTestFinished(() => server.close())
  const relay = await live({
    rules: `<domain *>\nsmarthost 127.0.0.1:${server.port} plain\n</domain>\n`,
    allowed: ['127.0.0.1'],
  })
  await relay.give({ to: kim, text: `Subject: big\r\n\r\n${`${'x'.repeat(76)}\r\n`.repeat(60_000)}` })
  const tried = await relay.when(kim, triedAgain())
  expect(tried.words).toBe('The server reset the connection while the content was under way.')
  await retry(relay, tried.id)
  await relay.when(kim, inState('delivered'))
})

test('some taken, some refused, some deferred: each by itself, and only the deferred is named again', async () => {
  const first = new Set<string>()
  const said = (line: string): string | undefined => {
    const again = first.has(line)
    first.add(line)
    if (line.includes('<no@')) return '550 5.1.1 no such user'
    return line.includes('<later@') && !again ? '451 4.7.1 greylisted' : undefined
  }
  const { relay, server } = await between({ rcpt: said })
  const all = ['yes@wren.test', 'no@wren.test', 'later@wren.test']
  await relay.give({ to: all, text: 'Subject: three\r\n\r\nx\r\n' })
  const tried = await relay.when('later@wren.test', triedAgain())
  expect(tried.addresses).toMatchObject([
    { address: 'yes@wren.test', state: 'delivered', words: '250 2.0.0 kept' },
    { address: 'no@wren.test', state: 'failed', words: '550 5.1.1 no such user' },
    { address: 'later@wren.test', state: 'open', words: '451 4.7.1 greylisted' },
  ])
  expect(tried.history).toMatchObject([{ outcome: 'partly' }])
  await retry(relay, tried.id)
  // An entry that bounced is named by whom it bounced for.
  const done = await relay.when('no@wren.test', inState('bounced'))
  expect(done.recipients).toEqual({ all: 3, open: 0, delivered: 2, failed: 1 })
  const mails = server.kept.filter(({ from }) => !from.includes('<>'))
  expect(mails.map(({ to }) => to.map((line) => /<(.*)>/.exec(line)![1]))).toEqual([
    ['yes@wren.test'],
    ['later@wren.test'],
  ])
  // The sender was told of the one, once.
  const reports = server.kept.filter(({ from }) => from.includes('<>'))
  expect(reports.map(({ to }) => to)).toEqual([['RCPT TO:<a@shop.test>']])
  expect(reports[0]!.text).toContain('Final-Recipient: rfc822; no@wren.test')
  expect(reports[0]!.text).not.toContain('later@wren.test')
})

test('a smarthost that asks for TLS by policy and offers none: not in clear', async () => {
  const server = await mailServer({})
  onTestFinished(() => server.close())
  const rules = `<domain wren.test>\nsmarthost 127.0.0.1:${server.port} starttls\n</domain>\n`
  const relay = await live({ rules, allowed: ['127.0.0.1'] })
  await relay.give({ to: kim })
  const tried = await relay.when(kim, triedAgain())
  expect(tried.words).toBe('TLS not available: it is required, and the server does not offer STARTTLS')
  expect(server.lines.join('\n')).not.toContain('MAIL')
})

const noExim = whyNoExim()
const noEximWords = noExim === null ? '' : ` (skipped: ${noExim})`

test.skipIf(noExim !== null)(
  `Exim takes one, refuses one and defers one, each told by its own words${noEximWords}`,
  async () => {
    const exim = await startExim()
    onTestFinished(() => exim.stop())
    const relay = await live({
      rules: `<domain wren.test>\nsmarthost 127.0.0.1:${exim.ports.starttls} starttls\n</domain>\n`,
      allowed: ['wren.test'],
    })
    await relay.give({ to: ['defer@wren.test', 'kim@wren.test', 'reject@wren.test'] })
    const { addresses, history } = await relay.when('defer@wren.test', triedAgain())
    expect(addresses).toMatchObject([
      { address: 'defer@wren.test', state: 'open', words: '451 greylisted' },
      { address: 'kim@wren.test', state: 'delivered', words: expect.stringMatching(/^250 OK id=/) },
      { address: 'reject@wren.test', state: 'failed', words: '550 no such user' },
    ])
    expect(history).toMatchObject([{ outcome: 'partly', sealed: 'TLS 1.3, not verified' }])
  },
)

test.skipIf(noExim !== null)(
  `Exim with too few connections: all of it arrives over those that it takes${noEximWords}`,
  async () => {
    const exim = await startExim({ most: 2 })
    onTestFinished(() => exim.stop())
    const relay = await live({
      rules: `<domain wren.test>\nsmarthost 127.0.0.1:${exim.ports.starttls} starttls\nmax-smtp-out 20\nretry-after 20m\n</domain>\n`,
      allowed: ['wren.test'],
    })
    const all = Array.from({ length: 40 }, (_, at) => `kim${at}@wren.test`)
    await Promise.all(all.map((to) => relay.give({ to })))
    await Promise.all(all.map((to) => relay.when(to, inState('delivered'))))
    expect(exim.log()).toContain('too many connections')
  },
)
