import { createHash } from 'node:crypto'
import { X509Certificate } from 'node:crypto'
import type { Socket } from 'node:net'
import { expect, test } from 'vitest'
import type { Hop } from '#engine/relay/types.ts'
import { selfSigned, trusted } from '#test/support/dialogue/certificates.ts'
import { listen, mail, type MailScript } from '#test/support/dialogue/scriptedServer.ts'
import { hopTo, smtp } from '#test/support/relay/queue.ts'
import { isOver, queueTests, wasTried } from '#test/support/relay/queueTests.ts'

const { serve, start, keep } = queueTests()

async function deliver(
  script: MailScript,
  hop: Partial<Hop>,
  more: Parameters<typeof smtp>[2] = {},
  ca?: string,
) {
  const server = keep(await listen(mail(script)))
  const kit = await start({
    route: () => smtp([hopTo(server.port, hop)], {}, more),
    deps: ca === undefined ? {} : { ca },
  })
  const { legs } = kit.send(['b@x.example'])
  const leg = await kit.store.whenLeg(legs[0]!.id, wasTried)
  return { leg, kit, server, sealed: leg.history[0]?.sealed, words: leg.history[0]?.words }
}

const tls = (level: Hop['tls']['level'], more: Partial<Hop['tls']> = {}) => ({
  tls: { level, implicit: false, from: 'virtual-mta mta1, domain *', ...more },
})
const names = ['localhost']

test('opportunistic: any certificate; in clear where TLS is not offered', async () => {
  const pair = await selfSigned()
  expect(await deliver({ pair }, tls('opportunistic'))).toMatchObject({
    leg: { state: 'delivered' },
    sealed: 'TLS 1.3, not verified',
  })
  expect(await deliver({}, tls('opportunistic'))).toMatchObject({
    leg: { state: 'delivered' },
    sealed: 'in clear',
  })
})

test('opportunistic: in clear where TLS breaks, and that is said', async () => {
  const broken = {
    ehlo: ['STARTTLS'],
    onStartTls: (socket: Socket) => void socket.once('data', () => socket.write('no tls here\r\n')),
  }
  const { leg, sealed, kit, server } = await deliver(broken, tls('opportunistic'))
  expect([leg.state, sealed, server.connections()]).toEqual(['delivered', 'in clear, because TLS failed', 2])
  const remarks = kit.hub
    .events('session-2')
    .flatMap((event) => (event.kind === 'remark' ? [event.text] : []))
  expect(remarks.at(-1)).toMatch(/^TLS with mx\.test\.example failed \(.*dialogue session-1\).*in clear\.$/)
  const again = kit.send(['c@x.example'])
  await kit.store.whenLeg(again.legs[0]!.id, isOver)
  expect(server.connections()).toBe(2)
})

test('opportunistic: in clear where STARTTLS is refused, and that is said', async () => {
  const { leg, sealed, kit, server } = await deliver(
    { ehlo: ['STARTTLS'], replies: { STARTTLS: '454 4.7.0 TLS not available\r\n' } },
    tls('opportunistic'),
  )
  const said = 'in clear, because STARTTLS was refused'
  expect([leg.state, sealed, server.connections()]).toEqual(['delivered', said, 1])
  const remarks = kit.hub
    .events('session-1')
    .flatMap((event) => (event.kind === 'remark' ? [event.text] : []))
  expect(remarks.at(-1)).toMatch(/^The server refused STARTTLS: 454 4\.7\.0 TLS not available; .*goes on in clear\.$/) // prettier-ignore
})

test('required: not without TLS, with any certificate', async () => {
  const missing = await deliver({}, tls('required'))
  expect(missing).toMatchObject({
    leg: { state: 'waiting' },
    words: expect.stringMatching(/^TLS not available/),
  })
  expect(missing.server.received()).not.toContain('MAIL')
  const refused = await deliver(
    { ehlo: ['STARTTLS'], replies: { STARTTLS: '454 4.7.0 TLS not available\r\n' } },
    tls('required'),
  )
  expect(refused).toMatchObject({ leg: { state: 'waiting' }, words: '454 4.7.0 TLS not available' })
  expect(await deliver({ pair: await selfSigned() }, tls('required'))).toMatchObject({
    leg: { state: 'delivered' },
  })
})

