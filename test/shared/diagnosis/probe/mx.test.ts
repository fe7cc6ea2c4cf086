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

test('an MX on port 25, a look-up that failed, and a server asked for by name', () => {
  expect(mx(facts({ domain: domain({}), attempts: [attempt(25)] }))).toEqual([])
  expect(mx(facts({ domain: domain({ mx: 'failed' }) }))).toEqual([])
  expect(mx(facts({ attempts: [attempt(587)] }))).toEqual([])
})
