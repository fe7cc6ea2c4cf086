import { afterEach, expect, test } from 'vitest'
import { toBase64, utf8 } from '#shared/bytes/bytes.ts'
import { DialogueRequest } from '#shared/rpc/contract/dialogue.ts'
import { startDialogue } from '#engine/dialogue/index.ts'
import { composer } from '#engine/handlers/dialogue.ts'
import { selfSigned, trusted, withoutDate } from '#test/support/dialogue/certificates.ts'
import { memoryHub } from '#test/support/dialogue/memoryHub.ts'
import { listen, mail, type MailScript, type TestServer } from '#test/support/dialogue/scriptedServer.ts'
import {
  clock,
  content,
  deps,
  latest,
  request,
  start,
  whenGate,
  type Running,
} from '#test/support/dialogue/start.ts'

const open: TestServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})
const serve = async (script: MailScript = {}): Promise<TestServer> => {
  const server = await listen(mail(script))
  open.push(server)
  return server
}
const events = (run: Running) => run.hub.events(run.session)
const codes = (run: Running): string[] =>
  events(run).flatMap((event) => (event.kind === 'finding' ? [event.code] : []))
const sent = (server: TestServer): string[] => server.received().split('\r\n')

test('a whole message goes out, byte for byte, and the transcript tells every step of it', async () => {
  const server = await serve()
  const run = await start(server.port)
  expect(await run.result).toMatchObject({
    outcome: 'accepted',
    message: 'The server took the message: 250 2.0.0 kept as 42',
    recipients: [{ address: 'b@example.com', accepted: true, code: 250 }],
    reply: '250 2.0.0 kept as 42',
  })
  expect(server.received()).toContain(`DATA\r\n${content.replace('\r\n.dot', '\r\n..dot')}.\r\nQUIT\r\n`)
  const kinds = events(run).map((event) => (event.kind === 'line' ? (event.verb ?? 'dot') : event.kind))
  expect(kinds.filter((kind) => kind !== 'reply')).toEqual(
    ['connect', 'EHLO', 'MAIL', 'RCPT', 'DATA', 'chunk', 'dot', 'finding', 'QUIT', 'end'], // prettier-ignore
  )
  expect(events(run).map((event) => event.seq)).toEqual(events(run).map((_, i) => i + 1))
})

test('pipelined commands leave in one write, and the content that was sent is kept', async () => {
  const chunks: string[] = []
  const server = await listen((socket, received) => {
    socket.on('data', (chunk) => chunks.push(chunk.toString('latin1')))
    mail()(socket, received)
  })
  open.push(server)
  const kept: Uint8Array[] = []
  let keeps = 0
  const run = await start(
    server.port,
    {},
    {
      openContent: () => ({
        append: (bytes) => kept.push(bytes) > 1_000_000,
        drain: async () => {},
        keep: async () => void keeps++,
      }),
    },
  )
  await run.result
  expect(chunks).toContain('MAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\n')
  expect(Buffer.concat(kept).toString()).toBe(content)
  expect(keeps).toBe(1)
})

test('the password is in no event, state or result, raw or in base64, even when the server repeats it', async () => {
  const password = 'secret w0rd'
  const plain = toBase64(utf8(`\0user\0${password}`))
  const server = await serve({ replies: { AUTH: `535 5.7.8 not ${password}, not ${plain}\r\n` } })
  const auth = { mechanism: 'plain', user: 'user', password, allowUnprotected: true } as const
  const run = await start(server.port, { auth, step: true })
  const states: unknown[] = []
  await whenGate(run.gate, (state) => state.held?.verb === 'EHLO')
  run.act({ type: 'step' })
  await whenGate(run.gate, (state) => state.held?.verb === 'AUTH')
  run.act({ type: 'run' })
  const result = await run.result
  states.push((await run.gate.read(0, 1000)).events)
  expect(result).toMatchObject({ outcome: 'rejected' })
  expect(server.received()).toContain(plain)
  const everything = JSON.stringify([events(run), states, result])
  for (const form of [password, toBase64(utf8(password)), plain]) expect(everything).not.toContain(form)
  expect(everything).toContain('********')
})

