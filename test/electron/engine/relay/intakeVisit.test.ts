/** Hostile and unlucky clients, over real sockets with the real store. */
import { setImmediate } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { toByteString } from '#shared/bytes/bytes.ts'
import { makeIntake, rulesNow, runRelay, type RelayRun } from '#test/support/relay/intake.ts'
import { ended, eventsOf, session } from '#test/support/server/run.ts'
import { talk, type Talk } from '#test/support/server/talk.ts'

const open = () => rulesNow({ relayDomains: [{ domain: 'a.test' }, { domain: 'b.test' }] })
const standing = { user: null, sealed: false, hello: null, seq: 1 }

async function greeted(run: RelayRun, name = 'me.test'): Promise<Talk> {
  const client = await talk(run.ports[0]!)
  await client.until(/220/)
  await client.say(`EHLO ${name}`)
  return client
}

const queuedBodies = async (run: RelayRun): Promise<string[]> => {
  const legs = await run.store.relay.openLegs(null, 100)
  const ids = [...new Set(legs.map(({ message }) => message.id))]
  const parts = ids.map((id) =>
    run.store.readContent(id.split('.')[0]!, Number(id.split('.')[1]), 0, 1 << 20),
  )
  return (await Promise.all(parts)).map((part) => toByteString(part!.bytes))
}

test('refused and taken recipients in one pipelined batch: only those who were taken are queued', async () => {
  const run = await runRelay(open())
  const client = await greeted(run)
  client.write('MAIL FROM:<>\r\nRCPT TO:<x@evil.test>\r\nRCPT TO:<x@a.test>\r\nRCPT TO:<y@evil.test>\r\nRCPT TO:<y@b.test>\r\nDATA\r\n') // prettier-ignore
  expect((await client.until(/354/)).match(/^\d{3}/gm)).toEqual(['250', '550', '250', '550', '250', '354'])
  client.write('A: b\r\n\r\n..dot\r\n.\r\nMAIL FROM:<s@c.test>\r\nRCPT TO:<z@evil.test>\r\nDATA\r\nQUIT\r\n')
  expect((await client.until(/221/)).match(/^\d{3}/gm)).toEqual(['250', '250', '550', '503', '221'])
  const legs = await run.store.relay.openLegs(null, 10)
  expect(legs.map(({ recipients }) => recipients.map(({ address }) => address))).toEqual([['x@a.test'], ['y@b.test']]) // prettier-ignore
  expect(await queuedBodies(run)).toEqual(['A: b\r\n\r\n.dot\r\n'])
})

test('BDAT in chunks, RSET in the middle of one message, and the next one whole', async () => {
  const run = await runRelay(open())
  const client = await greeted(run)
  const begin = 'MAIL FROM:<s@c.test>\r\nRCPT TO:<x@a.test>\r\n'
  client.write(`${begin}BDAT 9\r\nlost one\rRSET\r\n${begin}BDAT 6\r\nA: b\r\nBDAT 8 LAST\r\n\r\n.\r\nx\r\n`)
  await client.until(/Queued as/)
  expect(await queuedBodies(run)).toEqual(['A: b\r\n\r\n.\r\nx\r\n'])
  expect(toByteString(run.relay.added[0]!.bytes!)).toBe('A: b\r\n\r\n.\r\nx\r\n')
})

test('bare line ends by BDAT are refused, whatever the listener says, and BINARYMIME is not offered', async () => {
  const listeners = [{ address: '127.0.0.1', port: 0, relay: true, tls: 'plain', bareLineEnds: 'keep' } as const] // prettier-ignore
  const run = await runRelay(open(), { listeners })
  const client = await talk(run.ports[0]!)
  await client.until(/220/)
  expect(await client.say('EHLO me.test')).not.toMatch(/BINARYMIME/)
  client.write('MAIL FROM:<>\r\nRCPT TO:<x@a.test>\r\nBDAT 24 LAST\r\nA: b\r\n\r\nx\n.\nMAIL FROM:<>')
  expect(await client.until(/^5/m)).toMatch(/550 5\.5\.2 Bare CR or LF/)
  client.write('RSET\r\nMAIL FROM:<>\r\nRCPT TO:<x@a.test>\r\nDATA\r\n')
  await client.until(/354/)
  client.write('A: b\n\r\n.\r\n')
  expect(await client.until(/^5/m)).toMatch(/550 5\.5\.2/)
  expect(await run.store.relay.openLegs(null, 10)).toEqual([])
})

