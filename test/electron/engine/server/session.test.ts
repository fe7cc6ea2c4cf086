import { readFile } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import { assert, asyncProperty, boolean } from 'fast-check'
import { expect, test } from 'vitest'
import { toByteString } from '#shared/bytes/bytes.ts'
import type { SessionSummary } from '#shared/transcript/event.ts'
import {
  ended,
  eventsOf,
  messageBytes,
  newestMessage,
  runServer,
  type Running,
  session,
  shortOf,
} from '#test/support/server/run.ts'
import { talk, talkTls } from '#test/support/server/talk.ts'
import { actions, WildClient } from '#test/support/server/wildClient.ts'

const envelope = 'MAIL FROM:<a@a.test>\r\nRCPT TO:<b@b.test>\r\nDATA\r\n'
const plain = (word: string) => Buffer.from(`\0ann\0${word}`).toString('base64')

test('a pipelined transaction: kept as sent, the dialogue recorded once', async () => {
  const run = await runServer()
  const client = await talk(run.ports[0]!)
  await client.until(/^220 mx\.test ESMTP/)
  await client.say('EHLO me.test')
  client.write(envelope)
  await client.until(/354/)
  client.write('Subject: x\r\n\r\n..dots\r\n...\r\nschön\xff\r\n.\r\nQUIT\r\n')
  const last = await client.until(/221/)
  const [, id] = /250 2\.0\.0 Kept as (\S+)\r\n/.exec(last) ?? []
  await client.closed
  const { items } = await run.store.listMessages({ limit: 10 })
  expect(items).toMatchObject([
    { id, mailFrom: 'a@a.test', rcptTo: ['b@b.test'], sealed: false, port: run.ports[0] },
  ])
  expect(toByteString(await messageBytes(run.store, id!))).toBe(
    'Subject: x\r\n\r\n.dots\r\n..\r\nschön\xff\r\n',
  )
  const summary = await session(run, ended)
  expect(summary).toMatchObject({
    source: 'server',
    role: 'server',
    host: '127.0.0.1',
    port: run.ports[0],
    messages: [id],
  })
  expect(await shortOf(run, summary.id)).toEqual([
    'connect', expect.stringMatching(/^S: 220/), 'C: EHLO me.test', expect.stringMatching(/^S: 250-/),
    'C: MAIL FROM:<a@a.test>', expect.stringMatching(/^S: 250/), 'C: RCPT TO:<b@b.test>', expect.stringMatching(/^S: 250/),
    'C: DATA', expect.stringMatching(/^S: 354/), 'chunk', `S: 250 2.0.0 Kept as ${id}`, 'C: QUIT',
    expect.stringMatching(/^S: 221/), expect.stringMatching(/^end completed/),
  ]) // prettier-ignore
  const chunk = (await eventsOf(run, summary.id)).find((event) => event.kind === 'chunk')
  expect(chunk).toMatchObject({ body: 1, offset: 0, size: 33, last: true, encoding: 'data' })
})

test('BDAT brings octets as they are', async () => {
  const run = await runServer()
  const client = await talk(run.ports[0]!)
  await client.until(/220/)
  await client.say('EHLO me.test')
  client.write(
    'MAIL FROM:<> BODY=BINARYMIME\r\nRCPT TO:<b@b.test>\r\nBDAT 6\r\nA: b\r\nBDAT 8 LAST\r\n\r\n.\r\n\n\r\0',
  )
  const replies = await client.until(/Kept as/)
  expect(replies.match(/^250 /gm)).toHaveLength(4)
  expect(toByteString((await newestMessage(run)).bytes)).toBe('A: b\r\n\r\n.\r\n\n\r\0')
  client.socket.end('QUIT\r\n')
  await client.closed
  const events = await eventsOf(run, (await session(run, ended)).id)
  const chunks = events.flatMap((event) =>
    event.kind === 'chunk' ? [[event.offset, event.size, event.last, event.encoding]] : [],
  )
  expect(chunks).toEqual([
    [0, 6, false, 'bdat'],
    [6, 8, true, 'bdat'],
  ])
})

