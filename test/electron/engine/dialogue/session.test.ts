/** The acceptance list of findings: each way to fail has its own code, its evidence and its next step. */
import { afterEach, expect, test } from 'vitest'
import { selfSigned, trusted } from '#test/support/dialogue/certificates.ts'
import { listen, mail, says, type TestServer } from '#test/support/dialogue/scriptedServer.ts'
import { clock, start, type Running } from '#test/support/dialogue/start.ts'
import { Gate } from '#engine/dialogue/gate.ts'
import { Journal } from '#engine/dialogue/journal.ts'
import { runSession } from '#engine/dialogue/session.ts'
import { memoryHub } from '#test/support/dialogue/memoryHub.ts'

const open: TestServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})
const serve = async (...args: Parameters<typeof listen>): Promise<TestServer> => {
  const server = await listen(...args)
  open.push(server)
  return server
}

const events = (run: Running) => run.hub.events(run.session)
const findings = (run: Running) => events(run).filter((event) => event.kind === 'finding')

/** The codes, after checking what every finding must have. */
async function codesOf(run: Running): Promise<string[]> {
  const result = await run.result
  expect(result.message).not.toBe('')
  expect(result.next).not.toBe('')
  expect(events(run).at(-1)?.kind).toBe('end')
  for (const finding of findings(run)) {
    expect(finding.evidence.length).toBeGreaterThan(0)
    for (const seq of finding.evidence) expect(seq).toBeLessThan(finding.seq)
    expect(finding.next).not.toBe('')
  }
  return findings(run).map((finding) => finding.code)
}

const notFound = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }))
const both = async (_: string, family: 4 | 6) => (family === 4 ? ['127.0.0.2', '127.0.0.1'] : ['::1'])

test('refused', async () => {
  const server = await listen(says(''))
  await server.close()
  const run = await start(server.port)
  expect(await codesOf(run)).toEqual(['tcp-refused'])
  expect(events(run)[0]).toMatchObject({
    kind: 'connect',
    outcome: 'refused',
    fault: { code: 'ECONNREFUSED' },
  })
  expect(events(run).at(-1)).toMatchObject({ outcome: 'refused', by: 'server' })
})

test('name not found, asked for each family', async () => {
  const run = await start(25_025, { target: { host: 'nowhere.invalid' } }, { lookup: notFound })
  expect(await codesOf(run)).toEqual(['dns-name-not-found'])
  expect(events(run).flatMap((event) => (event.kind === 'resolve' ? [event.family] : []))).toEqual([4, 6])
  expect((await run.result).message).toContain('nowhere.invalid')
})

test('a look-up that never answers', async () => {
  const target = { host: 'slow.example', timeouts: { connect: 30 } }
  const run = await start(25_025, { target }, { lookup: () => new Promise(() => {}) })
  expect(await codesOf(run)).toEqual(['dns-timeout'])
})

test('one family fails, the other works: each attempt is recorded', async () => {
  const server = await serve(mail())
  const run = await start(server.port, { target: { host: 'both.example' } }, { lookup: both })
  expect(await run.result).toMatchObject({ outcome: 'accepted' })
  const connects = events(run).filter((event) => event.kind === 'connect')
  expect(connects.map((event) => event.outcome).at(-1)).toBe('connected')
  expect(connects.length).toBeGreaterThan(1)
})

test('silent in clear, and TLS is no answer either: waits as long as it was told to', async () => {
  const server = await serve(says(''))
  const target = { timeouts: { connect: 100, reply: 400 } }
  const run = await start(server.port, { target }, { patience: 20 })
  // Beside it a phase may be called slow, or on a busy machine not.
  expect((await codesOf(run)).at(-1)).toBe('banner-timeout')
  expect(events(run).at(-1)).toMatchObject({ outcome: 'timeout' })
})

test('silent in clear because it wants TLS first: proved by one connection with TLS', async () => {
  const { pair } = await trusted()
  const server = await serve(mail(), pair)
  const run = await start(server.port, {}, { patience: 20 })
  expect(await codesOf(run)).toEqual(['port-speaks-implicit-tls'])
  expect((await run.result).message).toContain('greeted at once when TLS was tried')
  expect(findings(run)[0]).toMatchObject({ confidence: 'certain' })
  expect(server.received()).toBe('')
})

test('silent in clear because it is a web server', async () => {
  const server = await serve((socket) => {
    socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
  })
  const run = await start(server.port, {}, { patience: 20 })
  expect(await codesOf(run)).toEqual(['banner-not-smtp'])
  expect((await run.result).message).toContain('HTTP')
})

test('closed on accept, and reset on accept', async () => {
  const closed = await start((await serve((socket) => socket.end())).port)
  expect(await codesOf(closed)).toEqual(['banner-closed'])
  const reset = await start((await serve((socket) => socket.resetAndDestroy())).port)
  expect(await codesOf(reset)).toEqual([expect.stringMatching(/^(?:banner|tcp)-reset$/)])
})

