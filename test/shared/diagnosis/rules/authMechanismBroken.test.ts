import { expect, test } from 'vitest'
import { codesOf, diagnose, sealedHello } from '#test/support/diagnosis/script.ts'

const open = [...sealedHello('AUTH LOGIN'), 'C: AUTH LOGIN']

test('a challenge that is no base64; too many of them', () => {
  expect(diagnose([...open, 'S: 334 ?!?'])).toMatchObject([
    { code: 'auth-mechanism-broken', evidence: [10, 11] },
  ])
  const rounds = Array.from({ length: 11 }, () => ['S: 334 YQ==', 'C: ********']).flat()
  expect(codesOf([...open, ...rounds])).toEqual(['auth-mechanism-broken'])
})

test('an exchange as usual, and many of them in one session', () => {
  const once = ['C: AUTH LOGIN', 'S: 334 VXNlcm5hbWU6', 'C: ********', 'S: 334 UGFzc3dvcmQ6', 'C: ********', 'S: 454 4.7.0 later'] // prettier-ignore
  const many = Array.from({ length: 8 }, () => once).flat()
  expect(codesOf([...sealedHello('AUTH LOGIN'), ...many])).toEqual(['auth-temporary'])
})
