import { afterEach, expect, test } from 'vitest'
import { ProbeRequest } from '#shared/rpc/contract/probe.ts'
import { startProbe } from '#engine/probe/index.ts'
import { selfSigned, trusted } from '#test/support/dialogue/certificates.ts'
import { memoryHub } from '#test/support/dialogue/memoryHub.ts'
import { mail, says } from '#test/support/dialogue/scriptedServer.ts'
import { clock } from '#test/support/dialogue/start.ts'
import { begin, codesOf, probe, servers } from '#test/support/probe.ts'

const scripted = servers()
afterEach(() => scripted.close())
const serve = async (...args: Parameters<typeof scripted.serve>): Promise<number> =>
  (await scripted.serve(...args)).port

test('STARTTLS, implicit and plain ports at once, each with one transcript and no credentials', async () => {
  const { ca, pair } = await trusted()
  const made = [
    await scripted.serve(
      mail({ pair, ehlo: ['STARTTLS', 'SIZE 1000'], ehloAfterTls: ['AUTH PLAIN', 'SIZE 1000'] }),
    ),
    await scripted.serve(mail(), pair),
    await scripted.serve(mail({ ehlo: ['SIZE 5'] })),
  ]
  const [starttls, implicit, plain] = made.map(({ port }) => ({ port }))
  const ports = [starttls!, { ...implicit!, mode: 'implicit' as const }, plain!]
  const run = begin({ ports, ca }, { patience: 1900 })
  const report = await run.report
  expect(report.results.map(({ port, mode, tone }) => ({ port, mode, tone }))).toEqual([
    { ...starttls, mode: 'starttls', tone: 'good' },
    { ...implicit, mode: 'implicit', tone: 'good' },
    { ...plain, mode: 'plain', tone: 'warn' },
  ])
  expect(report.results[0]).toMatchObject({
    host: '127.0.0.1',
    address: '127.0.0.1',
    family: 4,
    asked: 'auto',
    reachable: true,
    connect: 'connected',
    banner: '220 test.example ESMTP',
    capabilities: ['STARTTLS', 'SIZE 1000'],
    capabilitiesAfterTls: ['AUTH PLAIN', 'SIZE 1000'],
    auth: ['PLAIN'],
    tls: {
      version: 'TLSv1.3',
      verified: true,
      seenBy: 'this-computer',
      certificate: { signature: 'ECDSA with SHA-256', purposes: ['server'] },
    },
    message: 'Works: STARTTLS with TLSv1.3; authentication by PLAIN.',
  })
  const { timings } = report.results[0]!
  expect(Object.keys(timings)).toEqual(['tcp', 'banner', 'ehlo', 'starttls', 'tls', 'ehloAfterTls', 'total'])
  expect(report.results[1]!.capabilities).toEqual(['PIPELINING', 'AUTH PLAIN LOGIN'])
  expect(run.hub.sessions.size).toBe(3)
  expect([...run.hub.sessions.values()].map(({ head }) => head.source)).toEqual(['probe', 'probe', 'probe'])
  for (const server of made) {
    expect(server.received()).not.toMatch(/AUTH|MAIL/)
    expect(server.connections()).toBe(1)
  }
  expect(report.recommendation).toMatchObject({ port: implicit!.port, tls: 'implicit' })
  expect(report.verdict).toEqual({ tone: 'good', message: report.recommendation!.reason })
})

test('implicit and plain mixed up, both ways, and a certificate nobody vouches for', async () => {
  const { pair } = await trusted()
  const implicit = await serve(mail(), pair)
  const plain = await serve(mail())
  const alien = await serve(mail({ pair: await selfSigned() }))
  const { results, verdict } = await probe({
    ports: [
      { port: implicit, mode: 'starttls' },
      { port: plain, mode: 'implicit' },
      { port: alien, mode: 'starttls' },
    ],
  })
  expect(codesOf(results[0])).toEqual(['port-speaks-implicit-tls'])
  expect(results[0]).toMatchObject({ tone: 'bad', next: 'Choose implicit TLS for this port.' })
  expect(codesOf(results[1])).toEqual(['port-speaks-plain'])
  expect(codesOf(results[2])).toEqual(['certificate-name-mismatch', 'certificate-self-signed'])
  expect(results[2]).toMatchObject({ tone: 'bad', tls: { verified: false } })
  expect(verdict.message).toContain('on none of them with TLS and a certificate that holds')
})

test('a mode that nobody knows is found out: the trial is kept beside the result', async () => {
  const { ca, pair } = await trusted()
  const port = await serve(mail(), pair)
  const run = begin({ ports: [{ port }], ca })
  const [result] = (await run.report).results
  expect(result).toMatchObject({ mode: 'implicit', asked: 'auto', tone: 'good', findings: [] })
  expect(result!.others).toMatchObject([{ why: 'trial' }])
  expect(run.hub.sessions.has(result!.others[0]!.session)).toBe(true)
})

test('results come as they are known; a cancel ends what is running and keeps what is done', async () => {
  const quick = await serve(mail())
  const silent = await serve(says(''))
  const run = begin({
    ports: [
      { port: silent, mode: 'plain' },
      { port: quick, mode: 'plain' },
    ],
  })
  await new Promise<void>((resolve) => {
    const look = async (): Promise<void> => {
      const { events } = await run.results.read(0, 10)
      if (events.length > 0) resolve()
    }
    run.results.watch(() => void look())
    void look()
  })
  run.cancel()
  const report = await run.report
  expect(report.cancelled).toBe(true)
  expect(report.results.map(({ port, tone }) => [port, tone])).toEqual([
    [silent, 'neutral'],
    [quick, 'warn'],
  ])
  expect(report.verdict).toMatchObject({ tone: 'neutral', message: 'Cancelled; 1 of 2 results are known.' })
  expect(run.results.read(0, 10)).toMatchObject({ ended: true, events: [{ port: quick }, { port: silent }] })
  const states = (await run.progress.read(0, 100)).events
  expect(states.at(-1)).toEqual({
    stage: 'done',
    done: 0,
    total: 0,
    active: [],
    hosts: [{ host: '127.0.0.1', addresses: ['127.0.0.1'] }],
  })
  expect(states.some(({ active }) => active.includes(`127.0.0.1 port ${silent}`))).toBe(true)
})

test('a request that cannot be probed is answered in words', () => {
  const request = ProbeRequest.parse({ host: 'a b', ports: [{ port: 70_000 }] })
  const started = startProbe(request, { hub: memoryHub(), clock })
  expect(started).toMatchObject({ ok: false, problems: [{ field: 'host' }, { field: 'ports[0].port' }] })
})