test('a client that sends all, closes its side and still reads gets all replies', async () => {
  const run = await runServer()
  const client = await talk(run.ports[0]!)
  client.socket.end(`EHLO x\r\n${envelope}A: b\r\n\r\n.\r\nQUIT\r\n`)
  await client.closed
  expect(client.received).toMatch(/Kept as[^]*221 /)
})

test('a client that leaves in the middle of the content: nothing in the Inbox, what came is kept', async () => {
  const run = await runServer()
  const client = await talk(run.ports[0]!)
  client.write(`EHLO x\r\n${envelope}Subject: half\r\n\r\nhal`)
  await client.until(/354/)
  client.socket.end()
  const summary = await session(run, ended)
  expect((await run.store.listMessages({ limit: 1 })).total).toBe(0)
  expect((await shortOf(run, summary.id)).slice(-3)).toEqual([
    'chunk',
    'finding body-closed',
    'end closed by client',
  ])
  const content = await run.store.readContent(summary.id, 1, 0, 100)
  expect(toByteString(content!.bytes)).toMatch(/^Subject: half\r\n\r\nhal?$/)
})

test('STARTTLS: facts recorded, EHLO again, AUTH inside; the password is nowhere', async () => {
  const run = await runServer({ users: [{ user: 'ann', password: 'secret w0rd' }] })
  const ca = await readFile(run.caFile, 'utf8')
  const client = await talk(run.ports[3]!)
  await client.until(/220/)
  const clear = await client.say('EHLO x')
  expect(clear).toMatch(/STARTTLS/)
  expect(clear).not.toMatch(/AUTH/)
  await client.say('STARTTLS')
  await client.secure(ca)
  const sealed = await client.say('EHLO x')
  expect(sealed).toMatch(/AUTH PLAIN LOGIN CRAM-MD5/)
  expect(sealed).not.toMatch(/STARTTLS/)
  expect(await client.say('MAIL FROM:<a@a.test>')).toMatch(/^530 5\.7\.0/)
  expect(await client.say(`AUTH PLAIN ${plain('wrong')}`)).toMatch(/^535 5\.7\.8/)
  expect(await client.say(`AUTH PLAIN ${plain('secret w0rd')}`)).toMatch(/^235 2\.7\.0 Authenticated as ann/)
  client.write(envelope)
  await client.until(/354/)
  client.write('A: b\r\n\r\n.\r\nQUIT\r\n')
  await client.until(/221/)
  expect(await newestMessage(run)).toMatchObject({ sealed: true, user: 'ann' })
  client.socket.end()
  const summary = await session(run, ended)
  const events = await eventsOf(run, summary.id)
  const tls = events.find((event) => event.kind === 'tls')
  expect(tls).toMatchObject({ outcome: 'established', version: 'TLSv1.3', sni: 'localhost', sealed: true })
  const text = JSON.stringify(events) + JSON.stringify(run.lines) + JSON.stringify(run.server.status())
  for (const secret of [
    'secret w0rd',
    plain('secret w0rd'),
    Buffer.from('secret w0rd').toString('base64').slice(0, 12),
  ])
    expect(text).not.toContain(secret)
})

test('STARTTLS injection: clear text behind STARTTLS is dropped and noted', async () => {
  const run = await runServer()
  const client = await talk(run.ports[1]!)
  await client.until(/220/)
  await client.say('EHLO x')
  client.write('STARTTLS\r\nMAIL FROM:<evil@e.test>\r\nRCPT TO:<b@b.test>\r\n')
  await client.until(/220/)
  await client.secure(await readFile(run.caFile, 'utf8'))
  expect(await client.say('EHLO x')).toMatch(/^250-/)
  expect(await client.say('RCPT TO:<b@b.test>')).toMatch(/^503/)
  client.socket.end('QUIT\r\n')
  const short = await shortOf(run, (await session(run, ended)).id)
  expect(short).toContain('finding starttls-plaintext-injected')
  expect(short.join()).not.toContain('evil')
})

