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

test.each([
  ['MAIL FROM:<a@x.example>', '334 VXNlcm5hbWU6', 'MAIL as if it were AUTH'],
  ['RSET', '354 go ahead', 'RSET as if it were DATA'],
])('%s answered with %s', (command, reply, words) => {
  const found = diagnose([...open, `C: ${command}`, `S: ${reply}`])
  expect(found).toMatchObject([{ code: 'bad-sequence', side: 'server', evidence: [5, 6] }])
  expect(found[0]?.message).toContain(words)
})

test('a 334 in an exchange and a 354 to DATA are in order', () => {
  const auth = [
    'C: AUTH LOGIN',
    'S: 334 VXNlcm5hbWU6',
    'C: ********',
    'S: 334 UGFzc3dvcmQ6',
    'C: ********',
    'S: 235 ok',
  ]
  const mail = [
    'C: MAIL FROM:<a@x.example>',
    'S: 250 ok',
    'C: RCPT TO:<b@x.example>',
    'S: 250 ok',
    'C: DATA',
    'S: 354 go',
  ]
  expect(codesOf([...open, ...auth, ...mail])).not.toContain('bad-sequence')
})