test('the log of a defect does not hold the password either', async () => {
  const server = await serve()
  const password = 'secret w0rd'
  const told: string[] = []
  const auth = { mechanism: 'plain', user: 'user', password, allowUnprotected: true } as const
  const keep = () => Promise.reject(new Error(`could not write ${password}`))
  const openContent = () => ({ append: () => true, drain: async () => {}, keep })
  const log = (...entry: unknown[]): void => void told.push(JSON.stringify(entry))
  await (
    await start(server.port, { auth }, { openContent, log })
  ).result
  expect(told).toEqual([expect.stringContaining('could not write ********')])
})

test('without consent the password is not sent in clear', async () => {
  const server = await serve()
  const run = await start(server.port, { auth: { mechanism: 'auto', user: 'user', password: 'p4ss-word' } })
  expect(await run.result).toMatchObject({ outcome: 'failed' })
  expect(codes(run)).toContain('auth-needs-tls')
  expect(server.received()).not.toContain('AUTH')
})

test('stepped by hand: MAIL edited, a NOOP inserted, RCPT kept, the rest run', async () => {
  const server = await serve({ ehlo: [] })
  const run = await start(server.port, { step: true })
  await whenGate(run.gate, (state) => state.held?.verb === 'EHLO')
  expect(run.act({ type: 'step' })).toEqual({ ok: true })
  const held = await whenGate(run.gate, (state) => state.held?.verb === 'MAIL')
  expect(held).toMatchObject({ mode: 'step', why: 'before MAIL' })
  expect(held.upcoming.map((line) => line.verb).slice(0, 2)).toEqual(['RCPT', 'DATA'])
  run.act({ type: 'edit', raw: 'MAIL FROM:<changed@example.com>\r\n' })
  await whenGate(run.gate, (state) => state.held?.verb === 'RCPT')
  run.act({ type: 'insert', raw: 'NOOP\r\n' })
  await run.hub.when(run.session, (event) => event.kind === 'line' && event.verb === 'NOOP')
  expect((await latest(run.gate)).held?.verb).toBe('RCPT')
  run.act({ type: 'run' })
  expect(await run.result).toMatchObject({ outcome: 'accepted' })
  expect(sent(server).slice(0, 4)).toEqual([
    'EHLO [127.0.0.1]',
    'MAIL FROM:<changed@example.com>',
    'NOOP',
    'RCPT TO:<b@example.com>', // prettier-ignore
  ])
  const lines = events(run).filter((event) => event.kind === 'line')
  expect(lines.filter((line) => line.edited).map((line) => line.verb)).toEqual(['MAIL', 'NOOP'])
  expect(lines.filter((line) => line.added).map((line) => line.verb)).toEqual(['NOOP'])
  const edits = events(run).filter((event) => event.kind === 'edit')
  expect(edits).toMatchObject([
    {
      action: 'edited',
      before: 'MAIL FROM:<a@example.com>\r\n',
      after: 'MAIL FROM:<changed@example.com>\r\n',
    },
    { action: 'inserted', after: 'NOOP\r\n' },
  ])
  // EHLO, MAIL, and RCPT twice: what was added before it parts a person's time from the server's.
  expect(events(run).filter((event) => event.kind === 'wait')).toHaveLength(4)
  expect(run.hub.sessions.get(run.session)?.held).toEqual([true, false, true, false, true, false])
})

test('a skipped RCPT is never sent, and DATA is then not sent either', async () => {
  const server = await serve({ ehlo: [] })
  const run = await start(server.port, { breakpoints: ['RCPT'] })
  const state = await whenGate(run.gate, (each) => each.held?.verb === 'RCPT')
  expect(state).toMatchObject({ mode: 'run', why: 'before RCPT' })
  run.act({ type: 'skip' })
  const result = await run.result
  expect(result.outcome).not.toBe('accepted')
  expect(server.received()).not.toContain('RCPT')
  expect(events(run)).toContainEqual(expect.objectContaining({ kind: 'edit', action: 'skipped' }))
})

