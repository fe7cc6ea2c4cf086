import { expect, test } from 'vitest'
import { codesOf, diagnose, ended, hello } from '#test/support/diagnosis/script.ts'

const open = hello('STARTTLS')

test('421 in the middle, and to AUTH; the end that follows is no news', () => {
  const found = diagnose([...open, 'C: MAIL FROM:<>', 'S: 421 4.3.2 going down', ended('closed')])
  expect(found).toMatchObject([{ code: 'closed-421', phase: 'mail', evidence: [5, 6] }])
  expect(codesOf([...open, 'C: AUTH PLAIN ********', 'S: 421 4.7.0 too many errors'])).toEqual([
    'auth-too-many',
  ])
})

test('to QUIT it is a farewell', () => {
  expect(codesOf([...open, 'C: QUIT', 'S: 421 bye'])).toEqual([])
})
