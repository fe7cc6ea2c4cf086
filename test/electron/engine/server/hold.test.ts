import { expect, test } from 'vitest'
import type { GateState } from '#shared/rpc/contract/dialogue.ts'
import type { HoldRules } from '#shared/rpc/contract/server.ts'
import { whenGate } from '#test/support/dialogue/start.ts'
import { ended, eventsOf, runServer, session, shortOf, type Running } from '#test/support/server/run.ts'
import { talk, type Talk } from '#test/support/server/talk.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')

async function held(rules: Partial<HoldRules>, listener = 0) {
  const run = await runServer()
  const { problems } = run.server.hold({ who: 'every', step: false, breakpoints: [], ...rules })
  expect(problems).toEqual([])
  const client = await talk(run.ports[listener]!)
  const { id } = await session(run, (summary) => summary.state !== 'ended')
  const gate = run.server.gate(id)!
  const until = (fits: (state: GateState) => boolean) => whenGate(gate.states, fits)
  return { run, client, id, gate, until }
}

const toRcpt = async (client: Talk): Promise<void> => {
  await client.until(/220 /)
  await client.say('EHLO me')
  await client.say('MAIL FROM:<a@b.example>')
}
const inboxOf = async (run: Running) => (await run.store.listMessages({ limit: 10 })).total

test('held at RCPT, the reply changed to 550: the client sees it, the recipient is not in the envelope', async () => {
  const { run, client, id, gate, until } = await held({ breakpoints: ['RCPT'] })
  await toRcpt(client)
  client.write('RCPT TO:<c@d.example>\r\n')
  const state = await until((one) => one.held !== undefined)
  expect(state).toMatchObject({
    role: 'server',
    mode: 'run',
    why: 'before the answer to RCPT',
    answering: 'RCPT',
    held: { kind: 'reply', verb: 'RCPT', raw: '250 2.1.5 Recipient OK\r\n' },
    peer: { patienceMs: 300_000 },
  })
  expect(run.server.status().held).toEqual([id])
  expect((await run.hub.summary(id))?.state).toBe('held')
  expect(gate.act({ type: 'edit', raw: '550 5.1.1 nobody here\r\n' })).toEqual({ ok: true })
  expect(await client.until(/\n/)).toBe('550 5.1.1 nobody here\r\n')
  expect(run.server.status().held).toEqual([])
  expect(await client.say('DATA')).toMatch(/^503/)
  await client.say('QUIT')
  await session(run, ended)
  const events = await eventsOf(run, id)
  expect(events).toContainEqual(
    expect.objectContaining({
      kind: 'edit',
      direction: 'to-client',
      action: 'edited',
      before: '250 2.1.5 Recipient OK\r\n',
      after: '550 5.1.1 nobody here\r\n',
    }),
  )
  expect(events).toContainEqual(expect.objectContaining({ kind: 'reply', code: 550, edited: true }))
  expect(events).toContainEqual(expect.objectContaining({ kind: 'wait', why: 'breakpoint' }))
})

async function toDot(client: Talk): Promise<void> {
  await toRcpt(client)
  await client.say('RCPT TO:<c@d.example>')
  await client.say('DATA')
  client.write('Subject: hi\r\n\r\nhello\r\n.\r\n')
}

test.each([
  ['550 5.7.1 no\r\n', 0],
  ['451 4.3.0 later\r\n', 0],
  ['250 2.0.0 mine now\r\n', 1],
])('held at the end of data before it is durable: %j keeps %i', async (raw, count) => {
  const { run, client, gate, until } = await held({ breakpoints: ['.'] })
  await toDot(client)
  const state = await until((one) => one.held !== undefined)
  expect(state).toMatchObject({ answering: 'end of data', peer: { patienceMs: 600_000 }, state: 'commit' })
  expect(state.held?.raw).toMatch(/^250 2\.0\.0 Kept as /)
  expect(await inboxOf(run)).toBe(0)
  gate.act({ type: 'edit', raw })
  expect(await client.until(/\n/)).toBe(raw)
  await client.say('QUIT')
  await session(run, ended)
  expect(await inboxOf(run)).toBe(count)
})