test('verified: only with a certificate for one of the names', async () => {
  const { ca, pair } = await trusted()
  const good = await deliver({ pair }, tls('verified', { names: ['mx.other.example', ...names] }), {}, ca)
  expect(good).toMatchObject({ leg: { state: 'delivered' }, sealed: 'TLS 1.3, verified' })
  const bad = await deliver({ pair }, tls('verified', { names: ['mx.other.example'] }), {}, ca)
  expect(bad).toMatchObject({ leg: { state: 'waiting' }, words: 'Certificate is for another name' })
  expect(bad.server.received()).not.toContain('MAIL')
})

test('DANE: the certificate that the record names, whoever made it', async () => {
  const pair = await selfSigned()
  const data = createHash('sha256').update(new X509Certificate(pair.cert).raw).digest()
  const record = { usage: 3, selector: 0, matching: 1, data }
  expect(await deliver({ pair }, tls('dane', { tlsa: [record] }))).toMatchObject({
    leg: { state: 'delivered' },
    sealed: 'TLS 1.3, verified',
  })
  const other = { ...record, data: createHash('sha256').update('x').digest() }
  expect(await deliver({ pair }, tls('dane', { tlsa: [other] }))).toMatchObject({
    leg: { state: 'waiting' },
    words: 'Certificate fits no TLSA record (DANE)',
  })
})

test('signs in over verified TLS alone, unless TLS is off by the rules; the password is nowhere', async () => {
  const auth = { user: 'relay', password: 'correct horse' }
  const { ca, pair } = await trusted()
  const good = await deliver({ pair }, tls('verified', { names }), { auth }, ca)
  expect(good.leg.state).toBe('delivered')
  const withheld = await deliver(
    { pair: await selfSigned() },
    { ...tls('required'), host: 'localhost', addresses: [] },
    { auth },
  )
  expect(withheld).toMatchObject({
    leg: { state: 'waiting' },
    words: expect.stringContaining('not verified'),
  })
  expect(withheld.server.received()).not.toContain('AUTH')
  expect((await deliver({}, tls('off'), { auth })).leg.state).toBe('delivered')
  const wrong = await deliver({ replies: { AUTH: '535 5.7.8 correct horse is wrong\r\n' } }, tls('off'), {
    auth,
  })
  expect(wrong).toMatchObject({ leg: { state: 'waiting' }, words: '535 5.7.8 ******** is wrong' })
  const { sealed } = await deliver({ pair, replies: { AUTH: '535 5.7.8 no\r\n' } }, tls('verified', { names }), { auth }, ca) // prettier-ignore
  expect([sealed, wrong.sealed]).toEqual(['TLS 1.3, verified', undefined])
  const echoed = await deliver({ replies: { RCPT: '450 4.2.0 correct horse was good\r\n' } }, tls('off'), {
    auth,
  })
  expect(echoed.leg).toMatchObject({ recipients: [{ words: '450 4.2.0 ******** was good' }] })
  for (const { kit, leg } of [good, wrong, echoed])
    expect(
      JSON.stringify([leg, ...[...kit.hub.sessions.values()].map(({ events }) => events)]),
    ).not.toContain('correct horse')
})

test('implicit TLS', async () => {
  const { ca, pair } = await trusted()
  const server = keep(await listen(mail(), pair))
  const hop = hopTo(server.port, tls('verified', { implicit: true, names }))
  const kit = await start({ route: () => smtp([hop]), deps: { ca } })
  const { legs } = kit.send(['b@x.example'])
  expect((await kit.store.whenLeg(legs[0]!.id, wasTried)).history[0]).toMatchObject({
    outcome: 'delivered',
    sealed: 'TLS 1.3, verified',
  })
})