test('breakpoints: the end of data, and after a refusal', async () => {
  const server = await serve({ ehlo: [], replies: { RCPT: '550 5.1.1 no such user\r\n' } })
  const refused = await start(server.port, { breakpoints: ['5xx'] })
  const after = await whenGate(refused.gate, (state) => state.held !== undefined)
  expect(after.why).toMatch(/^after 550, before /)
  refused.act({ type: 'run' })
  expect(await refused.result).toMatchObject({
    outcome: 'rejected',
    message: 'The server refused the recipient: 550 5.1.1 no such user',
  })
  const other = await serve()
  const dot = await start(other.port, { breakpoints: ['.'] })
  expect(await whenGate(dot.gate, (state) => state.held !== undefined)).toMatchObject({
    why: 'before the end of data',
    held: { kind: 'body-end' },
  })
  expect(dot.act({ type: 'insert', raw: 'NOOP\r\n' })).toMatchObject({ ok: false })
  expect(dot.act({ type: 'finish' })).toMatchObject({ ok: false })
  expect(dot.act({ type: 'drop' })).toEqual({ ok: true })
  expect(await dot.result).toMatchObject({ outcome: 'stopped' })
  expect(other.received()).not.toContain('\r\n.\r\n')
  expect(events(dot).at(-1)).toMatchObject({ kind: 'end', outcome: 'dropped', by: 'person' })
})

test('finish says QUIT instead of the line that is held', async () => {
  const server = await serve({ ehlo: [] })
  const run = await start(server.port, { breakpoints: ['MAIL'] })
  await whenGate(run.gate, (state) => state.held?.verb === 'MAIL')
  run.act({ type: 'finish' })
  expect(await run.result).toMatchObject({ outcome: 'stopped' })
  expect(sent(server)).toEqual(['EHLO [127.0.0.1]', 'QUIT', ''])
})

test.each(['finish', 'skip'] as const)('%s at QUIT is answered, and ends the dialogue', async (type) => {
  const server = await serve({ ehlo: [] })
  const run = await start(server.port, { breakpoints: ['QUIT'] })
  await whenGate(run.gate, (state) => state.held?.verb === 'QUIT')
  expect(run.act({ type })).toEqual({ ok: true })
  expect(await run.result).toMatchObject({ outcome: 'accepted' })
  expect(sent(server).includes('QUIT')).toBe(type === 'finish')
})

test('cancel ends it at every moment', async () => {
  const server = await serve({ ehlo: [] })
  const run = await start(server.port, { step: true })
  await whenGate(run.gate, (state) => state.held?.verb === 'EHLO')
  run.cancel()
  expect(await run.result).toMatchObject({ outcome: 'stopped', message: 'Cancelled before it was done.' })
  expect(events(run).at(-1)).toMatchObject({ kind: 'end', outcome: 'cancelled', by: 'person' })
  const early = await start(server.port)
  early.cancel()
  expect(await early.result).toMatchObject({ outcome: 'stopped' })
  expect(run.act({ type: 'step' })).toMatchObject({ ok: false })
})

test('drop while the connection is still being made calls it off', async () => {
  const server = await listen(() => {})
  open.push(server)
  const run = await start(server.port, { target: { tls: 'implicit' } })
  await run.hub.when(run.session, (event) => event.kind === 'connect')
  expect(run.act({ type: 'drop' })).toEqual({ ok: true })
  expect(await run.result).toMatchObject({ outcome: 'stopped', message: 'Cancelled before it was done.' })
  expect(events(run).at(-1)).toMatchObject({ kind: 'end', outcome: 'cancelled', by: 'person' })
  expect(run.act({ type: 'drop' })).toEqual({ ok: false, problem: 'This dialogue has ended.' })
})

test('a short limit on replies still leaves time to find out why a port is silent', async () => {
  const server = await listen((socket) => {
    socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
  })
  open.push(server)
  const run = await start(server.port, { target: { timeouts: { connect: 10_000, reply: 1000 } } })
  expect(await run.result).toMatchObject({ outcome: 'failed', message: 'This port speaks HTTP, not SMTP.' })
})

test('STARTTLS with a trusted certificate: everything after it is sealed', async () => {
  const { ca, pair } = await trusted()
  const server = await serve({ pair })
  const run = await start(server.port, {
    target: { tls: 'starttls', ca },
    auth: { mechanism: 'login', user: 'user', password: 'p4ss-word' },
  })
  expect(await run.result).toMatchObject({ outcome: 'accepted' })
  const tls = events(run).find((event) => event.kind === 'tls')
  expect(tls).toMatchObject({ outcome: 'established', version: 'TLSv1.3', verified: true })
  expect(tls).toMatchObject({
    chain: [{ names: ['DNS:localhost', 'IP:127.0.0.1'], key: 'EC prime256v1' }, {}],
  })
  const lines = events(run).filter((event) => event.kind === 'line')
  expect(lines.map((line) => [line.verb, line.sealed ?? false]).slice(0, 3)).toEqual(
    [['EHLO', false], ['STARTTLS', false], ['EHLO', true]], // prettier-ignore
  )
})

