/**
 * Codes about what DNS says, triggered through real sockets: a name server with one fault in its zone, asked by the engine
 * over UDP, and a mail server on loopback behind its names.
 */
import { afterEach, describe, expect, test } from 'vitest'
import type { FindingCode } from '#shared/diagnosis/codes.ts'
import { mail } from '../support/dialogue/scriptedServer.ts'
import { a, aaaa, cname, mx, startDns, txt, zone, type ScriptedDns } from '../support/dns/scriptedDns.ts'
import { hasIpv6 } from '../support/peers/ports.ts'
import { codesOf, probe, servers, type ProbeInput } from '../support/probe.ts'

type Zone = Parameters<typeof zone>[0]

const scripted = servers()
const open: ScriptedDns[] = []
afterEach(async () => {
  await scripted.close()
  await Promise.all(open.splice(0).map((dns) => dns.stop()))
})

/** Whole codes of the probe: those of the host, and those of its ports. */
async function found(records: Zone, input: ProbeInput): Promise<string[]> {
  const dns = await startDns(zone(records))
  open.push(dns)
  const { port } = await scripted.serve(mail())
  const ports = [{ port, mode: 'plain' as const }]
  return codesOf(await probe({ resolver: dns.server, ports, ...input }, { policyPort: 1 }))
}

const here = a('mx.x.test', '127.0.0.1')
const healthy: Zone = [mx('x.test', 10, 'mx.x.test'), here, txt('_smtp._tls.x.test', 'v=TLSRPTv1; rua=mailto:t@x.test')] // prettier-ignore

const faults: Partial<Record<FindingCode, Zone>> = {
  'mx-missing': [a('x.test', '127.0.0.1')],
  'mx-invalid': [mx('x.test', 10, 'alias.x.test'), cname('alias.x.test', 'mx.x.test'), here],
  'mx-null': [mx('x.test', 0, '.')],
  'tls-reporting-broken': [mx('x.test', 10, 'mx.x.test'), here, txt('_smtp._tls.x.test', 'v=TLSRPTv1')],
}

describe('a domain with one fault', () => {
  for (const [code, records] of Object.entries(faults))
    test(code, async () => {
      expect(await found(records, { host: 'x.test', kind: 'domain' })).toContain(code)
    })

  test('and a domain without one', async () => {
    const codes = await found(healthy, { host: 'x.test', kind: 'domain' })
    for (const code of Object.keys(faults)) expect(codes).not.toContain(code)
  })

  test('ptr-missing', async ({ skip }) => {
    skip(!(await hasIpv6()), 'no IPv6 here')
    // Loopback in IPv4 as an IPv6 address: no private one by its looks, and nobody else is connected to.
    const codes = await found([aaaa('mx.x.test', '::ffff:127.0.0.1')], { host: 'mx.x.test', reverse: true })
    expect(codes).toContain('ptr-missing')
  })
})
