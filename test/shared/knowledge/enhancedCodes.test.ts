import { expect, test } from 'vitest'
import { enhancedDetails, explainEnhanced } from '#shared/knowledge/enhancedCodes.ts'
import { expectRow, expectUnique } from '../../support/knowledge.ts'

test('every detail has words and a reference, its own key and a subject that exists', () => {
  for (const row of enhancedDetails) {
    expectRow(row)
    expect(row.key).toMatch(/^[0-7]\.(0|[1-9]\d?)$/)
  }
  expectUnique(enhancedDetails.map(({ key }) => key))
})
test('the registry has no holes: every subject counts its details from 0 on', () => {
  const last = { 0: 0, 1: 10, 2: 4, 3: 6, 4: 7, 5: 6, 6: 10, 7: 30 }
  for (const [subject, highest] of Object.entries(last)) {
    const details = enhancedDetails.filter(({ key }) => key.startsWith(`${subject}.`))
    expect(details.map(({ key }) => Number(key.split('.')[1]))).toEqual([...Array(highest + 1).keys()])
  }
})
test.each([
  ['5.1.1', 'No such mailbox', 'RFC 3463 §3.2'],
  ['4.2.2', 'Mailbox full', 'RFC 3463 §3.3'],
  ['5.1.10', 'Recipient’s domain has a null MX', 'RFC 7505'],
  ['5.7.8', 'Credentials invalid', 'RFC 4954 §6'],
  ['5.7.13', 'Account disabled', 'RFC 5248'],
  ['5.7.17', 'Mailbox has a new owner', 'RFC 7293'],
  ['5.7.25', 'Reverse DNS failed', 'RFC 7372 §3.3'],
  ['5.7.30', 'REQUIRETLS not possible', 'RFC 8689'],
])('%s is %s (%s)', (code, name, reference) => {
  expect(explainEnhanced(code)).toMatchObject({ known: true, name, reference })
})
test('the class in front changes the kind, not the detail', () => {
  expect(explainEnhanced('2.7.0')?.kind).toBe('Success, about security or policy.')
  expect(explainEnhanced('4.7.0')?.kind).toBe('Not now, about security or policy.')
})
test('an unknown detail is explained by class and subject and said to be unknown', () => {
  expect(explainEnhanced('5.7.99')).toMatchObject({
    known: false,
    kind: 'Failure, about security or policy.',
    words: 'The registry has no detail 7.99, so class and subject are all it says.',
  })
  expect(explainEnhanced('4.9.1')?.kind).toBe('Not now, about something that the registry does not name.')
})
test('what is no enhanced code has no meaning', () => {
  for (const code of ['', '5.7', '3.7.1', '5.7.1.1', '5.7.1000', 'x.y.z', '5.constructor.1'])
    expect(explainEnhanced(code)).toBeNull()
})

test('the table is the registry of RFC 5248, whole and without inventions', () => {
  const registered: Record<number, number> = { 0: 0, 1: 10, 2: 4, 3: 6, 4: 7, 5: 6, 6: 10, 7: 30 }
  const keys = Object.entries(registered).flatMap(([subject, last]) =>
    Array.from({ length: last + 1 }, (_, detail) => `${subject}.${detail}`),
  )
  expect(enhancedDetails.map(({ key }) => key).toSorted()).toEqual(keys.toSorted())
})

/** As the registry names them beside each code; every other row is RFC 3463's. */
const elsewhere: Record<string, string> = {
  1.9: '3886', '1.10': '7505', 3.6: '6710', 5.6: '4954', 6.6: '4468', 6.7: '6531', 6.8: '6531', 6.9: '6531', '6.10': '6531',
  7.8: '4954', 7.9: '4954', '7.10': '5248', 7.11: '4954', 7.12: '4954', 7.13: '5248', 7.14: '5248', 7.15: '6710', 7.16: '6710',
  7.17: '7293', 7.18: '7293', 7.19: '7293', '7.20': '7372', 7.21: '7372', 7.22: '7372', 7.23: '7372', 7.24: '7372', 7.25: '7372',
  7.26: '7372', 7.27: '7505', 7.28: 'draft', 7.29: '8617', '7.30': '8689',
} // prettier-ignore
test('each row cites the document that the registry cites', () => {
  for (const { key, reference } of enhancedDetails) {
    const document = elsewhere[key] ?? '3463'
    expect(`${key} ${reference}`).toMatch(
      document === 'draft' ? / IANA registry$/ : RegExp(` RFC ${document}( §|$)`),
    )
  }
})
