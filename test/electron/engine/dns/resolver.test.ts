import { afterEach, expect, test } from 'vitest'
import { openResolver } from '#engine/dns/resolver.ts'
import type { Resolver, ResolverChoice } from '#engine/dns/types.ts'
import { systemLookup, resolveHost } from '#engine/dialogue/resolve.ts'
import { Journal } from '#engine/dialogue/journal.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { diagnoseConnection } from '#shared/diagnosis/connect.ts'
import { a, aaaa, codes, startDns, withCode, zone, type ScriptedDns, type Script } from '#test/support/dns/scriptedDns.ts' // prettier-ignore
import { memoryHub } from '#test/support/dialogue/memoryHub.ts'

const running: ScriptedDns[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((dns) => dns.stop()))
})
function open(choice: ResolverChoice, timeout = 5000): Resolver {
  const opened = openResolver(choice, { timeout, retries: 0 })
  if (!opened.ok) throw new Error(opened.message)
  return opened.resolver
}
async function start(script: Script, timeout?: number): Promise<{ dns: ScriptedDns; resolver: Resolver }> {
  const dns = await startDns(script)
  running.push(dns)
  return { dns, resolver: open({ server: dns.server, validating: true }, timeout) }
}
/** What the dialer's look-up writes with this resolver, and the codes of its findings. */
async function look(resolver: Resolver, family: 0 | 4 | 6 = 0): Promise<readonly TranscriptEvent[]> {
  const hub = memoryHub()
  const journal = new Journal(
    hub.begin({ source: 'probe', role: 'client', host: 'x', port: 25, tls: 'none' }),
  )
  await resolveHost({ host: 'mail.test', family, timeout: 5000, journal, lookup: resolver.lookup })
  return journal.events
}
const findings = async (...args: Parameters<typeof look>): Promise<string[]> =>
  diagnoseConnection(await look(...args)).map(({ code }) => code)

test('the system’s look-up stays the system’s', () => {
  const resolver = open({ server: 'system' })
  expect(resolver).toMatchObject({ shown: 'the system’s', validating: false })
  expect(resolver.lookup).toBe(systemLookup)
})
test('a choice that is no address is answered in words', () => {
  expect(openResolver({ server: 'dns.example' }, { timeout: 1 })).toMatchObject({ ok: false, message: expect.stringContaining('192.0.2.53:53') }) // prettier-ignore
})
test('a chosen server gives both families to the dialer', async () => {
  const { dns, resolver } = await start(zone([a('mail.test', '127.0.0.9'), aaaa('mail.test', '::1')]))
  expect(resolver).toMatchObject({ shown: dns.server, validating: true })
  expect(await resolver.lookup('mail.test', 4)).toEqual(['127.0.0.9'])
  expect(await resolver.lookup('mail.test', 6)).toEqual(['::1'])
})
test('names of this computer and of its link are not asked of it', async () => {
  const { dns, resolver } = await start(() => undefined)
  expect(await resolver.lookup('localhost', 4)).toEqual(['127.0.0.1'])
  expect(dns.asked).toEqual([])
  expect([resolver.lookup.askedOf?.('localhost'), resolver.lookup.askedOf?.('x.test')]).toEqual([
    undefined,
    dns.server,
  ])
})
test('its faults are diagnosed as the system’s are', async () => {
  expect(await findings((await start(zone([]))).resolver)).toEqual(['dns-name-not-found'])
  const six = (await start(zone([aaaa('mail.test', '::1')]))).resolver
  expect(await findings(six, 4)).toEqual(['dns-no-address'])
  expect(await findings((await start(zone([{ type: 'TXT', name: 'mail.test', data: 'x' }]))).resolver)).toEqual(['dns-no-address']) // prettier-ignore
  expect(await findings((await start(() => undefined, 50)).resolver)).toEqual(['dns-timeout'])
  for (const code of [codes.serverFailure, codes.refused])
    expect(await findings((await start(() => withCode(code))).resolver)).toEqual(['dns-server-failure'])
  const gone = await start(() => undefined)
  await gone.dns.stop()
  running.pop()
  expect(await findings(gone.resolver)).toEqual(['dns-server-failure'])
})
test('its signal ends everything', async () => {
  const dns = await startDns(() => undefined)
  running.push(dns)
  const abort = new AbortController()
  const opened = openResolver({ server: dns.server }, { timeout: 60_000, signal: abort.signal })
  if (!opened.ok) throw new Error(opened.message)
  const asked = dns.next()
  const waiting = opened.resolver.lookup('x.test', 4)
  await asked
  abort.abort()
  await expect(waiting).rejects.toMatchObject({ code: 'ECANCELED' })
})
test('what was asked of it says so in the transcript', async () => {
  const { dns, resolver } = await start(() => withCode(codes.refused))
  const fault = { code: 'EREFUSED', message: 'the name server refused to answer' }
  expect(await look(resolver, 4)).toMatchObject([
    { server: dns.server, fault },
    { server: dns.server, fault },
  ])
})
