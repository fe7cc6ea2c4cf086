/** Whole probes over a name server of the test's own: domains, many addresses, control hosts, a TLS scan, a name server that is silent. */
import { afterEach, expect, test } from 'vitest'
import { trusted } from '#test/support/dialogue/certificates.ts'
import { mail, says } from '#test/support/dialogue/scriptedServer.ts'
import {
  a,
  codes,
  mx,
  ptr,
  type ScriptedDns,
  startDns,
  type Script,
  txt,
  withCode,
  zone,
} from '#test/support/dns/scriptedDns.ts'
import { begin, codesOf, probe, servers } from '#test/support/probe.ts'

const scripted = servers()
const open: ScriptedDns[] = []
afterEach(async () => {
  await scripted.close()
  await Promise.all(open.splice(0).map((dns) => dns.stop()))
})
const serve = async (...args: Parameters<typeof scripted.serve>): Promise<number> =>
  (await scripted.serve(...args)).port
async function names(script: Script): Promise<ScriptedDns> {
  const dns = await startDns(script)
  open.push(dns)
  return dns
}

test('the MX of a domain, in their order, with what DNS says of it', async () => {
  const port = await serve(mail())
  const dns = await names(
    zone([
      mx('example.test', 20, 'b.test'),
      mx('example.test', 10, 'a.test'),
      a('a.test', '127.0.0.1'),
      a('b.test', '127.0.0.1'),
      ptr('1.0.0.127.in-addr.arpa', 'a.test'),
    ]),
  )
  const request = { host: 'anna@example.test', kind: 'domain' as const, resolver: dns.server, ports: [{ port, mode: 'plain' as const }] }
  const report = await probe(request)
  expect(report).toMatchObject({ target: 'example.test', kind: 'domain' })
  expect(report.results.map(({ host }) => host)).toEqual(['a.test', 'b.test'])
  expect(report.domain).toMatchObject({ mx: 'found', records: [{ host: 'a.test' }, { host: 'b.test' }] })
  expect(report.reverse).toMatchObject([{ address: '127.0.0.1', names: ['a.test'], confirmed: ['a.test'] }])
  expect(report.findings.map(({ code }) => code)).toContain('mx-not-used-port-25')
}) // prettier-ignore

test('an MX without an address keeps its place among the others', async () => {
  const port = await serve(mail())
  const records = [mx('x.test', 10, 'a.test'), mx('x.test', 20, 'gone.test'), mx('x.test', 30, 'b.test')]
  const dns = await names(zone([...records, a('a.test', '127.0.0.1'), a('b.test', '127.0.0.1')]))
  const ports = [{ port, mode: 'plain' as const }]
  const report = await probe({ host: 'x.test', kind: 'domain', resolver: dns.server, ports })
  expect(report.results.map(({ host }) => host)).toEqual(['a.test', 'gone.test', 'b.test'])
  expect(codesOf(report.results[1])).toEqual(['dns-name-not-found'])
})

test('a name server that fails, or knows no such domain: the verdict says so, and it is an error', async () => {
  const dns = await names((asked, count) => asked.name.startsWith('none') ? zone([])(asked, count) : withCode(codes.serverFailure)) // prettier-ignore
  const read = (host: string) => probe({ host, kind: 'domain', resolver: dns.server })
  const failed = await read('broken.test')
  expect(failed).toMatchObject({ results: [], findings: [{ code: 'dns-server-failure', severity: 'error' }] })
  expect(failed.verdict).toMatchObject({ tone: 'bad', message: expect.stringContaining('asked for the MX of broken.test') }) // prettier-ignore
  expect((await read('none.test')).findings).toMatchObject([{ code: 'dns-name-not-found' }])
})

test('on port 25 TLS is used where it is offered; on 587 it is demanded', async () => {
  const run = begin({ host: '127.9.9.9', ports: [{ port: 25, mode: 'starttls' }, { port: 587, mode: 'starttls' }] }) // prettier-ignore
  await run.report
  expect([...run.hub.sessions.values()].map(({ head }) => `${head.port} ${head.tls}`)).toEqual(['25 opportunistic', '587 starttls']) // prettier-ignore
})

test('a port whose mode was to be found out and that has no TLS is no silent success', async () => {
  const port = await serve(mail())
  const report = await probe({ ports: [{ port, mode: 'auto' }] })
  expect(report.findings).toMatchObject([{ code: 'starttls-not-offered', severity: 'warning' }])
  expect(await probe({ ports: [{ port, mode: 'plain' }] })).toMatchObject({ findings: [] })
})

test('the null MX: nothing is probed, and why is the verdict', async () => {
  const dns = await names(zone([mx('null.test', 0, '.')]))
  const report = await probe({ host: 'null.test', kind: 'domain', resolver: dns.server })
  expect(report).toMatchObject({ results: [], domain: { mx: 'null' }, recommendation: null })
  expect(report.findings).toMatchObject([{ code: 'mx-null', severity: 'error' }])
  expect(report.verdict).toMatchObject({ tone: 'bad', message: report.findings[0]!.message })
})

