import { expect, test } from 'vitest'
import { codesOf, connected, diagnose, ended, hello, later, secured } from '#test/support/diagnosis/script.ts'

test.each(['closed', 'reset', 'timeout'] as const)('silence, then %s', (how) => {
  expect(codesOf([connected(), ended(how)])).toEqual([`banner-${how}`])
})

test('a refusal, another protocol, asterisks, a long wait', () => {
  expect(codesOf([connected(), 'S: 554 5.7.1 no'])).toEqual(['banner-rejected'])
  expect(codesOf(['S: 554 5.7.1 no'])).toEqual(['banner-rejected'])
  expect(codesOf([connected(), 'S: SSH-2.0-OpenSSH'])).toEqual(['banner-not-smtp'])
  expect(codesOf([connected(), 'S: 220 ***************'])).toEqual(['banner-masked'])
  expect(codesOf([connected(), later(8000, 'S: 220 mx ESMTP')])).toEqual(['banner-slow'])
})

test('silence explained by a recorded trial with TLS', () => {
  const trial = [connected(), connected(), secured(), 'S: 220 mx', ended('failed', 'this-computer')]
  expect(diagnose(trial)).toMatchObject([{ code: 'port-speaks-implicit-tls', evidence: [1, 2, 3, 4] }])
})

test('nothing is said of a good one, of a cut transcript, and of a session a person stopped', () => {
  expect(codesOf(hello('STARTTLS'))).toEqual([])
  expect(codesOf([connected()])).toEqual([])
  expect(codesOf([connected(), ended('dropped', 'person')])).toEqual([])
})