test('a connection lost in the middle of the content queues nothing, and gives its memory back', async () => {
  const run = await runRelay(open())
  const client = await greeted(run)
  client.write('MAIL FROM:<>\r\nRCPT TO:<x@a.test>\r\nDATA\r\n')
  await client.until(/354/)
  client.write(`A: b\r\n\r\n${'half a message\r\n'.repeat(5000)}`)
  client.socket.resetAndDestroy()
  await session(run, ended)
  expect(await run.store.relay.openLegs(null, 10)).toEqual([])
  expect(run.relay.added).toEqual([])
})

test('a thousand recipients are taken and travel by the hundred; one more has to come again', async () => {
  const run = await runRelay(open())
  const client = await greeted(run)
  await client.say('MAIL FROM:<s@c.test>')
  const all = Array.from({ length: 1001 }, (_, i) => `RCPT TO:<u${i}@a.test>\r\n`).join('')
  client.write(`${all}DATA\r\n`)
  await client.until(/452 4\.5\.3 [^\n]+\n354/)
  client.write('A: b\r\n.\r\n')
  await client.until(/Queued as/)
  const legs = await run.store.relay.openLegs(null, 100)
  expect(legs.map(({ recipients }) => recipients.length)).toEqual(Array.from({ length: 10 }, () => 100))
  expect(run.relay.attempted).toHaveLength(1000)
})

test('a megabyte of header is taken, its beginning read and told, its octets kept as they are', async () => {
  const run = await runRelay(open())
  const client = await greeted(run)
  client.write('MAIL FROM:<>\r\nRCPT TO:<x@a.test>\r\nDATA\r\n')
  await client.until(/354/)
  const line = `X-Long: ${'y'.repeat(900)}\r\n`
  client.write(`Subject: first\r\n${line.repeat(1100)}\r\nbody\r\n.\r\nQUIT\r\n`)
  await client.until(/221/)
  const [{ queued, bytes } = { queued: null, bytes: null }] = run.relay.added
  expect([queued?.message.subject, bytes]).toEqual(['first', null])
  expect(run.relay.arrived[0]?.head).toHaveLength(262_144)
  const events = await eventsOf(run, (await session(run, ended)).id)
  expect(events.some((event) => event.kind === 'remark' && event.text.startsWith('Only the first 262,144'))).toBe(true) // prettier-ignore
})

test('a message that goes in a circle is refused, and what it was is kept beside its dialogue', async () => {
  const run = await runRelay(open())
  const client = await greeted(run)
  client.write('MAIL FROM:<>\r\nRCPT TO:<x@a.test>\r\nDATA\r\n')
  await client.until(/354/)
  client.write(`${'RECEIVED: from a\r\n by b\r\n'.repeat(100)}\r\nbody\r\n.\r\n`)
  expect(await client.until(/^5/m)).toMatch(/^554 5\.4\.6 Too many hops: 100 Received fields/)
  await client.say('QUIT')
  await client.closed
  const { id } = await session(run, ended)
  await vi.waitFor(async () => expect((await run.store.readContent(id, 1, 0, 10))?.total).toBe(2508))
  expect(await run.store.relay.openLegs(null, 10)).toEqual([])
})

test('a client whose name has octets above 127 or ends comments leaves the Received field whole', async () => {
  const run = await runRelay(open())
  const client = await greeted(run, 'b\xffd) by evil.test (')
  client.write('MAIL FROM:<>\r\nRCPT TO:<x@a.test>\r\nDATA\r\n')
  await client.until(/354/)
  client.write('\r\n.\r\n')
  await client.until(/Queued as/)
  expect(run.relay.added[0]!.queued.message.prefix).toMatch(/^Received: from \[127\.0\.0\.1\] \(HELO b\?d\?\?by\?evil\.test\?\? \[127\.0\.0\.1\]\)\r\n by relay\.test with ESMTP\r\n id /) // prettier-ignore
})

