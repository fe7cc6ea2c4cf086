import { expect, test } from 'vitest'
import { createAccounts } from '#engine/server/accounts.ts'
import { decide, kept, notKept } from '#engine/server/policy.ts'
import { StoreError } from '#engine/store/types.ts'
import { hashes } from '#test/support/hashes.ts'

const accounts = createAccounts([{ user: 'ann', password: 'pw' }], hashes)
const password = (user: string, word: string) =>
  decide({ kind: 'password', mechanism: 'PLAIN', user, password: word }, accounts)

test('every sender and recipient is accepted', () => {
  expect(decide({ kind: 'mail', path: '', parameters: [] }, accounts)).toEqual({ accept: true })
  expect(decide({ kind: 'rcpt', path: 'x@y', parameters: [] }, accounts)).toEqual({ accept: true })
})

test('VRFY is 252, EXPN is refused', () => {
  expect(decide({ kind: 'verify', verb: 'VRFY', text: 'x' }, accounts)).toMatchObject({
    reply: { code: 252 },
  })
  expect(decide({ kind: 'verify', verb: 'EXPN', text: 'x' }, accounts)).toMatchObject({
    accept: false,
    reply: { code: 550 },
  })
})

test('the reply to a login names the user, never the password; a user name cannot break the reply', () => {
  expect(password('ann', 'pw')).toEqual({
    accept: true,
    reply: { code: 235, enhanced: '2.7.0', text: ['Authenticated as ann'] },
  })
  expect(password('ann', 'no')).toMatchObject({ accept: false, reply: { code: 535, enhanced: '5.7.8' } })
  const open = createAccounts([], hashes)
  const answer = decide({ kind: 'password', mechanism: 'PLAIN', user: 'a\r\n250 ü', password: 'x' }, open)
  expect(answer.reply?.text).toEqual(['Authenticated as a??250??'])
})

test('what could not be kept is a temporary failure', () => {
  expect(kept('m1')).toEqual({ accept: true, reply: { code: 250, enhanced: '2.0.0', text: ['Kept as m1'] } })
  expect(notKept(new StoreError('full', 'x'))).toMatchObject({
    accept: false,
    reply: { code: 452, enhanced: '4.3.1' },
  })
  expect(notKept(new StoreError('locked', 'x'))).toMatchObject({
    reply: { code: 451, enhanced: '4.3.0', text: [/locked/] },
  })
  expect(JSON.stringify(notKept(new Error('path /secret')))).not.toContain('secret')
})

test('tokens and certificates: each refusal in its own words, each welcome by the user it is', () => {
  const tokens = [
    { user: 'ann', token: 'good' },
    { user: 'ann', token: 'old', expiresAt: '2020-01-01T00:00:00Z' },
  ]
  const made = createAccounts([{ user: 'ann', password: 'pw' }], hashes, { tokens })
  const ask = (token: string) => decide({ kind: 'token', mechanism: 'XOAUTH2', user: '', token }, made)
  expect(ask('good')).toMatchObject({ accept: true, user: 'ann' })
  expect(ask('old')).toMatchObject({ accept: false, reply: { code: 535, text: ['The token has expired'] } })
  expect(ask('other')).toMatchObject({ accept: false, reply: { text: ['Wrong user name or token'] } })
  const external = { kind: 'external', user: '' } as const
  const texts = [null, { verified: false, names: ['ann'] }, { verified: true, names: ['bob'] }].map(
    (identity) => {
      const answer = decide(external, made, identity)
      return answer.accept ? '' : answer.reply.text[0]
    },
  )
  expect(texts).toEqual(['No client certificate was shown', 'The client certificate cannot be verified', 'The client certificate stands for no user here']) // prettier-ignore
  expect(decide(external, made, { verified: true, names: ['ann'] })).toMatchObject({
    accept: true,
    user: 'ann',
  })
  expect(decide({ kind: 'proven', mechanism: 'SCRAM-SHA-1', user: 'eve' }, made)).toMatchObject({
    accept: false,
  })
})