test('a refusal said beside the held answer is the answer: the message is not kept', async () => {
  for (const then of ['step', 'skip'] as const) {
    const { run, client, gate, until } = await held({ breakpoints: ['.'] })
    await toDot(client)
    await until((one) => one.held !== undefined)
    const early = gate.act({ type: 'insert', raw: '250 2.0.0 kept, honestly\r\n' })
    expect(early).toMatchObject({ ok: false, problem: expect.stringContaining('not kept yet') })
    expect(gate.act({ type: 'insert', raw: '550 5.7.1 no\r\n' })).toEqual({ ok: true })
    gate.act({ type: then })
    expect(await client.until(/\n/)).toBe('550 5.7.1 no\r\n')
    if (then === 'step') {
      // The 250 would not be true any more: what is said instead waits for the person again.
      await until((one) => one.held?.raw.startsWith('554') === true)
      gate.act({ type: 'skip' })
      gate.act({ type: 'run' })
    }
    client.socket.end('QUIT\r\n')
    await session(run, ended)
    expect(await inboxOf(run)).toBe(0)
  }
})

test('let go as it is, the message is kept and the reply is the one that was promised', async () => {
  const { run, client, gate, until } = await held({ breakpoints: ['.'] })
  await toDot(client)
  const { held: line } = await until((one) => one.answering === 'end of data')
  gate.act({ type: 'step' })
  expect(await client.until(/\n/)).toBe(line?.raw)
  expect(await inboxOf(run)).toBe(1)
})

test('saying nothing keeps nothing; the client may go on waiting', async () => {
  const { run, client, gate, until } = await held({ breakpoints: ['.'] })
  await toDot(client)
  await until((one) => one.held !== undefined)
  gate.act({ type: 'skip' })
  const late = { ok: false, problem: expect.stringContaining('so it is not kept') as string }
  expect(gate.act({ type: 'insert', raw: '250 2.0.0 kept, honestly\r\n' })).toMatchObject(late)
  expect(await client.say('NOOP')).toBe('250 2.0.0 OK\r\n')
  expect(gate.act({ type: 'insert', raw: '250 2.0.0 still here\r\n' })).toEqual({ ok: true })
  expect(await inboxOf(run)).toBe(0)
})

test('stepped from the greeting on: every reply waits, and the client is told nothing before', async () => {
  const { client, gate, until } = await held({ step: true })
  expect(await until((one) => one.held !== undefined)).toMatchObject({
    why: 'before the greeting',
    answering: 'greeting',
  })
  expect(client.received).toBe('')
  gate.act({ type: 'step' })
  await client.until(/220 /)
  client.write('EHLO me\r\n')
  expect(await until((one) => one.answering === 'EHLO')).toMatchObject({ why: 'before the answer to EHLO' })
  gate.act({ type: 'run' })
  await client.until(/250 HELP|250 /)
  expect(await client.say('NOOP')).toMatch(/^250/)
})

test('454 in place of 220: no TLS; and 220 lets it begin', async () => {
  for (const [raw, answer] of [
    ['454 4.7.0 not now\r\n', /^454/],
    [undefined, /^220/],
  ] as const) {
    const { run, client, gate, until } = await held({ breakpoints: ['STARTTLS'] }, 1)
    await client.until(/220 /)
    await client.say('EHLO me')
    client.write('STARTTLS\r\n')
    await until((one) => one.answering === 'STARTTLS')
    gate.act(raw === undefined ? { type: 'run' } : { type: 'edit', raw })
    expect(await client.until(/\n/)).toMatch(answer)
    if (raw === undefined) {
      const { readFileSync } = await import('node:fs')
      await client.secure(readFileSync(run.caFile, 'utf8'))
    }
    expect(await client.say('EHLO me')).toContain('mx.test')
  }
})

