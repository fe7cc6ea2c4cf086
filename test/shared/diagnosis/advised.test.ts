import { expect, test } from 'vitest'
import { advised } from '#shared/diagnosis/advised.ts'

test('the machine’s words with numbered evidence, each number once', () => {
  expect(advised('closed-421', 'rcpt', 'Closing.', [3, undefined, 4, 3])).toMatchObject({
    code: 'closed-421',
    phase: 'rcpt',
    severity: 'error',
    confidence: 'certain',
    evidence: [3, 4],
    references: ['RFC 5321 §3.8'],
  })
  const change = { confidence: 'likely', next: 'Wait.', side: 'network' } as const
  expect(advised('closed-421', 'rcpt', 'Closing.', [1], change)).toMatchObject(change)
})
