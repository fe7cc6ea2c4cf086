import { expect, test } from 'vitest'
import { explainEnhanced } from '#shared/knowledge/enhancedCodes.ts'
import { otherMeanings, providerCodes, providerMeaning } from '#shared/knowledge/providerCodes.ts'
import { expectSentences } from '../../support/knowledge.ts'

test('every row is dated, has a source and contradicts a code of the registry', () => {
  for (const row of providerCodes) {
    expectSentences(row.words)
    expectSentences(row.next)
    expect(row.checked).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    expect(row.source.length).toBeGreaterThan(10)
    expect(row.says).toBe(row.says.toLowerCase())
    expect(explainEnhanced(row.code)?.others).toContain(row)
  }
})
test('5.7.30 is explained by what the reply says, then by host, never by the code alone', () => {
  const text = 'Basic authentication is not supported for Client Submission.'
  expect(providerMeaning('5.7.30', '192.0.2.1', text)?.provider).toBe('Microsoft Exchange Online')
  expect(providerMeaning('5.7.30', 'SMTP.office365.com.', 'no')?.provider).toBe('Microsoft Exchange Online')
  expect(providerMeaning('5.7.30', 'mx.harbour.example', 'REQUIRETLS support required')).toBeUndefined()
  expect(providerMeaning('5.7.1', 'smtp.office365.com', text)).toBeUndefined()
  expect(otherMeanings('5.7.1')).toEqual([])
})
