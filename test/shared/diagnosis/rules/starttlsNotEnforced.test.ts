import { expect, test } from 'vitest'
import { codesOf, diagnose, hello } from '#test/support/diagnosis/script.ts'

const mail = [...hello('STARTTLS'), 'C: MAIL FROM:<a@x.example>', 'S: 250 ok']

test('MAIL taken in clear on a submission port; on port 25 that is right', () => {
  expect(diagnose(mail)).toMatchObject([{ code: 'starttls-not-enforced', evidence: [4, 5, 6] }])
  expect(codesOf(mail, { port: 25 })).toEqual([])
})

test('AUTH taken in clear on any port', () => {
  const auth = [...hello('STARTTLS'), 'C: AUTH CRAM-MD5', 'S: 334 PDEyM0B4Pg==']
  expect(codesOf(auth, { port: 25 })).toEqual(['starttls-not-enforced'])
})

test('refused in clear', () => {
  expect(codesOf([...hello('STARTTLS'), 'C: MAIL FROM:<>', 'S: 530 5.7.0 Must issue STARTTLS first'])).toEqual(['auth-needs-tls']) // prettier-ignore
})