test('greetings that are none', async () => {
  const cases: [string, string, string][] = [
    ['554 5.7.1 blocked\r\n', 'banner-rejected', '554'],
    ['421 too busy\r\n', 'banner-rejected', '421'],
    ['HTTP/1.1 400 Bad Request\r\n\r\n', 'banner-not-smtp', 'HTTP'],
    ['SSH-2.0-OpenSSH_9.2\r\n', 'banner-not-smtp', 'SSH'],
    ['* OK IMAP4rev1 ready\r\n', 'banner-not-smtp', 'IMAP'],
    ['+OK POP3 ready\r\n', 'banner-not-smtp', 'POP3'],
    ['\u0015\u0003\u0001\u0000\u0002\u0002\u0028\r\n', 'port-speaks-implicit-tls', 'TLS'],
  ]
  for (const [said, code, word] of cases) {
    const run = await start((await serve((socket) => socket.end(said, 'latin1'))).port)
    expect(await codesOf(run), said).toContain(code)
    expect((await run.result).message, said).toContain(word)
  }
})

test('TLS started on a port that speaks plain, and on one that speaks HTTP', async () => {
  const plain = await start((await serve(mail())).port, { target: { tls: 'implicit' } })
  expect(await codesOf(plain)).toEqual(['port-speaks-plain'])
  expect(findings(plain)[0]).toMatchObject({ confidence: 'certain' })
  const web = await serve((socket) => {
    socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
  })
  const http = await start(web.port, { target: { tls: 'implicit' } })
  expect(await codesOf(http)).toEqual(['banner-not-smtp'])
})

test('TLS that is closed, reset, silent, or ended by an alert', async () => {
  const alert = Buffer.from([21, 3, 3, 0, 2, 2, 40])
  const cases: [Parameters<typeof listen>[0], string][] = [
    [(socket) => socket.once('data', () => socket.end()), 'tls-closed'],
    [(socket) => socket.once('data', () => socket.resetAndDestroy()), 'tls-reset'],
    [says(''), 'tls-timeout'],
    [(socket) => socket.once('data', () => socket.end(alert)), 'tls-alert'],
  ]
  for (const [script, code] of cases) {
    const server = await serve(script)
    const run = await start(server.port, { target: { tls: 'implicit', timeouts: { connect: 500 } } })
    expect(await codesOf(run)).toEqual([code])
  }
})

test('implicit TLS: a wrong name is refused, a right one sends', async () => {
  const { ca, pair } = await trusted()
  const server = await serve(mail(), pair)
  const good = await start(server.port, { target: { tls: 'implicit', ca } })
  expect(await good.result).toMatchObject({ outcome: 'accepted' })
  const wrong = await start(server.port, { target: { tls: 'implicit', ca, serverName: 'other.example' } })
  expect(await codesOf(wrong)).toEqual(['certificate-name-mismatch'])
  const alien = await start((await serve(mail(), await selfSigned())).port, { target: { tls: 'implicit' } })
  expect((await codesOf(alien)).toSorted()).toEqual(['certificate-name-mismatch', 'certificate-self-signed'])
})

test('a server that demands a certificate from this side', async () => {
  const { ca, pair } = await trusted()
  const context = { ...pair, ca, requestCert: true, rejectUnauthorized: true }
  const server = await serve(mail(), context)
  const run = await start(server.port, { target: { tls: 'implicit', ca } })
  expect(await codesOf(run)).toContain('tls-client-certificate-required')
  expect((await run.result).message).toContain('demands a certificate')
})

test('reset after RCPT', async () => {
  const server = await serve((socket, received) => {
    mail({ ehlo: [] })(socket, received)
    socket.on('data', (chunk) => {
      if (chunk.toString().startsWith('RCPT')) socket.resetAndDestroy()
    })
  })
  const run = await start(server.port)
  expect(await codesOf(run)).toEqual(['reset-unexpectedly'])
  expect(await run.result).toMatchObject({ outcome: 'failed' })
})

test('cancelled while the connection is being made and while TLS is', async () => {
  const looking = await start(
    25_025,
    { target: { host: 'slow.example' } },
    { lookup: () => new Promise(() => {}) },
  )
  looking.cancel()
  expect(await looking.result).toMatchObject({ outcome: 'stopped' })
  const server = await serve(says(''))
  const shaking = await start(server.port, { target: { tls: 'implicit' } })
  await shaking.hub.when(shaking.session, (event) => event.kind === 'connect')
  shaking.cancel()
  expect(await shaking.result).toMatchObject({ outcome: 'stopped' })
  expect(events(shaking).at(-1)).toMatchObject({ kind: 'end', outcome: 'cancelled' })
  expect(findings(shaking)).toEqual([])
})

test('a defect ends the transcript and closes the connection', async () => {
  const closed = Promise.withResolvers<void>()
  const server = await serve((socket) => socket.on('close', closed.resolve).resume())
  const hub = memoryHub()
  const head = { source: 'send', role: 'client', host: 'h', port: 1, tls: 'none' } as const
  const journal = new Journal(hub.begin(head))
  const defects: unknown[] = []
  const end = await runSession({
    target: {
      host: '127.0.0.1',
      port: server.port,
      tls: 'none',
      certificate: 'check',
      family: 0,
      timeouts: {},
    },
    journal,
    gate: new Gate({ step: false, breakpoints: [], journal }),
    now: clock.now,
    createMachine: () => {
      throw new Error('defect')
    },
    content: null,
    onDefect: (error) => void defects.push(error),
  })
  await closed.promise
  expect(end).toMatchObject({ outcome: { how: 'failed', by: 'this-computer' }, cancelled: false })
  expect(hub.events(journal.session).at(-1)).toMatchObject({ kind: 'end', by: 'this-computer' })
  expect(defects).toHaveLength(1)
})
