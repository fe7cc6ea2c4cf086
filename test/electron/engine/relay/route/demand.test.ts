import { constantFrom, assert, boolean, property, record } from 'fast-check'
import { expect, test } from 'vitest'
import type { Dane } from '#engine/relay/route/dane.ts'
import { demandOf, ruleDemand, type DemandInput } from '#engine/relay/route/demand.ts'

const from = { useStarttls: 'domain *', requireStarttls: 'virtual-mta mta1, domain *', retryAfter: 'default', bounceAfter: 'default' } // prettier-ignore
const off = { useStarttls: false, requireStarttls: false, from }
const opportunistic = { useStarttls: true, requireStarttls: false, from }
const required = { useStarttls: true, requireStarttls: true, from }
type Sts = NonNullable<DemandInput['sts']>
const enforce: Sts = { mode: 'enforce', patterns: ['*.gannet.example'] }
const strict: Sts = { ...enforce, patterns: ['mx9.gannet.example'] }
const testing: Sts = { ...enforce, mode: 'testing' }
const dane: Dane = { kind: 'records', tlsa: [{ usage: 3, selector: 1, matching: 1, data: new Uint8Array(32) }], names: ['mx1.gannet.example', 'gannet.example'] } // prettier-ignore
const unusable: Dane = { kind: 'unusable' }
const broken: Dane = { kind: 'failed', words: 'the TLSA records are forged' }

const demand = (given: Partial<DemandInput>) =>
  demandOf({ host: 'mx1.gannet.example', rules: opportunistic, requireTls: false, named: true, dane: { kind: 'none' }, sts: null, ...given }) // prettier-ignore
type Given = Pick<DemandInput, 'rules' | 'requireTls' | 'named' | 'dane' | 'sts'>
const tls = (level: string, more: object = {}) => ({ tls: { level, implicit: false, ...more } })

test('the rules alone', () => {
  expect(ruleDemand(off)).toEqual({ level: 'off', implicit: false, from: 'domain *' })
  expect(ruleDemand(opportunistic)).toMatchObject({ level: 'opportunistic', from: 'domain *' })
  expect(ruleDemand(required)).toMatchObject({ level: 'required', from: 'virtual-mta mta1, domain *' })
})
test('MTA-STS that is enforced: only its hosts, with a certificate for the host', () => {
  expect(demand({ sts: enforce })).toEqual(
    tls('verified', { names: ['mx1.gannet.example'], from: 'MTA-STS' }),
  )
  expect(demand({ sts: strict })).toEqual({ leftOut: 'mx1.gannet.example is left out: the MTA-STS policy does not name it.', permanent: false }) // prettier-ignore
  expect(demand({ sts: testing })).toMatchObject(tls('opportunistic'))
  expect(demand({ sts: { ...strict, mode: 'testing' } })).toMatchObject(tls('opportunistic'))
})
test('DANE wins over MTA-STS, also over one that does not name the host', () => {
  for (const sts of [null, enforce, strict]) expect(demand({ dane, sts })).toMatchObject(tls('dane', { from: 'DANE', names: dane.names })) // prettier-ignore
})
test('records that mail does not use: TLS all the same, verified where MTA-STS demands it', () => {
  expect(demand({ dane: unusable })).toMatchObject(tls('required'))
  expect(demand({ dane: unusable, sts: enforce })).toMatchObject(tls('verified'))
  expect(demand({ dane: unusable, rules: required })).toMatchObject(tls('required', { from: 'virtual-mta mta1, domain *' })) // prettier-ignore
})
test('what DNSSEC cannot believe is left out for now', () => {
  expect(demand({ dane: broken, sts: enforce })).toEqual({ leftOut: 'mx1.gannet.example is left out: the TLSA records are forged.', permanent: false }) // prettier-ignore
})
test('a person’s “off” wins over the domain’s wishes', () => {
  for (const one of [dane, unusable, broken]) expect(demand({ rules: off, dane: one, sts: strict })).toMatchObject(tls('off')) // prettier-ignore
})
test('REQUIRETLS needs a proven name and a certificate for it, whatever the rules say', () => {
  for (const rules of [off, opportunistic, required]) {
    expect(demand({ rules, requireTls: true })).toMatchObject(tls('verified', { from: 'REQUIRETLS', names: ['mx1.gannet.example'] })) // prettier-ignore
    expect(demand({ rules, requireTls: true, dane })).toMatchObject(tls('dane'))
    expect(demand({ rules, requireTls: true, named: false, sts: testing })).toMatchObject(tls('verified'))
    expect(demand({ rules, requireTls: true, named: false })).toMatchObject({ permanent: true, leftOut: expect.stringContaining('REQUIRETLS') }) // prettier-ignore
  }
})
test('nothing is ever weaker than the rules, nor than a policy, unless a person switched it off', () => {
  const order = ['off', 'opportunistic', 'required', 'verified', 'dane']
  const all = record<Given>({
    rules: constantFrom(off, opportunistic, required),
    requireTls: boolean(),
    named: boolean(),
    dane: constantFrom<Dane>({ kind: 'none' }, dane, unusable, broken),
    sts: constantFrom(null, enforce, strict, testing),
  })
  const check = (given: Given): void => {
    const demanded = demand(given)
    if (!('tls' in demanded)) return
    const level = order.indexOf(demanded.tls.level)
    expect(level).toBeGreaterThanOrEqual(order.indexOf(ruleDemand(given.rules).level))
    if (given.requireTls) expect(level).toBeGreaterThanOrEqual(order.indexOf('verified'))
    if (given.rules.useStarttls && given.sts?.mode === 'enforce') expect(level).toBeGreaterThanOrEqual(order.indexOf('verified')) // prettier-ignore
    if (given.rules.useStarttls && given.dane.kind === 'records') expect(demanded.tls.level).toBe('dane')
  }
  assert(property(all, check))
})