test('leaves from the address and under the name of the route', async () => {
  const server = await serve()
  const kit = await start({
    route: () =>
      smtp([hopTo(server.port)], {}, { sourceAddress: '127.0.0.2', ehloName: 'mta1.shop.example' }),
  })
  kit.send(['b@x.example'])
  await server.whenKept(1)
  expect(server.hellos).toEqual(['mta1.shop.example 127.0.0.2'])
})

test('the next address where the first does not answer', async () => {
  const server = await serve()
  const kit = await start({
    route: () => smtp([hopTo(server.port, { addresses: ['127.0.0.9', '127.0.0.1'] })]),
  })
  kit.send(['b@x.example'])
  await server.whenKept(1)
  expect(kit.hub.events('session-1').filter(({ kind }) => kind === 'connect').length).toBe(2)
})

test('what was in front of the message and cut out of it, in the right size', async () => {
  const server = await serve({ ehlo: ['SIZE', 'PIPELINING'] })
  const kit = await start({ route: () => smtp([hopTo(server.port)]) })
  kit.send(['b@x.example'], { prefix: 'Received: by relay\r\n', cuts: [[22, 35]] })
  await server.whenKept(1)
  expect(server.kept[0]?.text).toBe('Received: by relay\r\nFrom: a@shop.example\r\n\r\nhello\r\n')
  expect(server.kept[0]?.from).toBe(`MAIL FROM:<a@shop.example> SIZE=${server.kept[0]?.text.length}`)
})

test('a large message comes from the store in stretches', async () => {
  const server = await serve()
  const kit = await start({ route: () => smtp([hopTo(server.port)]), deps: { limits: { memory: 0 } } })
  const text = `Subject: large\r\n\r\n${'0123456789abcdef'.repeat(6).concat('\r\n').repeat(12_000)}`
  kit.send(['b@x.example'], { prefix: 'Received: by relay\r\n' }, text)
  await server.whenKept(1)
  expect(server.kept[0]?.text === `Received: by relay\r\n${text}`).toBe(true)
})

test('a content that is gone is a failure, and the connection goes on', async () => {
  const server = await serve()
  const kit = await start({
    route: () => smtp([hopTo(server.port)], { maxConnections: 1 }),
    deps: { limits: { memory: 0 } },
    load: false,
  })
  const [one, two] = [kit.send(['b@x.example']), kit.send(['c@x.example'])]
  kit.store.contents.delete(one.message.id)
  await kit.queue.load()
  const leg = await kit.store.whenLeg(one.legs[0]!.id, isOver)
  expect(leg).toMatchObject({
    state: 'bounced',
    recipients: [{ words: expect.stringContaining('no longer in the store') }],
  })
  await kit.store.whenLeg(two.legs[0]!.id, isOver)
  expect([server.connections(), server.kept.length]).toEqual([1, 1])
})

const to = (domain: string) => ({
  address: `b@${domain}`,
  state: 'open' as const,
  notify: ['SUCCESS', 'FAILURE'] as const,
  orcpt: 'rfc822;b+c@old.example',
})

test('DSN parameters go along where they are offered', async () => {
  const server = await serve({ ehlo: ['PIPELINING', 'DSN'] })
  const plain = await serve()
  const kit = await start({
    route: ({ domain }) => smtp([hopTo(domain === 'x.example' ? server.port : plain.port)]),
  })
  kit.send([to('x.example')], { ret: 'HDRS', envid: 'QQ314159' })
  const { legs } = kit.send([to('y.example')], { ret: 'HDRS', envid: 'QQ314160' })
  await server.whenKept(1)
  expect(server.kept[0]).toMatchObject({
    from: 'MAIL FROM:<a@shop.example> RET=HDRS ENVID=QQ314159',
    to: ['RCPT TO:<b@x.example> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;b+2Bc@old.example'],
  })
  await kit.store.whenLeg(legs[0]!.id, isOver)
  expect(plain.kept[0]?.to).toEqual(['RCPT TO:<b@y.example>'])
  expect(kit.told).toEqual([{ kind: 'relayed', to: ['b@y.example'], words: ['250 2.0.0 kept'] }])
})
