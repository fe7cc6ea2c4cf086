import { expect, test } from 'vitest'
import { choose, orderFor } from '#shared/smtp/sasl/choose.ts'
import { mechanismNames } from '#shared/smtp/sasl/mechanisms.ts'

const all = ['login', 'CRAM-MD5', 'PLAIN', 'GSSAPI']
const known = mechanismNames.join(', ')

test.each([
  [all, true, 'PLAIN'],
  [['LOGIN', 'CRAM-MD5'], true, 'LOGIN'],
  [['CRAM-MD5'], true, 'CRAM-MD5'],
  [all, false, 'CRAM-MD5'],
  [['LOGIN', 'PLAIN'], false, 'PLAIN'],
  [['login'], false, 'LOGIN'],
])('auto of %j, protected %j, is %s, with a reason', (offered, safe, mechanism) => {
  const choice = choose(offered, 'auto', { sealed: safe })
  expect(choice).toMatchObject({ ok: true, mechanism })
  expect(choice.ok && choice.reason).toMatch(/\.$/)
})

test('what exposes the password says so', () => {
  expect(choose(all, 'auto', { sealed: true })).not.toHaveProperty('warning')
  expect(choose(all, 'plain', { sealed: false })).toMatchObject({
    warning: expect.stringContaining('PLAIN sends the password readable'),
  })
  expect(choose(all, 'LOGIN', { sealed: false })).toMatchObject({
    warning: expect.stringContaining('LOGIN sends the password readable'),
  })
  expect(choose(all, 'AUTO', { sealed: false })).toMatchObject({
    warning: expect.stringContaining('can guess it'),
  })
})

test('a name asked for is taken in any case, when it is known and offered', () => {
  expect(choose(all, 'cram-md5', { sealed: true })).toMatchObject({ ok: true, mechanism: 'CRAM-MD5' })
  expect(choose(all, 'GSSAPI', { sealed: true })).toEqual({
    ok: false,
    message: `Mechanism "GSSAPI" is not known; write auto, ${known}.`,
  })
  expect(choose(['LOGIN'], 'PLAIN', { sealed: true })).toEqual({
    ok: false,
    message: 'PLAIN was asked for, but the server offers LOGIN; choose one of those.',
  })
})

test('nothing usable offered is said with what is offered and what is known', () => {
  expect(choose(['NTLM'], 'auto', { sealed: true })).toEqual({
    ok: false,
    message: `The server offers NTLM; this program knows ${known}.`,
  })
  expect(choose([], 'auto', { sealed: true })).toMatchObject({
    ok: false,
    message: expect.stringContaining('offers none'),
  })
})

test.each([
  [{ sealed: true, bindable: true }, 'SCRAM-SHA-256-PLUS'],
  [{ sealed: true }, 'SCRAM-SHA-256'],
  [{ sealed: false, bindable: true }, 'SCRAM-SHA-256'],
  [{ sealed: true, secret: 'token' }, 'OAUTHBEARER'],
  [{ sealed: true, secret: 'none', certificate: true }, 'EXTERNAL'],
  [{ sealed: true, certificate: true }, 'SCRAM-SHA-256'],
] as const)('where everything is offered, with %j it is %s', (means, mechanism) =>
  expect(choose(mechanismNames, 'auto', means)).toMatchObject({ ok: true, mechanism }),
)

const problem = (name: string) => (name.startsWith('SCRAM') ? 'no such password' : null)

test('a stronger one that cannot be used is said, and only where it is offered', () => {
  expect(choose(mechanismNames, 'auto', { sealed: true })).toMatchObject({
    passedOver: 'SCRAM-SHA-256-PLUS is offered and stronger, but this connection gives no channel binding.',
  })
  expect(choose(['SCRAM-SHA-1', 'PLAIN'], 'auto', { sealed: true })).not.toHaveProperty('passedOver')
  expect(choose(['SCRAM-SHA-1', 'PLAIN'], 'auto', { sealed: true, problem })).toMatchObject({
    mechanism: 'PLAIN',
    passedOver: expect.stringContaining('no such password'),
  })
})

test('what needs something else than was given is said with what it would be', () => {
  expect(choose(['XOAUTH2', 'EXTERNAL'], 'auto', { sealed: true })).toEqual({
    ok: false,
    message:
      'The server offers XOAUTH2, EXTERNAL, and none of these goes with a password: choose one of XOAUTH2, EXTERNAL and give what it needs.',
  })
  expect(choose(['SCRAM-SHA-1-PLUS'], 'scram-sha-1-plus', { sealed: false })).toEqual({
    ok: false,
    message:
      'SCRAM-SHA-1-PLUS was asked for, but this connection gives no channel binding: use TLS, or SCRAM-SHA-1.',
  })
  expect(choose(['PLAIN'], 'auto', { sealed: true, secret: 'none' })).toMatchObject({ ok: false })
  expect(orderFor({ sealed: true, secret: 'none' })).toEqual([])
})

test.each([
  ['XOAUTH2', /sends the token readable/],
  ['EXTERNAL', /nothing shows who/],
  ['SCRAM-SHA-256', /can guess it/],
])('without TLS, %s is warned of', (name, words) =>
  expect(choose([name], name, { sealed: false })).toMatchObject({ warning: expect.stringMatching(words) }),
)