test('a certificate that is self-signed and for another host is blamed for both, and nothing is sent over it', async () => {
  const server = await serve({ pair: await selfSigned() })
  const run = await start(server.port, { target: { tls: 'starttls' } })
  const result = await run.result
  expect(result.outcome).toBe('failed')
  expect(result.message).toContain('self-signed')
  expect(result.message).toContain('mail.example')
  expect(codes(run).toSorted()).toEqual(['certificate-name-mismatch', 'certificate-self-signed'])
  expect(sent(server)).toEqual(['EHLO [127.0.0.1]', 'STARTTLS', ''])
  const accepted = await start(server.port, { target: { tls: 'starttls', certificate: 'accept' } })
  expect(await accepted.result).toMatchObject({ outcome: 'accepted' })
  expect(events(accepted).find((event) => event.kind === 'tls')).toMatchObject({ verified: false })
})

test('an unexpired but early certificate and an expired one are told apart', async () => {
  for (const [days, code] of [
    [{ from: 5, to: 9 }, 'certificate-not-yet-valid'],
    [{ from: -9, to: -5 }, 'certificate-expired'],
  ] as const) {
    const server = await serve({ pair: await selfSigned(days) })
    const run = await start(server.port, { target: { tls: 'starttls' } })
    await run.result
    expect(codes(run)).toContain(code)
  }
})

test('a certificate whose dates are no dates is refused like any other bad one', async () => {
  const server = await serve({ ehlo: ['STARTTLS'], pair: await withoutDate() })
  const run = await start(server.port, { target: { tls: 'starttls' } })
  expect(await run.result).toMatchObject({ outcome: 'failed' })
  const tls = events(run).find((event) => event.kind === 'tls')
  expect(tls).toMatchObject({ outcome: 'failed', chain: [{ validFrom: 'unreadable' }] })
  expect(events(run).at(-1)).toMatchObject({ kind: 'end', outcome: 'refused' })
})

test('garbage, a close and a reset after STARTTLS are three findings with evidence', async () => {
  const cases: [NonNullable<MailScript['onStartTls']>, string][] = [
    [(socket) => socket.once('data', () => socket.write('this is not TLS at all\r\n')), 'starttls-garbage'],
    [(socket) => socket.end(), 'starttls-closed'],
    [(socket) => socket.resetAndDestroy(), 'starttls-closed'],
  ]
  for (const [onStartTls, code] of cases) {
    const server = await serve({ onStartTls })
    const run = await start(server.port, { target: { tls: 'starttls' } })
    expect(await run.result).toMatchObject({ outcome: 'failed' })
    expect(codes(run)).toEqual([code])
    const finding = events(run).find((event) => event.kind === 'finding')
    const proof = events(run).filter(
      (event) => finding?.kind === 'finding' && finding.evidence.includes(event.seq),
    )
    expect(proof[0]?.kind).toBe('tls')
  }
})

test('content that cannot be read to its end is never ended with a dot', async () => {
  const server = await serve()
  const run = await start(
    server.port,
    {},
    {
      compose: async () => ({
        ok: true,
        source: { size: 10, eightBit: false, utf8: false, read: () => Promise.reject(new Error('disk')) },
      }),
    },
  )
  expect(await run.result).toMatchObject({ outcome: 'failed' })
  expect(server.received()).not.toContain('\r\n.\r\n')
})

test('a plan with problems is answered field by field and nothing is dialled', async () => {
  const hub = memoryHub()
  const plan = DialogueRequest.parse(request(70_000, { message: { from: 'nobody', to: [] } }))
  const started = await startDialogue(plan, deps(hub, { compose: composer(clock) }))
  expect(started).toMatchObject({ ok: false })
  if (started.ok) return
  expect(started.problems.map((problem) => problem.field)).toEqual([
    'target.port',
    'message.from',
    'message.to',
  ])
  expect(hub.sessions.size).toBe(0)
})
