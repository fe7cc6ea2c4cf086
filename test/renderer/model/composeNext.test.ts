import { expect, test } from 'vitest'
import { fieldToEdit, listWords, otherPorts } from '#renderer/model/composeNext.ts'

const finding = (code: string, severity: 'error' | 'good' = 'error') => ({ code, severity, side: 'server' as const, confidence: 'certain' as const, evidence: [], message: 'm', next: 'n', phase: 'other' as const }) // prettier-ignore

test.each([
  ['dns-name-not-found', 'host'],
  ['tcp-refused', 'host'],
  ['port-speaks-implicit-tls', 'port'],
  ['starttls-not-offered', 'tls'],
  ['certificate-expired', 'ca'],
  ['auth-rejected', 'password'],
  ['auth-no-common-mechanism', 'mechanism'],
  ['auth-required', 'user'],
  ['sender-rejected', 'from'],
  ['relay-denied', 'to'],
  ['size-exceeded', 'attachments'],
  ['content-rejected', 'text'],
] as const)('after %s one begins at %s', (code, field) => {
  expect(fieldToEdit({ findings: [finding(code)], recipients: [] })).toBe(field)
})
test('a refused recipient without a finding, and nothing wrong at all', () => {
  expect(fieldToEdit({ recipients: [{ address: 'a@b', accepted: false, reply: '550 no' }] })).toBe('to')
  expect(fieldToEdit({ findings: [finding('accepted', 'good')], recipients: [] })).toBe('subject')
})
test('other ports are those for sending', () => {
  expect(otherPorts(587)).toEqual([465, 2525])
  expect(listWords(otherPorts(587))).toBe('465 and 2525')
  expect(listWords(otherPorts(25))).toBe('587, 465 and 2525')
})
