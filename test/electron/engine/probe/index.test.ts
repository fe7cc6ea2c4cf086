import { afterEach, expect, test } from 'vitest'
import { ProbeRequest, ProbeReport, type PortResult } from '#shared/rpc/contract/probe.ts'
import { startProbe, type Probe } from '#engine/probe/index.ts'
import { selfSigned, trusted } from '#test/support/dialogue/certificates.ts'
import { memoryHub } from '#test/support/dialogue/memoryHub.ts'
import { listen, mail, says, type TestServer } from '#test/support/dialogue/scriptedServer.ts'
import { clock } from '#test/support/dialogue/start.ts'

const open: TestServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})
const serve = async (...args: Parameters<typeof listen>): Promise<number> => {
  const server = await listen(...args)
  open.push(server)
  return server.port
}

const codes = (result: PortResult | undefined) => result?.findings.map((finding) => finding.code)

type Ports = { port: number; mode?: 'plain' | 'starttls' | 'implicit' }[]

function probe(ports: Ports, ca?: string): Probe & { hub: ReturnType<typeof memoryHub> } {
  const hub = memoryHub()
  const request = ProbeRequest.parse({ host: '127.0.0.1', ports, timeout: 2000, ...(ca ? { ca } : {}) })
  const started = startProbe(request, { hub, clock, patience: 20 })
  if (!started.ok) throw new Error(JSON.stringify(started.problems))
  return { ...started, hub }
}

test('STARTTLS, implicit and plain ports at once, each with one transcript and no credentials', async () => {
  const { ca, pair } = await trusted()
  const starttls = await serve(
    mail({ pair, ehlo: ['STARTTLS', 'SIZE 1000'], ehloAfterTls: ['AUTH PLAIN', 'SIZE 1000'] }),
  )
  const implicit = await serve(mail(), pair)
  const plain = await serve(mail({ ehlo: ['SIZE 5'] }))
  const run = probe([{ port: starttls }, { port: implicit, mode: 'implicit' }, { port: plain }], ca)
  const report = ProbeReport.parse(await run.report)
  expect(report.results.map(({ port, mode, tone }) => ({ port, mode, tone }))).toEqual([
    { port: starttls, mode: 'starttls', tone: 'good' },
    { port: implicit, mode: 'implicit', tone: 'good' },
    { port: plain, mode: 'plain', tone: 'warn' },
  ])
  expect(report.results[0]).toMatchObject({
    connect: 'connected',
    banner: '220 test.example ESMTP',
    capabilities: ['STARTTLS', 'SIZE 1000'],
    capabilitiesAfterTls: ['AUTH PLAIN', 'SIZE 1000'],
    tls: { version: 'TLSv1.3', verified: true },
    message: 'Works: STARTTLS with TLSv1.3; authentication by PLAIN.',
  })
  expect(report.results[1]!.capabilities).toEqual(['PIPELINING', 'AUTH PLAIN LOGIN'])
  expect(run.hub.sessions.size).toBe(3)
  expect([...run.hub.sessions.values()].map(({ head }) => head.source)).toEqual(['probe', 'probe', 'probe'])
  for (const server of open) expect(server.received()).not.toMatch(/AUTH|MAIL/)
})

test('implicit and plain mixed up, both ways, and a certificate nobody vouches for', async () => {
  const { pair } = await trusted()
  const implicit = await serve(mail(), pair)
  const plain = await serve(mail())
  const alien = await serve(mail({ pair: await selfSigned() }))
  const run = probe([{ port: implicit }, { port: plain, mode: 'implicit' }, { port: alien }])
  const { results } = await run.report
  expect(codes(results[0])).toEqual(['port-speaks-implicit-tls'])
  expect(results[0]).toMatchObject({ tone: 'bad', next: 'Choose implicit TLS for this port.' })
  expect(codes(results[1])).toEqual(['port-speaks-plain'])
  expect(codes(results[2])?.toSorted()).toEqual(['certificate-name-mismatch', 'certificate-self-signed'])
  expect(results[2]).toMatchObject({ tone: 'warn', tls: { verified: false } })
})

test('STARTTLS asked for and not offered', async () => {
  const port = await serve(mail({ ehlo: ['SIZE 5'] }))
  const { results } = await probe([{ port, mode: 'starttls' }]).report
  expect(results[0]).toMatchObject({ tone: 'bad', findings: [{ code: 'starttls-not-offered' }] })
})

test('results come as they are known; a cancel ends what is running and keeps what is done', async () => {
  const quick = await serve(mail())
  const silent = await serve(says(''))
  const run = probe([
    { port: silent, mode: 'plain' },
    { port: quick, mode: 'plain' },
  ])
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
  expect(run.results.read(0, 10)).toMatchObject({ ended: true, events: [{ port: quick }, { port: silent }] })
})

test('a request that cannot be probed is answered in words', () => {
  const request = ProbeRequest.parse({ host: 'a b', ports: [{ port: 70_000 }] })
  const started = startProbe(request, { hub: memoryHub(), clock })
  expect(started).toMatchObject({ ok: false, problems: [{ field: 'host' }, { field: 'ports[0].port' }] })
})
