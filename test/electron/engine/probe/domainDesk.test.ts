import { createHash, X509Certificate } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { DomainReport } from '#shared/rpc/contract/probeDomain.ts'
import { openResolver } from '#engine/dns/resolver.ts'
import { DomainDesk } from '#engine/probe/domainDesk.ts'
import { runPortSession } from '#engine/probe/portSession.ts'
import type { CellRun } from '#engine/probe/cell.ts'
import { trusted } from '#test/support/dialogue/certificates.ts'
import { memoryHub } from '#test/support/dialogue/memoryHub.ts'
import { mail } from '#test/support/dialogue/scriptedServer.ts'
import { clock } from '#test/support/dialogue/start.ts'
import { a, mx, ptr, startDns, tlsa, type ScriptedDns, zone } from '#test/support/dns/scriptedDns.ts'
import { servers } from '#test/support/probe.ts'
import { attempt } from '#test/support/diagnosis/facts.ts'

const scripted = servers()
const open: ScriptedDns[] = []
afterEach(async () => {
  await scripted.close()
  await Promise.all(open.splice(0).map((dns) => dns.stop()))
})

async function desk(host: string, records: Parameters<typeof zone>[0]) {
  const dns = await startDns(zone(records))
  open.push(dns)
  const { signal } = new AbortController()
  const opened = openResolver({ server: dns.server }, { timeout: 3000, signal })
  if (!opened.ok) throw new Error(opened.message)
  const hub = memoryHub()
  const made = new DomainDesk(host, {
    hub,
    resolver: opened.resolver,
    signal,
    timeout: 1000,
    now: () => new Date(),
  })
  return { made, hub }
}

test('MX in their order; without MX the domain itself; the null MX leaves nothing', async () => {
  const two = await desk('example.test', [
    mx('example.test', 20, 'b.test'),
    mx('example.test', 10, 'a.test'),
    a('a.test', '192.0.2.1'),
    a('b.test', '192.0.2.2'),
  ])
  expect(await two.made.readDomain()).toEqual(['a.test', 'b.test'])
  two.made.end()
  expect(two.hub.events(two.made.session).at(-1)).toMatchObject({
    outcome: 'completed',
    message: 'MX records were found.',
  })
  const own = await desk('own.test', [a('own.test', '192.0.2.3')])
  expect(await own.made.readDomain()).toEqual(['own.test'])
  const none = await desk('null.test', [mx('null.test', 0, '.'), a('null.test', '192.0.2.4')])
  expect(await none.made.readDomain()).toEqual([])
})

test('TLSA against the chain that the MX sent, and the report’s rows', async () => {
  const { pair } = await trusted()
  const server = await scripted.serve(mail({ pair }))
  const key = new X509Certificate(pair.cert).publicKey.export({ type: 'spki', format: 'der' })
  const digest = createHash('sha256').update(key).digest()
  const { made } = await desk('example.test', [
    mx('example.test', 10, 'mx.test'),
    a('mx.test', '127.0.0.1'),
    tlsa('_25._tcp.mx.test', 3, 1, 1, digest),
    tlsa('_25._tcp.mx.test', 3, 1, 1, Buffer.alloc(32)),
    ptr('1.0.0.127.in-addr.arpa', 'mx.test'),
  ])
  await made.readDomain()
  await made.settled()
  await made.readReverse(['127.0.0.1', '127.0.0.1'])
  const address = { address: '127.0.0.1', family: 4 } as const
  const place = { host: 'mx.test', address, port: server.port }
  const signal = new AbortController().signal
  const ran = await runPortSession(
    place,
    'starttls',
    { ca: undefined, timeout: 3000 },
    { hub: memoryHub(), clock },
    signal,
  )
  const run: CellRun = { cell: { ...place, port: 25, asked: 'starttls' }, ran, mode: 'starttls', earlier: [] }
  const dane = made.dane([run])
  expect(dane).toMatchObject([
    { host: 'mx.test', port: 25, security: 'unproven', starttls: true, records: [{ matches: true }, { matches: false }] },
  ]) // prettier-ignore
  expect(made.dane([])).toEqual([])
  const bare = { ...run, ran: { ...ran, chain: [] } }
  // A sender may come to any of its addresses; STARTTLS was offered, whatever came of it.
  expect(made.dane([run, bare])).toMatchObject([{ starttls: true, sealed: false, records: [{ matches: false }, { matches: false }] }]) // prettier-ignore
  const rows = made.rows(dane, undefined)
  expect(DomainReport.parse(rows.domain)).toMatchObject({
    name: 'example.test',
    mx: 'found',
    records: [{ preference: 10, host: 'mx.test', addresses: ['127.0.0.1'] }],
    tlsa: [{ records: [{ matches: true }, { matches: false }] }],
    tlsReporting: { record: 'none' },
  })
  expect(rows.reverse).toEqual([
    { address: '127.0.0.1', state: 'found', names: ['mx.test'], confirmed: ['mx.test'] },
  ])
})

test('which MX do not keep a policy is read from the sessions', async () => {
  const { made } = await desk('example.test', [mx('example.test', 10, 'mx.test'), a('mx.test', '192.0.2.1')])
  await made.readDomain()
  await made.settled()
  const failing = (more: object) =>
    made.mtaSts([attempt(25, { host: 'mx.test', ...more })])?.failing.map(({ why }) => why)
  expect(failing({})).toEqual([])
  expect(failing({ starttls: false, tls: undefined })).toEqual(['it offers no STARTTLS'])
  expect(failing({ tls: undefined })).toEqual(['TLS could not be made'])
  expect(failing({ tls: { version: 'TLSv1.3', verified: false } })).toEqual(['its certificate does not hold'])
  expect(failing({ greeted: false })).toEqual([])
  const both = [attempt(25, { host: 'mx.test' }), attempt(25, { host: 'mx.test', family: 6, tls: undefined })]
  // A sender may come to any of its addresses.
  expect(made.mtaSts(both)).toMatchObject({ failing: [{ why: 'TLS could not be made' }], untested: [] })
  expect(made.mtaSts([attempt(25, { host: 'mx.test', greeted: false })])).toMatchObject({ untested: ['mx.test'] }) // prettier-ignore
})