test('535 in place of 235: not signed in', async () => {
  const { run, client, id, gate, until } = await held({ breakpoints: ['AUTH'] })
  await client.until(/220 /)
  await client.say('EHLO me')
  client.write(`AUTH PLAIN ${base64('\0user\0a long password')}\r\n`)
  await until((one) => one.answering === 'AUTH')
  gate.act({ type: 'edit', raw: '535 5.7.8 no\r\n' })
  await client.until(/535/)
  await client.say('QUIT')
  await session(run, ended)
  expect(JSON.stringify(await eventsOf(run, id))).not.toContain('a long password')
})

test('an exact code or a class is held before it is said', async () => {
  const { client, gate, until } = await held({ breakpoints: ['503', '5xx'] })
  await client.until(/220 /)
  client.write('RCPT TO:<c@d.example>\r\n')
  expect(await until((one) => one.held !== undefined)).toMatchObject({ why: 'before 503 to RCPT' })
  gate.act({ type: 'edit', raw: '250 fine\r\n' })
  expect(await client.until(/\n/)).toBe('250 fine\r\n')
})

test('dropped and reset, each seen by the client as what it is', async () => {
  for (const type of ['drop', 'reset'] as const) {
    const { run, client, id, gate, until } = await held({ breakpoints: ['RCPT'] })
    const broken = new Promise<string>((resolve) => {
      client.socket.once('error', (error) => resolve('code' in error ? String(error.code) : ''))
      client.socket.once('end', () => resolve('end'))
    })
    await toRcpt(client)
    client.write('RCPT TO:<c@d.example>\r\n')
    await until((one) => one.held !== undefined)
    gate.act({ type })
    expect(await broken).toBe(type === 'drop' ? 'end' : 'ECONNRESET')
    await session(run, ended)
    expect((await shortOf(run, id)).at(-1)).toBe('end dropped by person')
  }
})

test('delayed, repeated, and a reply of one’s own beside the held one', async () => {
  const { client, gate, until } = await held({ breakpoints: ['RCPT'] })
  await toRcpt(client)
  client.write('RCPT TO:<c@d.example>\r\n')
  await until((one) => one.held !== undefined)
  gate.act({ type: 'insert', raw: '250-beside\r\n' })
  expect(await client.until(/\n/)).toBe('250-beside\r\n')
  gate.act({ type: 'repeat' })
  expect(await client.until(/\n/)).toBe('250 2.1.0 Sender OK\r\n')
  gate.act({ type: 'delay', ms: 1 })
  expect(await client.until(/\n/)).toBe('250 2.1.5 Recipient OK\r\n')
})

test('finish: the held reply is not said, 421 is', async () => {
  const { client, gate, until } = await held({ breakpoints: ['RCPT'] })
  await toRcpt(client)
  client.write('RCPT TO:<c@d.example>\r\n')
  await until((one) => one.held !== undefined)
  gate.act({ type: 'finish' })
  expect(await client.until(/\n/)).toMatch(/^421 4\.3\.2/)
  await client.closed
})

test('a client that hangs up while it is held is told at once', async () => {
  const { run, client, gate, until } = await held({ breakpoints: ['RCPT'] })
  await toRcpt(client)
  client.write('RCPT TO:<c@d.example>\r\n')
  await until((one) => one.held !== undefined)
  client.socket.end()
  expect(await until((one) => one.peer?.left === true)).toMatchObject({ held: { verb: 'RCPT' } })
  // It may have closed its half only: what a person answers still reaches it.
  gate.act({ type: 'run' })
  expect(await client.until(/\n/)).toBe('250 2.1.5 Recipient OK\r\n')
  expect((await session(run, ended)).words).toBeTruthy()
})

