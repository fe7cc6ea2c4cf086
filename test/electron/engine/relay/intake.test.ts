/** The articles' policy, case by case, over real sockets and TLS, with the real store. */
import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { toByteString } from '#shared/bytes/bytes.ts'
import { articlesPolicy } from '#test/support/relay/articles.ts'
import { makeIntake, rulesNow, runRelay, type RelayRun } from '#test/support/relay/intake.ts'
import { ended, eventsOf, session } from '#test/support/server/run.ts'
import { Talk, talk } from '#test/support/server/talk.ts'

const secrets = { 'user foo': 'barbaz' }
const articles = () => rulesNow(articlesPolicy(), secrets)
const plain = (user: string, password: string) => Buffer.from(`\0${user}\0${password}`).toString('base64')
const content = 'Subject: hello\r\nMessage-ID: <1@client.test>\r\n\r\nbody\r\n.\r\n'

/** Behind STARTTLS and a new EHLO. */
async function sealed(run: RelayRun): Promise<Talk> {
  const client = await talk(run.ports[1]!)
  await client.until(/220/)
  await client.say('EHLO client.test')
  await client.say('STARTTLS')
  await client.secure(await readFile(run.caFile, 'utf8'))
  await client.say('EHLO client.test')
  return client
}

async function remarks(run: RelayRun): Promise<string[]> {
  const events = await eventsOf(run, (await session(run, ended)).id)
  return events.flatMap((event) => (event.kind === 'remark' ? [event.text] : []))
}

async function leave(client: Talk): Promise<void> {
  await client.say('QUIT')
  await client.closed
}

test('foo with a password over TLS may send anywhere, and 250 means that it is queued', async () => {
  const run = await runRelay(articles())
  const client = await sealed(run)
  expect(await client.say(`AUTH PLAIN ${plain('foo', 'barbaz')}`)).toMatch(/^235/)
  await client.say('MAIL FROM:<foo@shop.example>')
  expect(await client.say('RCPT TO:<ann@gannet.example>')).toMatch(/^250/)
  await client.say('DATA')
  client.write(content)
  const [, id] = /250 2\.0\.0 Queued as (\S+)\r\n/.exec(await client.until(/^250 /m)) ?? []
  const { queued, bytes } = run.relay.added[0]!
  expect(queued.message).toMatchObject({ id, sender: 'foo@shop.example', user: 'foo', subject: 'hello', messageId: '<1@client.test>', size: content.length - 3 }) // prettier-ignore
  expect(queued.message.prefix.replace(/ {2}|\r\n /g, ' ')).toMatch(
    new RegExp(`^Received: from client\\.test \\(\\[127\\.0\\.0\\.1\\]\\) by relay\\.test with ESMTPSA \\(TLSv1\\.3\\) id ${id} for <ann@gannet\\.example>; \\w{3}, \\d\\d `), // prettier-ignore
  )
  expect(toByteString(bytes!)).toBe(content.slice(0, -3))
  expect(await run.store.relay.openLegs(null, 10)).toMatchObject([
    { id: `${id}/1`, domain: 'gannet.example', recipients: [{ address: 'ann@gannet.example', state: 'open' }] },
  ]) // prettier-ignore
  expect(await run.store.listMessages({ limit: 10 })).toMatchObject({ items: [] })
  await leave(client)
  expect(await remarks(run)).toEqual([
    'Rule 3 of 8, smtp-user foo: Relayed, because foo has signed in.',
    'Queued for 1 recipient at gannet.example. No virtual MTA, because no rule names a virtual MTA.',
  ])
})

test('without TLS AUTH is neither offered nor taken', async () => {
  const run = await runRelay(articles())
  const client = await talk(run.ports[1]!)
  await client.until(/220/)
  expect(await client.say('EHLO client.test')).not.toMatch(/AUTH/)
  expect(await client.say(`AUTH PLAIN ${plain('foo', 'barbaz')}`)).toMatch(/^538 5\.7\.11/)
})

test('a wrong password, a name that nobody has and an empty one sign nobody in', async () => {
  const run = await runRelay(articles())
  const client = await sealed(run)
  for (const [user, password] of [
    ['foo', 'wrong words'],
    ['nobody', 'barbaz'],
    ['', ''],
  ] as const)
    // prettier-ignore
    expect(await client.say(`AUTH PLAIN ${plain(user, password)}`)).toMatch(/^5\d\d/)
  await client.say('MAIL FROM:<foo@shop.example>')
  expect(await client.say('RCPT TO:<ann@gannet.example>')).toMatch(/^530 5\.7\.0 Authentication required/)
})

