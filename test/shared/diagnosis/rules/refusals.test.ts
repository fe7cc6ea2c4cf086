import { expect, test } from 'vitest'
import { codesOf, diagnose, hello } from '#test/support/diagnosis/script.ts'

const after = (...parts: string[]): string[] => codesOf([...hello(), ...parts], { tls: 'none' })
const mail = ['C: MAIL FROM:<a@x.example>', 'S: 250 ok']

test.each([
  ['C: MAIL FROM:<a@x.example>', 'S: 530 5.7.0 Authentication required', 'auth-required'],
  ['C: MAIL FROM:<a@x.example>', 'S: 552 5.3.4 too big', 'size-exceeded'],
  ['C: MAIL FROM:<a@x.example>', 'S: 553 5.7.1 not owned, log in first', 'sender-needs-auth'],
  ['C: RCPT TO:<b@x.example>', 'S: 554 5.7.1 Relay access denied', 'relay-denied'],
  ['C: RCPT TO:<b@x.example>', 'S: 450 4.2.0 Greylisted, come back', 'greylisted'],
  ['C: AUTH PLAIN ********', 'S: 535 5.7.8 no', 'auth-rejected'],
  ['C: AUTH PLAIN ********', 'S: 454 4.7.0 later', 'auth-temporary'],
  ['C: DATA', 'S: 554 no valid recipients', 'data-rejected'],
])('%s, %s: %s', (said, answer, code) => {
  expect(after(said, answer)).toEqual([code])
})

test('what follows from an earlier refusal is not said', () => {
  expect(after('C: MAIL FROM:<a@x.example>', 'S: 550 no', 'C: RCPT TO:<b@x.example>', 'S: 503 no mail')).toEqual(['sender-rejected']) // prettier-ignore
  expect(after(...mail, 'C: RCPT TO:<b@x.example>', 'S: 550 5.1.1 no', 'C: DATA', 'S: 554 none')).toEqual(['recipient-unknown']) // prettier-ignore
})

test('AUTH in clear where it is offered after TLS only; a cancelled one is no fault', () => {
  const auth = ['C: AUTH PLAIN ********', 'S: 503 5.5.1 not here']
  expect(codesOf([...hello('STARTTLS'), ...auth])).toEqual(['auth-only-after-tls'])
  expect(after(...auth)).toEqual(['auth-not-offered'])
  expect(after('C: AUTH LOGIN', 'S: 334 VXNlcm5hbWU6', 'C: *', 'S: 501 cancelled')).toEqual([])
})

test('the recipient is named', () => {
  const [found] = diagnose([...hello(), ...mail, 'C: RCPT TO:<b@x.example>', 'S: 550 5.1.1 gone'], {
    tls: 'none',
  })
  expect(found!.message).toBe('The server refused the recipient b@x.example: 550 5.1.1 gone')
})

test('a reply that may mean relaying too is likely, and names both causes', () => {
  const [found] = diagnose([...hello(), ...mail, 'C: RCPT TO:<b@x.example>', 'S: 550 Invalid recipient'], {
    tls: 'none',
  })
  expect(found).toMatchObject({ code: 'recipient-unknown', confidence: 'likely' })
  expect(found!.next).toContain('relay')
})
