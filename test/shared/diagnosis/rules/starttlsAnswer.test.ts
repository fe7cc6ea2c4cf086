import { expect, test } from 'vitest'
import { codesOf, diagnose, hello, sealedHello } from '#test/support/diagnosis/script.ts'

const asked = [...hello('STARTTLS'), 'C: STARTTLS']

test('refused, meaningless, unreadable', () => {
  expect(diagnose([...asked, 'S: 454 4.3.0 not now'])).toMatchObject([
    { code: 'starttls-refused', evidence: [5, 6] },
  ])
  expect(codesOf([...asked, 'S: 250 ok'])).toEqual(['starttls-garbage'])
  expect(codesOf([...asked, 'S: %&$!'])).toEqual(['starttls-garbage'])
})

test('agreed', () => {
  expect(codesOf(sealedHello())).toEqual([])
})
