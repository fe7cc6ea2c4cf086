import { createHash, X509Certificate } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { daneFacts, readTlsa } from '#engine/domain/tlsa.ts'
import { dane } from '#shared/diagnosis/probe/dane.ts'
import { facts } from '#test/support/diagnosis/facts.ts'
import { selfSigned } from '#test/support/dialogue/certificates.ts'
import { bits, cname, codes, tlsa, withCode, zone } from '#test/support/dns/scriptedDns.ts'
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
