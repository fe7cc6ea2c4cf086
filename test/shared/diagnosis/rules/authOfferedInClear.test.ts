import { expect, test } from 'vitest'
import { codesOf, connected, diagnose, hello, sealedHello } from '#test/support/diagnosis/script.ts'

test('mechanisms that show the password, before TLS', () => {
  const [found] = diagnose(hello('STARTTLS', 'AUTH PLAIN CRAM-MD5'))
  expect(found).toMatchObject({ code: 'auth-offered-in-clear', severity: 'warning', evidence: [4] })
  expect(found!.message).toContain('AUTH PLAIN before')
  const used = diagnose([...hello('AUTH LOGIN'), 'C: AUTH LOGIN', 'S: 334 VXNlcm5hbWU6'], { tls: 'none' })
  expect(used[0]).toMatchObject({ evidence: [4, 5] })
  expect(used[0]!.message).toContain('A password was sent')
})

test('on this computer alone an offer is nothing, and its use a remark', () => {
  const here = [connected({ address: '127.0.0.1' }), ...hello('STARTTLS', 'AUTH CRAM-MD5 PLAIN').slice(1)]
  expect(diagnose(here)).toEqual([])
  const used = diagnose([...here, 'C: AUTH PLAIN ********', 'S: 535 5.7.8 no'])
  expect(used).toMatchObject([{ code: 'auth-offered-in-clear', severity: 'info' }, { code: 'auth-rejected' }])
})

test('inside TLS, and mechanisms that do not show it, are fine', () => {
  expect(codesOf(sealedHello('AUTH PLAIN'))).toEqual([])
  expect(codesOf(hello('STARTTLS', 'AUTH CRAM-MD5 SCRAM-SHA-256'))).toEqual([])
})

test('our own listener: when a client did so', () => {
  const offer = hello('AUTH PLAIN')
  expect(codesOf(offer, { role: 'server' })).toEqual([])
  expect(codesOf([...offer, 'C: AUTH PLAIN ********', 'S: 235 ok'], { role: 'server' })).toEqual(['auth-offered-in-clear']) // prettier-ignore
})
