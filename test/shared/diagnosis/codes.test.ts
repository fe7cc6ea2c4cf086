import { expect, test } from 'vitest'
import { findingCodes, isFindingCode } from '#shared/diagnosis/codes.ts'
import { findingCodes as machineCodes } from '#shared/smtp/machine/advice.ts'
import { connectionCases } from './cases/connection.ts'
import { dialogueCases } from './cases/dialogue.ts'
import { probeCases } from './cases/probe.ts'

test('each code is filed under one group and has a severity', () => {
  expect(findingCodes.size).toBeGreaterThan(80)
  for (const [code, facts] of findingCodes) {
    expect(facts.code).toBe(code)
    expect(code).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
    expect(['error', 'warning', 'info', 'good']).toContain(facts.severity)
  }
})

test('groups that are no phase of a transcript are filed under one', () => {
  expect(findingCodes.get('certificate-expired')).toMatchObject({ group: 'certificate', phase: 'tls' })
  expect(findingCodes.get('cancelled')).toMatchObject({ group: 'any', phase: 'other' })
  expect(findingCodes.get('dane-ok')).toMatchObject({ group: 'policy', phase: 'other' })
})

test('the vocabulary is closed, and the machines keep to it', () => {
  expect(isFindingCode('tcp-refused')).toBe(true)
  expect(isFindingCode('tcp-broken')).toBe(false)
  expect(machineCodes.filter((code) => !isFindingCode(code))).toEqual([])
})

const cases = [...connectionCases, ...dialogueCases, ...probeCases]

test.each(cases.map((one) => [one.code, one] as const))(
  '%s: triggered, and not by what is healthy',
  (code, one) => {
    const found = one.trigger().find((finding) => finding.code === code)
    expect(found).toBeDefined()
    expect(found!.evidence.length).toBeGreaterThan(0)
    expect(found!.message).toMatch(/\S/)
    expect(found!.next).toMatch(/\S/)
    expect(one.healthy().map((finding) => finding.code)).not.toContain(code)
  },
)

test('every code of the vocabulary has a case', () => {
  const covered = new Set<string>(cases.map(({ code }) => code))
  expect([...findingCodes.keys()].filter((code) => !covered.has(code))).toEqual([])
})
