import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { createAccounts } from '#engine/server/accounts.ts'
import { hashes } from '#test/support/hashes.ts'

const ann = { user: 'ann', password: 'secret w0rd' }
const digest = (password: string, challenge: string) =>
  createHmac('md5', password).update(challenge).digest('hex')

test('the right password of the right user, and nothing else', () => {
  const accounts = createAccounts([ann, { user: 'bob', password: 'b' }], hashes)
  expect(accounts.names).toEqual(['ann', 'bob'])
  expect(accounts.password('ann', 'secret w0rd')).toBe(true)
  expect(accounts.password('ann', 'b')).toBe(false)
  expect(accounts.password('ann', '')).toBe(false)
  expect(accounts.password('Ann', 'secret w0rd')).toBe(false)
  expect(accounts.password('eve', 'secret w0rd')).toBe(false)
})

test('CRAM-MD5: the example of RFC 2195 §2, and a wrong digest', () => {
  const challenge = '<1896.697170952@postoffice.reston.mci.net>'
  const tim = createAccounts([{ user: 'tim', password: 'tanstaaftanstaaf' }], hashes)
  expect(tim.cramMd5('tim', challenge, 'b913a602c7eda7a495b4e6e7334d3890')).toBe(true)
  expect(tim.cramMd5('tim', challenge, 'b913a602c7eda7a495b4e6e7334d3891')).toBe(false)
  expect(tim.cramMd5('tim', challenge, '')).toBe(false)
  expect(tim.cramMd5('eve', challenge, digest('tanstaaftanstaaf', challenge))).toBe(false)
})

test('with no users anybody may log in', () => {
  const accounts = createAccounts([], hashes)
  expect(accounts.password('any', 'thing')).toBe(true)
  expect(accounts.cramMd5('any', '<1@a>', 'x')).toBe(true)
})

test('a user whose password was lost cannot log in, not even with an empty one', () => {
  const accounts = createAccounts([{ user: 'ann', password: null }], hashes)
  expect(accounts.password('ann', '')).toBe(false)
  expect(accounts.cramMd5('ann', '<1@a>', digest('', '<1@a>'))).toBe(false)
})

test('who is named by a SCRAM exchange, a token or a certificate', async () => {
  const users = [{ user: 'ann@x.test', password: 'pw' }]
  const tokens = [{ user: 'ann@x.test', token: 'abc' }]
  const accounts = createAccounts(users, hashes, { tokens, now: () => new Date(0) })
  expect([accounts.named('ann@x.test'), accounts.named('bob')]).toEqual(['ann@x.test', null])
  expect((await accounts.scramKeys('ann@x.test', 'sha1')).iterations).toBe(4096)
  expect(accounts.token('', 'abc')).toEqual({ right: true, user: 'ann@x.test' })
  const shown = { verified: true, names: ['other@x.test', 'ann@x.test'] }
  expect([accounts.external('', shown), accounts.external('other@x.test', shown)]).toEqual([
    'ann@x.test',
    null,
  ])
  expect(accounts.external('', { ...shown, verified: false })).toBeNull()
  expect(accounts.external('', null)).toBeNull()
  expect(createAccounts([], hashes).external('', shown)).toBe('other@x.test')
})

test('tokens are taken where there is a rule for them, or no users', () => {
  expect([createAccounts([], hashes), createAccounts([{ user: 'a', password: 'b' }], hashes)].map((one) => one.takesTokens)).toEqual([true, false]) // prettier-ignore
})
