import { expect, test } from 'vitest'
import { finding } from '#shared/diagnosis/finding.ts'

const words = { side: 'server', confidence: 'certain', message: 'm', next: 'n' } as const

test('phase and severity come from the vocabulary', () => {
  const made = finding('tcp-refused', { ...words, evidence: [3] })
  expect(made).toEqual({ code: 'tcp-refused', severity: 'error', phase: 'tcp', evidence: [3], ...words })
})

test('a rule that knows better says so', () => {
  const made = finding('certificate-expired', {
    ...words,
    evidence: [1],
    severity: 'warning',
    references: ['RFC 5280'],
  })
  expect(made).toMatchObject({ severity: 'warning', phase: 'tls', references: ['RFC 5280'] })
})
