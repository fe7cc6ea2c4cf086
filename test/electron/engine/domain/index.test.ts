import { afterEach, expect, test } from 'vitest'
import { readDomain, type DomainDeps } from '#engine/domain/index.ts'
import { a, mx, tlsa, txt } from '#test/support/dns/scriptedDns.ts'
import { domainRun, stopDns, type DomainRun } from '#test/support/dns/domainRun.ts'
import { startPolicyServer } from '#test/support/dns/policyServer.ts'

afterEach(stopDns)
const deps = ({ resolver, journal, signal }: DomainRun, more: Partial<DomainDeps> = {}): DomainDeps => ({
  resolver,
  journal,
  signal,
  timeout: 5000,
  now: () => new Date(),
  ...more,
})

test('everything that is said of a domain, each with its proof', async () => {
  const server = await startPolicyServer(
    'mta-sts.x.test',
    'version: STSv1\nmode: testing\nmx: mx.x.test\nmax_age: 1\n',
  )
  const run = await domainRun([
    mx('x.test', 10, 'mx.x.test'),
    a('mx.x.test', '127.0.0.2'),
    tlsa('_25._tcp.mx.x.test', 3, 1, 1, new Uint8Array(32)),
    txt('_mta-sts.x.test', 'v=STSv1; id=1'),
    a('mta-sts.x.test', '127.0.0.1'),
    txt('_smtp._tls.x.test', 'v=TLSRPTv1; rua=mailto:t@x.test'),
  ])
  const read = await readDomain('x.test', deps(run, { ca: server.ca, policyPort: server.port }))
  await server.stop()
  expect(read).toMatchObject({
    domain: { mx: 'found', hosts: ['mx.x.test'] },
    tlsa: [{ host: 'mx.x.test', port: 25, records: [{ usage: 3 }] }],
    mtaSts: { policy: 'read', mode: 'testing', mx: ['mx.x.test'] },
    tlsReporting: { record: 'found', reports: ['mailto:t@x.test'] },
  })
  const proofs = [read.domain, read.tlsReporting, read.mtaSts, ...read.tlsa].map(
    (one) => one?.proof.events ?? [],
  )
  // Asked at the same time, and still no event proves two things.
  expect(new Set(proofs.flat()).size).toBe(proofs.flat().length)
  expect(proofs.flat().toSorted((x, y) => x - y)).toEqual(run.events().map(({ seq }) => seq))
})
test('a domain that is its own MX; one that takes no mail', async () => {
  const own = await domainRun([
    a('x.test', '127.0.0.2'),
    tlsa('_2525._tcp.x.test', 3, 1, 1, new Uint8Array(32)),
  ])
  expect(await readDomain('x.test', deps(own, { mxPort: 2525 }))).toMatchObject({ domain: { mx: 'none', hasAddress: true }, tlsa: [{ host: 'x.test', port: 2525, records: [{ usage: 3 }] }] }) // prettier-ignore
  const none = await domainRun([mx('x.test', 0, '.')])
  expect(await readDomain('x.test', deps(none))).toMatchObject({ domain: { mx: 'null' }, tlsa: [], mtaSts: { record: 'none' } }) // prettier-ignore
})
test('cancelled, it ends with what it knows', async () => {
  const run = await domainRun(() => undefined)
  const asked = run.dns.next()
  const reading = readDomain('x.test', deps(run))
  await asked
  run.abort.abort()
  const read = await reading
  expect(read).toMatchObject({ domain: { mx: 'failed' }, tlsa: [], tlsReporting: { record: 'unanswered' } })
  expect(read.mtaSts).toBeUndefined()
})
