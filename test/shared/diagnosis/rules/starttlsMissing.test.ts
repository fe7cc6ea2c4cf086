import { expect, test } from 'vitest'
import { codesOf, diagnose, hello, sealedHello } from '#test/support/diagnosis/script.ts'

test('wanted and not offered; overwritten; not wanted', () => {
  expect(diagnose(hello('SIZE'))).toMatchObject([{ code: 'starttls-not-offered', evidence: [4] }])
  expect(codesOf(hello('XXXXXXXA'), { tls: 'none' })).toEqual(['ehlo-masked', 'starttls-stripped'])
  expect(codesOf(hello('SIZE'), { tls: 'none' })).toEqual([])
})

test('asked for without an offer', () => {
  const asked = [...hello('SIZE'), 'C: STARTTLS', 'S: 502 5.5.1 what?']
  expect(diagnose(asked, { tls: 'none' })).toMatchObject([
    { code: 'starttls-not-offered', evidence: [4, 5, 6] },
  ])
})

test('inside TLS it is rightly gone', () => {
  expect(codesOf(sealedHello('SIZE'))).toEqual([])
})
