import { expect, test } from 'vitest'
import { codesOf, diagnose, hello } from '#test/support/diagnosis/script.ts'

const refused = [...hello().slice(0, 2), 'C: EHLO me', 'S: 502 5.5.1 what?']

test('EHLO refused, or HELO the only one taken', () => {
  expect(diagnose(refused, { tls: 'none' })).toMatchObject([{ code: 'ehlo-rejected', evidence: [3, 4] }])
  const helo = diagnose([...refused, 'C: HELO me', 'S: 250 mx'], { tls: 'none' })
  expect(helo).toMatchObject([{ code: 'helo-only', evidence: [3, 4, 6] }])
})

test('EHLO taken at the second try, or at once', () => {
  expect(codesOf([...refused, 'C: EHLO me.example', 'S: 250 mx'], { tls: 'none' })).toEqual(['ehlo-rejected'])
  expect(codesOf(hello('STARTTLS'))).toEqual([])
})