test('others send to relay domains and matching addresses only, and each decision is kept with its trace', async () => {
  const run = await runRelay(articles())
  const client = await talk(run.ports[0]!)
  await client.until(/220/)
  await client.say('EHLO client.test')
  await client.say('MAIL FROM:<stranger@wren.example>')
  const asked = ['ann@gannet.example', 'x@some.domain', 'x@SOME.Domain', 'bounce@bounce.yourdomain.com', 'x@foobar.com', 'x@foobaz.com', 'x%gannet.example@some.domain', '@hop.example:y@some.domain'] // prettier-ignore
  const codes = []
  for (const one of asked) codes.push((await client.say(`RCPT TO:<${one}>`)).slice(0, 3))
  expect(codes).toEqual(['530', '250', '250', '250', '250', '530', '250', '250'])
  await client.say('DATA')
  client.write(content)
  await client.until(/Queued as/)
  const { legs, message } = run.relay.added[0]!.queued
  expect(legs.map((leg) => [leg.domain, leg.recipients.map(({ address }) => address)])).toEqual([
    // One address twice is one recipient; what stands before the @ is never interpreted, a source route not followed.
    ['some.domain', ['x@some.domain', 'x%gannet.example@some.domain', 'y@some.domain']],
    ['bounce.yourdomain.com', ['bounce@bounce.yourdomain.com']],
    ['foobar.com', ['x@foobar.com']],
  ])
  expect(message.prefix).not.toMatch(/ for /)
  await leave(client)
  run.relay.intake.flush()
  await run.store.putSetting('x', '1')
  const { items } = await run.store.relay.attempts({ limit: 10, refused: true })
  expect(items.map(({ attempt }) => attempt.recipient)).toEqual(['x@foobaz.com', 'ann@gannet.example'])
  const { id: dialogue } = await session(run, ended)
  const first = items[1]!
  const event = (await eventsOf(run, dialogue)).find(({ seq }) => seq === first.seq)
  expect([first.session, event]).toMatchObject([dialogue, { kind: 'line', raw: 'RCPT TO:<ann@gannet.example>\r\n' }]) // prettier-ignore
  expect(first.decision).toMatchObject({ relay: false, decidedBy: 7, reply: { code: 530 } })
  expect(first.decision.trace).toHaveLength(8)
  expect((await remarks(run))[0]).toBe('Rule 7 of 8, source 0/0 require-auth true: Refused, because nobody had signed in and everybody must.') // prettier-ignore
})

test('a client of the source that may always relay needs no sign-in; its neighbour does', () => {
  const { intake, attempted } = makeIntake(articles())
  const ask = (address: string) =>
    intake
      .visit({ session: 's', address, port: 25 })
      .rcpt('ann@gannet.example', [], 'a@wren.example', { user: null, sealed: false, hello: null, seq: 3 })
  expect(ask('10.0.5.20')).toEqual({
    answer: { accept: true },
    remark: 'Rule 1 of 8, source 10.0.5.20 always-allow-relaying true: Relayed, because clients in 10.0.5.20 may always relay.', // prettier-ignore
  })
  expect(ask('10.0.5.21').answer).toMatchObject({ accept: false, reply: { code: 530 } })
  expect(attempted.map(({ decision }) => decision.relay)).toEqual([true, false])
  intake.flush()
})

test('a source is told by the address that the socket has: nobody says it of itself', async () => {
  const run = await runRelay(rulesNow({ sources: [{ match: '127.0.5.20', alwaysAllowRelaying: true }] }))
  const from = async (localAddress: string) => {
    const socket = connect({ port: run.ports[0]!, host: '127.0.0.1', localAddress })
    onTestFinished(() => void socket.destroy())
    await once(socket, 'connect')
    const client = new Talk(socket)
    await client.until(/220/)
    await client.say('EHLO [127.0.5.20]')
    expect(await client.say('XCLIENT ADDR=127.0.5.20')).toMatch(/^500/)
    await client.say('MAIL FROM:<a@wren.example>')
    return client.say('RCPT TO:<ann@gannet.example>')
  }
  expect(await from('127.0.5.20')).toMatch(/^250/)
  expect(await from('127.0.5.21')).toMatch(/^550 5\.7\.1 Relaying denied/)
})

test('the accounts are made anew with the rules, and not before', () => {
  const made = makeIntake(articles())
  const before = made.intake.accounts
  expect(made.intake.accounts).toBe(before)
  made.rules = rulesNow({ users: [{ name: 'eve', method: 'password' }] }, { 'user eve': 'other words' })
  expect(made.intake.accounts.names).toEqual(['eve'])
  expect(made.intake.confined).toBeNull()
  made.rules = rulesNow({ sources: [{ match: '0/0', alwaysAllowRelaying: true }] })
  expect(made.intake.confined).toMatch(/203\.0\.113\.77 may send anywhere/)
})