test('implicit TLS, and a client that speaks in clear there', async () => {
  const run = await runServer()
  const client = await talkTls(run.ports[2]!, await readFile(run.caFile, 'utf8'))
  await client.until(/^220 /)
  await client.say('QUIT')
  expect(await shortOf(run, (await session(run, ended)).id)).toEqual([
    'connect', 'tls established', expect.stringMatching(/^S: 220/), 'C: QUIT', expect.stringMatching(/^S: 221/), expect.stringMatching(/^end completed/),
  ]) // prettier-ignore
  const wrong = await talk(run.ports[2]!)
  wrong.write('EHLO x\r\n')
  await wrong.closed
  const summary = await session(run, (one) => ended(one) && one.tone !== 'good' && one.events < 5)
  expect((await shortOf(run, summary.id)).slice(0, 2)).toEqual([
    'connect',
    'tls failed port-speaks-implicit-tls',
  ])
})

test('silence for too long is answered with 421', async () => {
  const run = await runServer({ limits: { idle: 60 } })
  const client = await talk(run.ports[0]!)
  await client.closed
  expect(client.received).toMatch(/^220[^]*421 4\.4\.2/)
  expect((await shortOf(run, (await session(run, ended)).id)).at(-1)).toMatch(/^end timeout/)
})

test('a client that asks and never reads is dropped', async () => {
  const run = await runServer({ limits: { idle: 500 } })
  const client = await talk(run.ports[0]!)
  client.socket.pause()
  const help = Buffer.from('EHLO x\r\n'.repeat(100_000))
  client.socket.write(help)
  const summary = await session(run, ended)
  expect((await shortOf(run, summary.id)).at(-1)).toMatch(/^end (failed|timeout|refused)/)
})

test('whatever a person does at the gate: it ends, a client is told of a message what became of it, recorded is what it got', async () => {
  const run = await runServer({ listeners: [{ address: '127.0.0.1', port: 0, tls: 'plain', auth: 'optional', authOnlyAfterTls: false }] }) // prettier-ignore
  let number = 0
  await assert(
    asyncProperty(actions, boolean(), async (list, step) => {
      const name = `wild-${++number}`
      run.server.hold({ who: 'next', step, breakpoints: ['.'] })
      const talked = await talk(run.ports[0]!)
      const client = new WildClient(talked, name)
      const { id } = await session(run, ({ state }) => state !== 'ended')
      const gate = run.server.gate(id)!
      for (const action of list) {
        for (let i = 0; i < 6; i++) await setImmediate()
        gate.act(action)
      }
      gate.act({ type: 'breakpoints', breakpoints: [] })
      gate.act({ type: 'run' })
      for (let i = 0; i < 20; i++) await setImmediate()
      talked.socket.end()
      talked.socket.resume()
      await talked.closed
      const summary = await session(run, (one) => one.id === id && ended(one))
      await expectTrue(run, summary, client, name)
    }),
    { numRuns: 60 },
  )
}, 60_000)

async function expectTrue(run: Running, summary: SessionSummary, client: WildClient, name: string) {
  const events = await eventsOf(run, summary.id)
  expect(JSON.stringify(events)).not.toMatch(/wild-password|AGFubgB3aWxk/)
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1))
  expect(events.at(-1)?.kind).toBe('end')
  const said = events.flatMap((event) => (event.kind === 'reply' ? [event.raw] : [])).join('')
  expect(said.startsWith(client.all), `${said} | ${client.all}`).toBe(true)
  // Behind a reply more than it asked for, a client takes each for the answer to something else: nothing can be held to it.
  if (events.some((event) => event.kind === 'edit' && /^(?:inserted|repeated)$/.test(event.action))) return
  const { items } = await run.store.listMessages({ limit: 50 })
  const kept = items.filter(({ id }) => summary.messages.includes(id)).map(({ subject }) => subject)
  for (const { subject, code } of client.told) {
    if (code >= 200 && code < 300) expect(kept, `${code} for ${name}`).toContain(subject)
    else expect(kept, `${code} for ${name}`).not.toContain(subject)
  }
}
