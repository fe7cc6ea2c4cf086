import { expect, test } from 'vitest'
import type { DomainFacts, MxProblem } from '#shared/diagnosis/facts.ts'
import { mxInvalid } from '#shared/diagnosis/probe/mxInvalid.ts'
import { facts, proof } from '#test/support/diagnosis/facts.ts'

const record = (host: string, problem?: MxProblem) => ({ preference: 10, host, addresses: [], problem })
const domain = (records: DomainFacts['records'], mx: DomainFacts['mx'] = 'found') =>
  facts({ domain: { domain: 'a.test', mx, hosts: [], hasAddress: true, records, proof: proof() } })

test('an alias, an address and a null MX beside others, each in its own words', () => {
  const found = mxInvalid(domain([record('b.test', 'alias'), record('192.0.2.1', 'address'), record('.', 'null-among-others')])) // prettier-ignore
  expect(found).toMatchObject([
    { code: 'mx-invalid', severity: 'warning', references: ['RFC 5321 §5.1', 'RFC 2181 §10.3'] },
    { code: 'mx-invalid', severity: 'error' },
    { code: 'mx-invalid', severity: 'warning', references: ['RFC 7505 §3'] },
  ])
  expect(found[0]?.message).toContain('alias (b.test)')
  expect(found[1]?.message).toContain('address (192.0.2.1)')
})

test('many are counted; sound ones, and what was not found, are not told', () => {
  const many = Array.from({ length: 8 }, (_, at) => record(`m${at}.test`, 'alias'))
  expect(mxInvalid(domain(many))[0]?.message).toContain('and 3 more')
  expect(mxInvalid(domain([record('b.test'), record('c.test', 'unanswered')]))).toEqual([])
  expect(mxInvalid(domain([record('b.test', 'alias')], 'failed'))).toEqual([])
  expect(mxInvalid(facts({}))).toEqual([])
})