test('of twenty addresses eight are probed, each on each port, and the rest is named', async () => {
  const port = await serve(mail())
  const records = Array.from({ length: 20 }, (_, i) => a('big.test', `127.0.0.${i + 1}`))
  const dns = await names(zone(records))
  const run = begin({ host: 'big.test', family: 4, resolver: dns.server, ports: [{ port, mode: 'plain' }] })
  const report = await run.report
  expect(report.results.map(({ address }) => address)).toHaveLength(8)
  expect(report.remarks).toEqual([
    expect.stringMatching(/^big\.test has 20 addresses; 8 are tried .* 12 are not/),
  ])
  // 127.0.0.2 and further have no listener: each address has an answer of its own.
  expect(report.results.map(({ connect }) => connect)).toEqual([
    'connected',
    ...Array.from({ length: 7 }, () => 'refused'),
  ])
  expect(dns.asked.map(({ type }) => type)).toEqual(['A'])
})

test('a name server that is silent is named, for every port at once', async () => {
  const dns = await names(() => undefined)
  const report = await probe({ host: 'mx.test', resolver: dns.server, timeout: 300 })
  expect(report.results).toHaveLength(4)
  for (const result of report.results) expect(codesOf(result)).toEqual(['dns-timeout'])
  expect(report.verdict.message).toContain(dns.server)
})

test('control hosts are asked only when they are listed', async () => {
  const control = await scripted.serve(mail())
  const port = await serve(mail())
  const ports = [{ port, mode: 'plain' as const }]
  expect((await probe({ ports })).controls).toEqual([])
  expect(control.connections()).toBe(0)
  const report = await probe({ ports, controls: [`127.0.0.1:${control.port}`] })
  expect(report.controls).toMatchObject([
    { host: '127.0.0.1', port: control.port, connect: 'connected', greeted: true },
  ])
  expect(control.received()).toBe('QUIT\r\n')
})

test('a TLS scan adds versions and suites, and its findings', async () => {
  const { ca, pair } = await trusted()
  const implicit = await serve(mail(), {
    ...pair,
    ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256',
    maxVersion: 'TLSv1.2',
  })
  const run = begin({ ports: [{ port: implicit, mode: 'implicit' }], ca, tlsScan: true })
  const [result] = (await run.report).results
  expect(result!.tls).toMatchObject({
    seenBy: 'scan',
    ciphers: [{ version: 'TLSv1.2', name: 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256' }],
  })
  expect(result!.tls!.versions.filter(({ accepted }) => accepted).map(({ version }) => version)).toEqual([
    'TLSv1.2',
  ])
  expect(result!.others).toMatchObject([{ why: 'tls-scan', session: result!.tls!.scan!.session }])
  const stages = (await run.progress.read(0, 100)).events.map(({ stage }) => stage)
  expect(stages).toContain('tls-scan')
})

test('cancelled at any moment: what is known is told, and nothing more is begun', async () => {
  const silent = await serve(says(''))
  const dns = await names(zone([a('mx.test', '127.0.0.1')]))
  const early = begin({ host: 'mx.test', resolver: dns.server, ports: [{ port: silent, mode: 'plain' }] })
  early.cancel()
  expect(await early.report).toMatchObject({
    cancelled: true,
    recommendation: null,
    verdict: { tone: 'neutral' },
  })
  const domain = begin({
    host: 'mx.test',
    kind: 'domain',
    resolver: dns.server,
    tlsScan: true,
    reverse: true,
  })
  await dns.next()
  domain.cancel()
  const report = await domain.report
  expect(report.cancelled).toBe(true)
  expect(domain.results.read(0, 100)).toMatchObject({ ended: true })
})

test('more combinations than a probe takes are left out in words', async () => {
  const records = Array.from({ length: 8 }, (_, i) => a('big.test', `127.0.0.${i + 1}`))
  const dns = await names(zone(records))
  const ports = Array.from({ length: 30 }, (_, i) => ({ port: 40_000 + i, mode: 'plain' as const }))
  const report = await probe({ host: 'big.test', family: 4, resolver: dns.server, ports })
  expect(report.results).toHaveLength(200)
  expect(report.remarks).toEqual([
    expect.stringMatching(/^40 of 240 combinations of port and address are not probed/),
  ])
})

test('a policy host that is silent holds up no port', async () => {
  const port = await serve(mail())
  const policy = await scripted.serve(() => {})
  const dns = await names(
    zone([
      mx('example.test', 10, 'a.test'),
      a('a.test', '127.0.0.1'),
      txt('_mta-sts.example.test', 'v=STSv1; id=1'),
      a('mta-sts.example.test', '127.0.0.1'),
    ]),
  )
  const ports = [{ port, mode: 'plain' as const }]
  // Nobody waits for this limit: it is cancelled when the port's result is there.
  const timeout = 60_000
  const request = { host: 'example.test', kind: 'domain' as const, resolver: dns.server, ports, timeout }
  const running = begin(request, { policyPort: policy.port })
  await new Promise<void>((come) => void running.results.watch(come))
  running.cancel()
  const report = await running.report
  expect(report.results).toMatchObject([{ host: 'a.test', reachable: true }])
  expect(policy.connections()).toBeLessThanOrEqual(1)
})
