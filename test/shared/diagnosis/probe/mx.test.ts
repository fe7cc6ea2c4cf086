import { expect, test } from 'vitest'
import type { DomainFacts } from '#shared/diagnosis/facts.ts'
import { mx } from '#shared/diagnosis/probe/mx.ts'
import { attempt, facts, proof } from '#test/support/diagnosis/facts.ts'

const domain = (more: Partial<DomainFacts>): DomainFacts => ({ domain: 'example.org', mx: 'found', hosts: ['mx.example.org'], hasAddress: true, proof: proof(), ...more }) // prettier-ignore

test('none, with and without an address; the null MX; other ports', () => {
  expect(mx(facts({ domain: domain({ mx: 'none' }) }))).toMatchObject([
    { code: 'mx-missing', severity: 'warning' },
  ])
  expect(mx(facts({ domain: domain({ mx: 'none', hasAddress: false }) }))).toMatchObject([{ code: 'mx-missing', severity: 'error' }]) // prettier-ignore
  expect(mx(facts({ domain: domain({ mx: 'null' }) }))).toMatchObject([{ code: 'mx-null' }])
  const [other] = mx(facts({ domain: domain({}), attempts: [attempt(25), attempt(587)] }))
  expect(other).toMatchObject({ code: 'mx-not-used-port-25', severity: 'info' })
  expect(other!.message).toContain('port 587 of them')
})

test('no such domain is no empty one', () => {
  const [found] = mx(facts({ domain: domain({ mx: 'none', hasAddress: false, missing: true, hosts: [] }) }))
  expect(found).toMatchObject({ code: 'dns-name-not-found', severity: 'error' })
  expect(found!.message).toContain('There is no domain example.org')
})

const told = (failure: DomainFacts['failure'], more: Partial<DomainFacts> = {}) =>
  mx(facts({ domain: domain({ mx: 'failed', hosts: [], failure, ...more }) }))[0]

test('a look-up that failed says who was asked and what came of it, each cause in its own words', () => {
  const server = '192.0.2.53:53'
  const silent = told({ why: 'timeout', asked: 'MX', server })
  expect(silent).toMatchObject({ code: 'dns-timeout', severity: 'error', side: 'network' })
  expect(silent!.message).toMatch(/192\.0\.2\.53:53 gave no answer in time .* MX of example\.org/)
  const failed = told({ why: 'server-failure', asked: 'MX', server, detail: 'It says SERVFAIL.' })
  expect(failed).toMatchObject({ code: 'dns-server-failure', side: 'server' })
  expect(failed!.message).toContain('(it says SERVFAIL)')
  expect(told({ why: 'refused', asked: 'MX', server })).toMatchObject({
    code: 'dns-server-failure',
    side: 'server',
  })
  const away = told({ why: 'unreachable', asked: 'MX', server: '', detail: 'ECONNREFUSED' })
  expect(away).toMatchObject({ code: 'dns-server-failure', side: 'network' })
  expect(away!.message).toContain('The name server cannot be reached (ECONNREFUSED)')
  const bogus = told({ why: 'server-failure', asked: 'MX', server }, { security: 'bogus' })
  expect(bogus).toMatchObject({ code: 'dns-server-failure', confidence: 'certain' })
  expect(bogus!.next).toContain('Repair DNSSEC')
})

test('an MX on port 25, a look-up that was cancelled, and a server asked for by name', () => {
  expect(mx(facts({ domain: domain({}), attempts: [attempt(25)] }))).toEqual([])
  expect(mx(facts({ domain: domain({ mx: 'failed' }) }))).toEqual([])
  expect(mx(facts({ attempts: [attempt(587)] }))).toEqual([])
})

test('who did not say the address of a domain without MX was not silent about the MX', () => {
  const found = told({ why: 'timeout', asked: 'address', server: '192.0.2.53:53' })!
  expect(found.message).toContain('when asked for the address of example.org, which has no MX:')
})
