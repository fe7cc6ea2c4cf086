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

/** From an address of its own, as different machines would. */
async function from(localAddress: string, port: number): Promise<Talk> {
  const socket = connect({ port, host: '127.0.0.1', localAddress })
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  const client = new Talk(socket)
  await client.until(/220/)
  return client
}

test('a source is told by the address that the socket has: nobody says it of itself', async () => {
  const run = await runRelay(rulesNow({ sources: [{ match: '127.0.5.20', alwaysAllowRelaying: true }] }))
  const ask = async (localAddress: string) => {
    const client = await from(localAddress, run.ports[0]!)
    await client.say('EHLO [127.0.5.20]')
    expect(await client.say('XCLIENT ADDR=127.0.5.20')).toMatch(/^500/)
    await client.say('MAIL FROM:<a@wren.example>')
    return client.say('RCPT TO:<ann@gannet.example>')
  }
  expect(await ask('127.0.5.20')).toMatch(/^250/)
  expect(await ask('127.0.5.21')).toMatch(/^550 5\.7\.1 Relaying denied/)
})

test('what is offered is narrowed by the source: no STARTTLS, nothing before it, AUTH in clear where that is said', async () => {
  const sources = [
    { match: '127.0.5.1', allowStarttls: false },
    { match: '127.0.5.2', requireStarttls: true },
    { match: '127.0.5.3', requireStarttlsBeforeAuth: false },
  ]
  const run = await runRelay(rulesNow({ ...articlesPolicy(), sources }, secrets))
  const greet = async (address: string) => {
    const client = await from(address, run.ports[1]!)
    return { client, said: await client.say('EHLO client.test') }
  }
  const [none, only, clear, usual] = await Promise.all(['127.0.5.1', '127.0.5.2', '127.0.5.3', '127.0.5.4'].map(greet))
  expect([none, only, clear, usual].map((one) => [/STARTTLS/, /AUTH/].map((word) => word.test(one!.said)))).toEqual([
    [false, false], [true, false], [true, true], [true, false],
  ])
  expect(await none!.client.say('STARTTLS')).toMatch(/^502/)
  expect(await only!.client.say('MAIL FROM:<a@wren.example>')).toMatch(/^530 5\.7\.0 Must issue a STARTTLS/)
  expect(await clear!.client.say(`AUTH PLAIN ${plain('foo', 'barbaz')}`)).toMatch(/^235/)
  const head = async (client: Talk) => {
    client.socket.destroy()
    return (await session(run, ended)).tls
  }
  expect([await head(none!.client)]).toEqual(['none'])
}) // prettier-ignore

test('a user of method certificate signs in with one, and a password does not stand for it', async () => {
  const users = [{ name: 'eve', method: 'certificate' as const }, { name: 'foo', method: 'password' as const }]
  const listeners = [{ address: '127.0.0.1', port: 0, relay: true, tls: 'implicit', clientCertificate: 'asked' } as const]
  const run = await runRelay(rulesNow({ users }, secrets), { listeners })
  const ca = await readFile(run.caFile, 'utf8')
  const signIn = async (user: string, line: string) => {
    const { made } = await run.server.issueClientCertificate({ user })
    const client = await talk(run.ports[0]!)
    await client.secure(ca, { cert: made!.certificate, key: made!.key })
    await client.until(/220/)
    expect(await client.say('EHLO client.test')).toMatch(/AUTH PLAIN .*EXTERNAL/)
    const answer = await client.say(line)
    await client.say('MAIL FROM:<>')
    return [answer.slice(0, 3), (await client.say('RCPT TO:<ann@gannet.example>')).slice(0, 3)]
  }
  expect(await signIn('eve', 'AUTH EXTERNAL =')).toEqual(['235', '250'])
  expect(await signIn('foo', 'AUTH EXTERNAL =')).toEqual(['535', '550'])
  expect(await signIn('eve', `AUTH PLAIN ${plain('eve', '')}`)).toEqual(['501', '550'])
  expect(await signIn('eve', `AUTH PLAIN ${plain('eve', 'barbaz')}`)).toEqual(['535', '550'])
  expect(await signIn('nobody', 'AUTH EXTERNAL =')).toEqual(['535', '550'])
}) // prettier-ignore

test('no secret of a user stands in the transcript', async () => {
  const run = await runRelay(articles())
  const client = await sealed(run)
  await client.say(`AUTH PLAIN ${plain('foo', 'barbaz')}`)
  client.socket.destroy()
  const events = await eventsOf(run, (await session(run, ended)).id)
  expect(JSON.stringify(events)).not.toMatch(/barbaz|AGZvbwBiYXJiYXo/)
})

test('a message whose client may say so goes by the virtual MTA of its header, which is taken out', async () => {
  const sources = [{ match: '127.0.0.1', alwaysAllowRelaying: true, processVirtualMtaHeader: true }]
  const run = await runRelay(rulesNow({ ...articlesPolicy(), sources }, secrets))
  const client = await talk(run.ports[0]!)
  await client.until(/220/)
  await client.say('HELO client.test')
  await client.say('MAIL FROM:<a@wren.example>')
  await client.say('RCPT TO:<ann@gannet.example>')
  await client.say('DATA')
  client.write(`X-Virtual-MTA: mta2\r\n${content}`)
  await client.until(/Queued as/)
  const { message } = run.relay.added[0]!.queued
  expect(message).toMatchObject({ virtualMta: 'mta2', cuts: [[0, 21]], because: 'the message asks for it in x-virtual-mta' })
  expect(message.prefix).toMatch(/ with SMTP\r\n/)
}) // prettier-ignore

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
