import { expect, test } from 'vitest'
import { codesOf, diagnose, hello, secured, sealedHello } from '#test/support/diagnosis/script.ts'

const agreed = [...hello('STARTTLS'), 'C: STARTTLS', 'S: 220 go']

test('a reply in clear behind the agreement', () => {
  expect(diagnose([...agreed, 'S: 250 more', secured()])).toMatchObject([{ code: 'starttls-plaintext-injected', side: 'network', evidence: [6, 7] }]) // prettier-ignore
})

test('commands in clear that came with STARTTLS, seen by a server', () => {
  const sent = [...hello('STARTTLS', 'PIPELINING'), 'C: STARTTLS', 'C: RSET', 'S: 220 go', secured()]
  expect(diagnose(sent, { role: 'server' })).toMatchObject([{ code: 'starttls-plaintext-injected', side: 'client', evidence: [5, 6] }]) // prettier-ignore
})

test('an upgrade as it should be, and a transcript that knows nothing of TLS', () => {
  expect(codesOf(sealedHello())).toEqual([])
  expect(codesOf([...agreed, 'C: EHLO me', 'S: 250 mx'])).toEqual([])
})
