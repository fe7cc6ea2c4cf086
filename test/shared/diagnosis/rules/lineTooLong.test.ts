import { expect, test } from 'vitest'
import { codesOf, diagnose, hello } from '#test/support/diagnosis/script.ts'

const open = hello('STARTTLS')

test('over the limit of its command', () => {
  expect(diagnose([...open, `C: NOOP ${'x'.repeat(600)}`, 'S: 500 5.5.2 too long'])).toMatchObject([{ code: 'line-too-long', evidence: [5, 6] }]) // prettier-ignore
})

test('sizes have their thousands marked', () => {
  const [found] = diagnose([...open, `C: MAIL FROM:<${'x'.repeat(9_988)}>`, 'S: 500 5.5.2 too long'])
  expect(found!.message).toMatch(/ has 10,00\d octets; a server has to take 1,536\./)
})

test('AUTH may be long', () => {
  expect(codesOf([...open, `C: AUTH GSSAPI ${'x'.repeat(6000)}`, 'S: 454 4.7.0 later'])).toEqual([
    'auth-temporary',
  ])
})
