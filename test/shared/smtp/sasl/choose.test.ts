import { expect, test } from 'vitest'
import { choose } from '#shared/smtp/sasl/choose.ts'

const all = ['login', 'CRAM-MD5', 'PLAIN', 'XOAUTH2']

test.each([
  [all, true, 'PLAIN'],
  [['LOGIN', 'CRAM-MD5'], true, 'LOGIN'],
  [['CRAM-MD5'], true, 'CRAM-MD5'],
  [all, false, 'CRAM-MD5'],
  [['LOGIN', 'PLAIN'], false, 'PLAIN'],
  [['login'], false, 'LOGIN'],
])('auto of %j, protected %j, is %s, with a reason', (offered, safe, mechanism) => {
  const choice = choose(offered, 'auto', safe)
  expect(choice).toMatchObject({ ok: true, mechanism })
  expect(choice.ok && choice.reason).toMatch(/\.$/)
})

test('what exposes the password says so', () => {
  expect(choose(all, 'auto', true)).not.toHaveProperty('warning')
  expect(choose(all, 'plain', false)).toMatchObject({
    warning: expect.stringContaining('PLAIN sends the password readable'),
  })
  expect(choose(all, 'LOGIN', false)).toMatchObject({
    warning: expect.stringContaining('LOGIN sends the password readable'),
  })
  expect(choose(all, 'AUTO', false)).toMatchObject({ warning: expect.stringContaining('can guess it') })
})

test('a name asked for is taken in any case, when it is known and offered', () => {
  expect(choose(all, 'cram-md5', true)).toMatchObject({ ok: true, mechanism: 'CRAM-MD5' })
  expect(choose(all, 'XOAUTH2', true)).toEqual({
    ok: false,
    message: 'Mechanism "XOAUTH2" is not known; write auto, PLAIN, LOGIN, CRAM-MD5.',
  })
  expect(choose(['LOGIN'], 'PLAIN', true)).toEqual({
    ok: false,
    message: 'PLAIN was asked for, but the server offers LOGIN; choose one of those.',
  })
})

test('nothing usable offered is said with what is offered and what is known', () => {
  expect(choose(['XOAUTH2'], 'auto', true)).toEqual({
    ok: false,
    message: 'The server offers XOAUTH2; this program knows PLAIN, LOGIN, CRAM-MD5.',
  })
  expect(choose([], 'auto', true)).toMatchObject({
    ok: false,
    message: expect.stringContaining('offers none'),
  })
})
