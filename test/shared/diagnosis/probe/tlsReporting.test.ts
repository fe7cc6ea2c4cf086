import { expect, test } from 'vitest'
import type { TlsReportingFacts } from '#shared/diagnosis/facts.ts'
import { tlsReporting } from '#shared/diagnosis/probe/tlsReporting.ts'
import { facts, proof } from '#test/support/diagnosis/facts.ts'

const told = (record: TlsReportingFacts['record'], problem?: string) =>
  tlsReporting(facts({ tlsReporting: { domain: 'a.test', record, reports: [], problem, proof: proof() } }))

test('a record that cannot be used, with why; several of them', () => {
  const [found] = told('invalid', 'it names no place for reports (rua)')
  expect(found).toMatchObject({ code: 'tls-reporting-broken', severity: 'warning' })
  expect(found?.message).toContain('(it names no place for reports (rua))')
  expect(told('several')[0]?.message).toContain('several records')
})

test('a sound record, none, and no answer are no finding', () => {
  for (const record of ['found', 'none', 'unanswered'] as const) expect(told(record)).toEqual([])
  expect(tlsReporting(facts({}))).toEqual([])
})