test('a recipient that a person refused by hand is not queued, and one that a person took is', async () => {
  const run = await runRelay(open())
  run.server.hold({ who: 'next', step: false, breakpoints: ['RCPT'] })
  const client = await greeted(run)
  const gate = () => run.server.gate(run.server.status().held?.[0] ?? '')
  const answerBy = async (raw: string) => {
    await vi.waitFor(() => expect(gate()).not.toBeNull())
    expect(gate()!.act({ type: 'edit', raw })).toEqual({ ok: true })
  }
  await client.say('MAIL FROM:<s@c.test>')
  for (const [address, raw] of [['x@a.test', '550 no\r\n'], ['y@a.test', '250 yes\r\n'], ['z@evil.test', '250 let it pass\r\n']] as const) {
    client.write(`RCPT TO:<${address}>\r\n`)
    await answerBy(raw)
    expect(await client.until(/^\d{3} /m)).toContain(raw.trim())
  }
  await client.say('DATA')
  client.write('A: b\r\n.\r\n')
  await client.until(/Queued as/)
  const [first, ...others] = await run.store.relay.openLegs(null, 10)
  expect([first, ...others].map((leg) => leg?.recipients.map(({ address }) => address))).toEqual([['y@a.test'], ['z@evil.test']])
}) // prettier-ignore

test('rules that become those of an open relay do not serve whoever came in from outside before', () => {
  const made = makeIntake(open())
  const visit = made.intake.visit({ session: 's', address: '192.0.2.9', port: 25 })
  const here = made.intake.visit({ session: 't', address: '127.0.0.1', port: 25 })
  made.rules = rulesNow({ sources: [{ match: '0/0', alwaysAllowRelaying: true }] })
  expect(visit.rcpt('x@evil.test', [], '', standing)).toMatchObject({ answer: { accept: false, reply: { code: 550 } }, remark: expect.stringMatching(/open relay/) }) // prettier-ignore
  expect(here.rcpt('x@evil.test', [], '', standing).answer).toEqual({ accept: true })
  expect(made.attempted.map(({ decision }) => [decision.relay, decision.decidedBy])).toEqual([[false, 0], [true, 1]]) // prettier-ignore
  made.intake.flush()
})

test('postmaster without a domain is taken from strangers, also by rules of an open relay, and from trusted clients alike', () => {
  const made = makeIntake(rulesNow({ sources: [{ match: '192.0.2.1', alwaysAllowRelaying: true }] }))
  const visit = (address: string) => made.intake.visit({ session: 's', address, port: 25 })
  for (const client of ['192.0.2.9', '192.0.2.1']) {
    const { answer, remark } = visit(client).rcpt('PostMaster', [], 'x@evil.test', standing)
    expect(answer).toEqual({ accept: true })
    expect(remark).toMatch(/^Taken, because it is to the postmaster of this server/)
  }
  made.rules = rulesNow({ sources: [{ match: '0/0', alwaysAllowRelaying: true }] })
  expect(visit('192.0.2.9').rcpt('postmaster', [], '', standing).answer).toEqual({ accept: true })
  expect(visit('192.0.2.9').rcpt('postmaster@evil.test', [], '', standing).answer).toMatchObject({ accept: false })
  expect(made.attempted.map(({ attempt, decision }) => [attempt.recipient, decision.decidedBy])).toEqual([['PostMaster', 0], ['PostMaster', 0], ['postmaster', 0], ['postmaster@evil.test', 0]])
  made.intake.flush()
}) // prettier-ignore

test('a queue that breaks after the message is durable does not make the client send it again', async () => {
  const run = await runRelay(open())
  run.relay.added.push = () => {
    throw new Error('no room in the queue')
  }
  const client = await greeted(run)
  client.write('MAIL FROM:<>\r\nRCPT TO:<x@a.test>\r\nDATA\r\n')
  await client.until(/354/)
  client.write('A: b\r\n.\r\n')
  await client.until(/250 2\.0\.0 Queued as/)
  await setImmediate()
  expect(await run.store.relay.openLegs(null, 10)).toHaveLength(1)
  expect(run.lines.some(({ message }) => message.includes('could not be handed on'))).toBe(true)
})
