import { afterEach, expect, test } from 'vitest'
import { openResolver } from '#engine/dns/resolver.ts'
import { leftOut, lookUp, type LookUpDeps } from '#engine/probe/lookUp.ts'
import { type MemoryHub, memoryHub } from '#test/support/dialogue/memoryHub.ts'
import {
  a,
  aaaa,
  codes,
  type ScriptedDns,
  startDns,
  type Script,
  txt,
  withCode,
  zone,
} from '#test/support/dns/scriptedDns.ts'

const open: ScriptedDns[] = []
afterEach(async () => void (await Promise.all(open.splice(0).map((dns) => dns.stop()))))

type Run = LookUpDeps & { hub: MemoryHub; dns: ScriptedDns }

async function asking(script: Script, more: Partial<Omit<LookUpDeps, 'hub'>> = {}): Promise<Run> {
  const dns = await startDns(script)
  open.push(dns)
  const { signal } = new AbortController()
  const timeout = more.timeout ?? 3000
  const opened = openResolver({ server: dns.server }, { timeout, signal })
  if (!opened.ok) throw new Error(opened.message)
  const { lookup } = opened.resolver
  return { hub: memoryHub(), lookup, family: 0, timeout, signal, resolver: dns.server, dns, ...more }
}

test('an address is asked for nowhere and leaves no dialogue', async () => {
  const run = await asking(zone([]))
  expect(await lookUp('192.0.2.1', run)).toEqual({
    host: '192.0.2.1',
    addresses: [{ address: '192.0.2.1', family: 4 }],
    left: [],
    findings: [],
  })
  expect(run.dns.asked).toEqual([])
  expect(run.hub.sessions.size).toBe(0)
})

test('both families once, in a dialogue of its own', async () => {
  const run = await asking(zone([a('mx.test', '192.0.2.1'), aaaa('mx.test', '2001:db8::1')]))
  const found = await lookUp('mx.test', run)
  expect(new Set(found.addresses.map(({ address }) => address))).toEqual(
    new Set(['192.0.2.1', '2001:db8::1']),
  )
  expect(run.dns.asked.map(({ type }) => type).toSorted()).toEqual(['A', 'AAAA'])
  const events = run.hub.events(found.session!)
  expect(events.map(({ kind }) => kind)).toEqual(['resolve', 'resolve', 'end'])
  expect(events.at(-1)).toMatchObject({ outcome: 'completed', message: '2 addresses are tried.' })
  expect(leftOut(found)).toBeUndefined()
})

test('of twenty addresses eight are tried, and the others are named', async () => {
  const records = Array.from({ length: 20 }, (_, i) => a('big.test', `192.0.2.${i + 1}`))
  const found = await lookUp('big.test', await asking(zone(records)))
  expect(found.addresses).toHaveLength(8)
  expect(found.left).toHaveLength(12)
  expect(leftOut(found)).toMatch(
    /^big\.test has 20 addresses; 8 are tried \(192\.0\.2\.1, .*192\.0\.2\.8\), 12 are not \(192\.0\.2\.9, .*192\.0\.2\.20\): probe one of those by its address\.$/,
  )
})

test('a name that is not there, and a zone without an address, are told apart', async () => {
  const run = await asking(zone([txt('empty.test', 'x')]))
  expect((await lookUp('empty.test', run)).findings).toMatchObject([{ code: 'dns-no-address' }])
  const none = await lookUp('none.test', run)
  expect(none.findings).toMatchObject([{ code: 'dns-name-not-found' }])
  expect(run.hub.events(none.session!).at(-1)).toMatchObject({ kind: 'end', outcome: 'failed' })
})

test('a chosen name server that does not answer, or fails, is named', async () => {
  const silent = await asking(() => undefined, { timeout: 200 })
  const [timeout] = (await lookUp('mx.test', silent)).findings
  expect(timeout).toMatchObject({ code: 'dns-timeout' })
  expect(timeout!.message).toContain(`The name server ${silent.dns.server} gave no answer`)
  expect(timeout!.next).toContain('or leave the choice to this computer')
  const failing = await asking(() => withCode(codes.serverFailure))
  const [failed] = (await lookUp('mx.test', failing)).findings
  expect(failed).toMatchObject({ code: 'dns-server-failure', side: 'server' })
  expect(failed!.message).toBe(`The name server ${failing.dns.server} has no usable answer for mx.test (it says SERVFAIL).`) // prettier-ignore
  expect(failed!.next).not.toContain('Check that a name server answers')
})

test('of an MX that has no address nobody’s spelling is to be checked, but its record', async () => {
  const run = await asking(zone([txt('empty.box.test', 'x')]), { mxOf: 'box.test' })
  for (const host of ['gone.box.test', 'empty.box.test']) {
    const [found] = (await lookUp(host, run)).findings
    expect(found).toMatchObject({ side: 'server' })
    expect(found!.next).toContain(`Who runs box.test has to give ${host} an address`)
  }
})

test('an MX that has an address of the other family only lacks nothing but what was asked for', async () => {
  const run = await asking(zone([aaaa('mx.box.test', '2001:db8::1')]), { mxOf: 'box.test', family: 4 })
  const [found] = (await lookUp('mx.box.test', run)).findings
  expect(found).toMatchObject({
    code: 'dns-no-address',
    message: 'mx.box.test has no IPv4 address, only IPv6.',
  })
  expect(found!.next).toContain('Connect over IPv6')
})

test('a cancelled look-up blames nobody', async () => {
  const abort = new AbortController()
  abort.abort()
  const run = await asking(zone([]), { signal: abort.signal })
  const found = await lookUp('mx.test', run)
  expect(found).toMatchObject({ addresses: [], findings: [] })
  expect(run.hub.events(found.session!).at(-1)).toMatchObject({ outcome: 'cancelled' })
})
