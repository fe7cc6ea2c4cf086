import { expect, test } from 'vitest'
import { recipientNotes, recipientTone } from '#renderer/model/composeRecipients.ts'

const finding = (code: string, message: string, next = '') => ({ code, message, next, severity: 'error' as const, side: 'server' as const, confidence: 'certain' as const, evidence: [7], phase: 'rcpt' as const }) // prettier-ignore
const refused = (address: string, reply: string, code = 550) => ({ address, reply, code, accepted: false, findings: ['recipient-unknown'] }) // prettier-ignore
const [one, other] = [refused('a@x.test', '550 5.1.1 no a'), refused('b@x.test', '550 5.1.1 no b')]
const findings = [
  finding('recipient-unknown', 'The server refused the recipient a@x.test: 550 5.1.1 no a', 'Check it.'),
  finding('recipient-unknown', 'The server refused the recipient b@x.test: 550 5.1.1 no b', 'Check it.'),
]

test('each of two recipients with one code has its own finding, and the reply is not said twice', () => {
  expect(recipientNotes(one, findings, '')).toEqual([
    { code: 'recipient-unknown', message: '', next: 'Check it.', evidence: [7] },
  ])
  expect(recipientNotes(other, findings, '')).toHaveLength(1)
})
test('one finding that names nobody is about all of its code', () => {
  const [note] = recipientNotes(one, [finding('recipient-unknown', 'No such box.')], '')
  expect(note?.message).toBe('No such box.')
})
test('a next step that stands above is not said again, other codes are not about it', () => {
  expect(recipientNotes(one, findings, 'Refused. Check it.')[0]?.next).toBe('')
  expect(recipientNotes(one, [finding('greylisted', 'Later, a@x.test.')], '')).toEqual([])
})
test('for now, for good, not at all', () => {
  expect([one, refused('c', '451 later', 451), { ...one, code: undefined }, { ...one, accepted: true }].map((it) => recipientTone(it as typeof one))).toEqual(['bad', 'warn', 'neutral', 'good']) // prettier-ignore
})
