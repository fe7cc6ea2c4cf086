import { createHash, X509Certificate } from 'node:crypto'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { makeAuthority, makeServerCertificate } from '#engine/certs/make.ts'
import { daneVerdict, readDane } from '#engine/relay/route/dane.ts'
import { a, bits, cname, codes, tlsa, withCode, zone, type Script } from '#test/support/dns/scriptedDns.ts'
import { askingOf, stopRoutes } from '#test/support/relay/routeRun.ts'

afterEach(stopRoutes)

const host = 'mx1.gannet.example'
const digest = new Uint8Array(32).fill(7)
const records = [a(host, '198.51.100.1'), tlsa(`_25._tcp.${host}`, 3, 1, 1, digest)]
const secure = (all: Parameters<typeof zone>[0]): Script => zone(all, bits.authentic)

async function read(script: Script, { validating = true, lookup = 'secure' as const, port = 25 } = {}) {
  const { witness, dns } = await askingOf(script, { validating })
  return { dane: await readDane(host, port, 'gannet.example', lookup, witness), dns }
}

describe('records', () => {
  test('that DNSSEC proves bind the host', async () => {
    const { dane } = await read(secure(records))
    expect(dane).toEqual({ kind: 'records', tlsa: [{ usage: 3, selector: 1, matching: 1, data: digest }], names: [host, 'gannet.example'] }) // prettier-ignore
    expect((await read(secure(records), { port: 2525 })).dane).toEqual({ kind: 'none' })
  })
  test('nothing is asked without a validating resolver, or below names that are not proven', async () => {
    const script = secure(records)
    const unproven = await read(script, { validating: false })
    expect([unproven.dane, unproven.dns.asked]).toEqual([{ kind: 'none' }, []])
    const { witness, dns } = await askingOf(script, { validating: true })
    for (const lookup of ['insecure', 'unproven', 'bogus'] as const)
      expect(await readDane(host, 25, 'gannet.example', lookup, witness)).toEqual({ kind: 'none' })
    expect(dns.asked).toEqual([])
  })
  test('below addresses that are not signed no TLSA is asked for', async () => {
    const { dane, dns } = await read(zone(records))
    expect(dane).toEqual({ kind: 'none' })
    expect(dns.asked.map(({ type }) => type)).not.toContain('TLSA')
  })
  test('of a secure alias count with the name it leads to', async () => {
    const base = 'real.example'
    const { dane } = await read(secure([cname(host, base), a(base, '198.51.100.1'), tlsa(`_25._tcp.${base}`, 3, 1, 1, digest)])) // prettier-ignore
    expect(dane).toMatchObject({ kind: 'records', names: [base, 'gannet.example'] })
  })
  test('of a secure alias into a zone that is not signed count with its own name', async () => {
    const all = [cname(host, 'real.example'), a('real.example', '198.51.100.1'), tlsa(`_25._tcp.${host}`, 3, 1, 1, digest)] // prettier-ignore
    const script: Script = (asked, count) =>
      zone(all, asked.type === 'A' || asked.type === 'AAAA' ? 0 : bits.authentic)(asked, count)
    expect((await read(script)).dane).toMatchObject({ kind: 'records', names: [host, 'gannet.example'] })
  })
  test('that mail does not use ask for TLS alone', async () => {
    const odd = [a(host, '198.51.100.1'), tlsa(`_25._tcp.${host}`, 1, 1, 1, digest), tlsa(`_25._tcp.${host}`, 3, 1, 1, digest.subarray(1))] // prettier-ignore
    expect((await read(secure(odd))).dane).toEqual({ kind: 'unusable' })
    expect((await read(secure([...odd, ...records]))).dane).toMatchObject({
      kind: 'records',
      tlsa: [{ usage: 3 }],
    })
  })
  test('that there are none is proven, or the host is not used', async () => {
    expect((await read(secure([a(host, '198.51.100.1')]))).dane).toEqual({ kind: 'none' })
    const failing = (type: string, forged: boolean): Script => (asked, count) =>
      asked.type === type && !(forged && asked.bits.unchecked) ? withCode(codes.serverFailure) : secure(records)(asked, count)
    expect((await read(failing('TLSA', true))).dane).toMatchObject({ kind: 'failed', words: expect.stringContaining('forged') })
    expect((await read(failing('TLSA', false))).dane).toMatchObject({ kind: 'failed', words: expect.stringContaining('could not be asked') })
    expect((await read(failing('AAAA', true))).dane).toMatchObject({ kind: 'failed', words: expect.stringContaining('forged') })
  }) // prettier-ignore
})

const of = (usage: number, der: Uint8Array) => ({ usage, selector: 0, matching: 1, data: new Uint8Array(createHash('sha256').update(der).digest()) }) // prettier-ignore

describe('the verdict', () => {
  let chain: Uint8Array[]
  let record: { usage: number; selector: number; matching: number; data: Uint8Array }
  beforeAll(async () => {
    const authority = await makeAuthority(new Date())
    const { cert } = await makeServerCertificate(authority, [host], new Date())
    chain = [new X509Certificate(cert), new X509Certificate(authority.cert)].map(({ raw }) => new Uint8Array(raw)) // prettier-ignore
    record = of(3, chain[0]!)
  })
  const wrong = { usage: 3, selector: 1, matching: 1, data: digest }

  test('one record that fits is enough', () => {
    expect(daneVerdict({ names: ['other.example'], tlsa: [wrong, record] }, chain, new Date())).toEqual({ ok: true }) // prettier-ignore
  })
  test('an authority counts with the name of the host or of the domain', () => {
    const tlsaOf = [of(2, chain[1]!)]
    expect(daneVerdict({ names: [host, 'gannet.example'], tlsa: tlsaOf }, chain, new Date())).toEqual({ ok: true }) // prettier-ignore
    expect(daneVerdict({ names: ['a.example', host], tlsa: tlsaOf }, chain, new Date())).toEqual({ ok: true })
    expect(daneVerdict({ names: ['a.example', 'b.example'], tlsa: tlsaOf }, chain, new Date())).toMatchObject({ ok: false, words: expect.stringContaining('not for a.example or b.example') }) // prettier-ignore
  })
  test('none that fits, none at all, no certificate', () => {
    expect(daneVerdict({ names: [host], tlsa: [wrong] }, chain, new Date())).toEqual({
      ok: false,
      words: `the certificate of ${host} is not the one that DNS names (TLSA 3 1 1: it is of another certificate or key)`,
    })
    expect(daneVerdict({}, chain, new Date())).toMatchObject({ ok: false })
    expect(daneVerdict({ names: [host], tlsa: [record] }, [], new Date())).toMatchObject({ ok: false })
  })
})
