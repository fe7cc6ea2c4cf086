import { expect, test } from 'vitest'
import { codesOf, diagnose, hello } from '#test/support/diagnosis/script.ts'

const open = hello('STARTTLS')

test('a command out of order; a reply that nobody asked for', () => {
  expect(diagnose([...open, 'C: RCPT TO:<b@x.example>', 'S: 503 5.5.1 MAIL first'])).toMatchObject([{ code: 'bad-sequence', side: 'client', evidence: [5, 6] }]) // prettier-ignore
  const reply = {
    kind: 'reply',
    direction: 'to-client',
    phase: 'other',
    raw: '250 ok\r\n',
    code: 250,
  } as const
  expect(diagnose([...open, reply])).toMatchObject([{ code: 'bad-sequence', side: 'server', evidence: [5] }])
})

test('what follows from a refused sender is no fault of order', () => {
  const group = ['C: MAIL FROM:<a@x.example>', 'S: 550 no', 'C: RCPT TO:<b@x.example>', 'S: 503 no', 'C: DATA', 'S: 503 no'] // prettier-ignore
  expect(codesOf([...open, ...group])).toEqual(['sender-rejected'])
})
