import { createHash, X509Certificate } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { daneFacts, readTlsa } from '#engine/domain/tlsa.ts'
import { dane } from '#shared/diagnosis/probe/dane.ts'
import { facts } from '#test/support/diagnosis/facts.ts'
import { selfSigned } from '#test/support/dialogue/certificates.ts'
import { a, bits, cname, codes, tlsa, withCode, zone } from '#test/support/dns/scriptedDns.ts'
import { domainRun, stopDns } from '#test/support/dns/domainRun.ts'

afterEach(stopDns)
const name = '_25._tcp.mx.x.test'
const der = new Uint8Array(new X509Certificate((await selfSigned()).cert).raw)
const right = new Uint8Array(createHash('sha256').update(der).digest())
const seen = { chain: [der], starttls: true, now: new Date() }

test('asked for by the name of the MX, aliases of the record followed', async () => {
  const { witness, said } = await domainRun([
    cname(name, '_dane.x.test'),
    tlsa('_dane.x.test', 3, 0, 1, right),
  ])
  const read = await readTlsa('mx.x.test', 25, witness)
  expect(read).toMatchObject({ host: 'mx.x.test', port: 25, answered: true, security: 'unproven', records: [{ usage: 3 }] }) // prettier-ignore
  expect(said(read.proof.events)[0]).toContain(`TLSA ${name}`)
})
test('with the chain they become facts, which the rules read', async () => {
  const zoned = zone([tlsa(name, 3, 0, 1, right), tlsa(name, 0, 0, 1, right)], bits.authentic)
  const { witness } = await domainRun(zoned, { validating: true })
  const read = daneFacts(await readTlsa('mx.x.test', 25, witness), seen)
  expect(read).toMatchObject({ host: 'mx.x.test', port: 25, security: 'secure', starttls: true })
  expect(read.records).toEqual([
    { usage: 3, selector: 0, matching: 1, matches: true },
    { usage: 0, selector: 0, matching: 1, matches: false, why: 'mail does not use certificate usage 0' },
  ])
  expect(dane(facts({ dane: [read] })).map(({ code }) => code)).toEqual(['dane-ok'])
})
test('none is not the same as nobody answers', async () => {
  expect(await readTlsa('mx.x.test', 25, (await domainRun([])).witness)).toMatchObject({ answered: true, records: [] }) // prettier-ignore
  const failing = await domainRun(() => withCode(codes.serverFailure))
  expect(await readTlsa('mx.x.test', 25, failing.witness)).toMatchObject({ answered: false, records: [] })
})

const aliased = [
  cname('mx.x.test', 'real.y.test'),
  a('real.y.test', '192.0.2.1'),
  tlsa('_25._tcp.real.y.test', 3, 0, 1, right),
]

test('under a secure alias the records of what it leads to count, and its name (RFC 7671 §7)', async () => {
  const own = tlsa(name, 3, 0, 1, new Uint8Array(32))
  const { witness, said } = await domainRun(zone([...aliased, own], bits.authentic), { validating: true })
  const read = await readTlsa('mx.x.test', 25, witness)
  expect(read).toMatchObject({ host: 'mx.x.test', base: 'real.y.test', security: 'secure' })
  expect(daneFacts(read, seen)).toMatchObject({ host: 'mx.x.test', records: [{ matches: true }] })
  expect(said(read.proof.events)[1]).toContain('TLSA _25._tcp.real.y.test')
})

test('an alias that leads to no records falls back to its own name; an unproven one is never followed', async () => {
  const own = [...aliased.slice(0, 2), tlsa(name, 3, 0, 1, right)]
  const secure = await domainRun(zone(own, bits.authentic), { validating: true })
  const read = await readTlsa('mx.x.test', 25, secure.witness)
  expect(read.base).toBeUndefined()
  expect(read.records).toHaveLength(1)
  const insecure = await domainRun(zone(aliased), { validating: true })
  expect(await readTlsa('mx.x.test', 25, insecure.witness)).toMatchObject({ records: [] })
  const plain = await domainRun(zone(aliased, bits.authentic))
  expect(await readTlsa('mx.x.test', 25, plain.witness)).toMatchObject({ records: [] })
})