test('a client that has sent ahead and hangs up while it is held is told at once', async () => {
  for (const how of ['end', 'reset'] as const) {
    const { run, client, id, until } = await held({ breakpoints: ['MAIL'] })
    await client.until(/220 /)
    await client.say('EHLO me')
    client.write('MAIL FROM:<a@b.example>\r\n')
    await until((one) => one.held !== undefined)
    client.write('RCPT TO:<c@d.example>\r\n')
    client.write('DATA\r\n')
    if (how === 'reset') client.socket.resetAndDestroy()
    else {
      client.socket.end()
      await until((one) => one.peer?.left === true)
      await run.server.stop()
    }
    await session(run, ended)
    const end = (await shortOf(run, id)).at(-1)
    expect(end).toMatch(how === 'end' ? /^end closed/ : /^end reset by client/)
  }
})

test('while it is held no limit of ours runs', async () => {
  const run = await runServer({ limits: { idle: 500, session: 1000 } })
  run.server.hold({ who: 'every', step: false, breakpoints: ['EHLO'] })
  const client = await talk(run.ports[0]!)
  await client.until(/220 /)
  client.write('EHLO me\r\n')
  const { id } = await session(run, (summary) => summary.state === 'held')
  const gate = run.server.gate(id)!
  // Another client that nobody holds is ended by the same limits meanwhile.
  run.server.hold({ who: 'off', step: false, breakpoints: [] })
  const other = await talk(run.ports[0]!)
  await other.until(/421 4\.4\.2/)
  expect(client.received).toBe('')
  gate.act({ type: 'run' })
  expect(await client.until(/250 /)).toContain('250')
})

test('next: one client only; address: those from there; off: nobody', async () => {
  const run = await runServer()
  run.server.hold({ who: 'next', step: true, breakpoints: [] })
  const first = await talk(run.ports[0]!)
  await session(run, (summary) => summary.state === 'held')
  expect(run.server.status().hold?.who).toBe('off')
  const second = await talk(run.ports[0]!)
  await second.until(/220 /)
  run.server.hold({ who: 'address', address: '127.0.0.9', step: true, breakpoints: [] })
  const third = await talk(run.ports[0]!)
  await third.until(/220 /)
  expect(first.received).toBe('')
})

test('a client that nobody held can be paused in the middle', async () => {
  const run = await runServer()
  const client = await talk(run.ports[0]!)
  await client.until(/220 /)
  const { id } = await session(run, (summary) => summary.state === 'live')
  const gate = run.server.gate(id)!
  gate.act({ type: 'pause' })
  client.write('NOOP\r\n')
  expect(await whenGate(gate.states, (one) => one.held !== undefined)).toMatchObject({
    why: 'before the answer to NOOP',
  })
  expect(run.server.gate('nobody')).toBeNull()
})

test('stopping the server lets go what is held and says 421', async () => {
  const { run, client, until } = await held({ breakpoints: ['RCPT'] })
  await toRcpt(client)
  client.write('RCPT TO:<c@d.example>\r\n')
  await until((one) => one.held !== undefined)
  await run.server.stop()
  expect(client.received).toMatch(/^250 2\.1\.5 .*\r\n421 /)
})

test('rules that cannot be meant change nothing', async () => {
  const run = await runServer()
  const { status, problems } = run.server.hold({ who: 'every', step: false, breakpoints: [] })
  expect([problems[0]?.field, status.hold?.who]).toEqual(['breakpoints', 'off'])
})

test('while a message is being kept nothing can be said that the client would take for its answer', async () => {
  const { run, client, gate, until } = await held({ breakpoints: ['.'] })
  await toDot(client)
  await until((one) => one.held !== undefined)
  expect(gate.act({ type: 'step' })).toEqual({ ok: true })
  for (const action of [{ type: 'insert', raw: '550 no\r\n' }, { type: 'repeat' }] as const)
    expect(gate.act(action)).toMatchObject({ ok: false, problem: expect.stringContaining('being kept') })
  expect(await client.until(/Kept as/)).toContain('250 2.0.0')
  expect(await inboxOf(run)).toBe(1)
})
