import { expect, test } from 'vitest'
import { relayAccounts } from '#engine/relay/intakeAccounts.ts'
import type { RelayUser } from '#shared/relay/policy.ts'
import { hashes } from '#test/support/hashes.ts'
import { rulesNow } from '#test/support/relay/intake.ts'

const users: RelayUser[] = [
  { name: 'ann', method: 'password' },
  { name: 'bob', method: 'password' },
  { name: 'cert', method: 'certificate' },
  { name: 'sys', method: 'system' },
]
const secrets = { 'user ann': 'right words', 'user cert': 'never asked', 'user sys': 'never asked' }
const shown = { verified: true, names: ['ann', 'cert'] }

test('passwords are for users of method password that have one, certificates for those of method certificate', () => {
  const accounts = relayAccounts(rulesNow({ users }, secrets), hashes)
  expect(accounts.names).toEqual(['ann'])
  expect([accounts.takesPasswords, accounts.takesCertificates, accounts.takesTokens]).toEqual([true, true, false]) // prettier-ignore
  const right = (user: string, password: string) => accounts.password(user, password)
  expect([right('ann', 'right words'), right('ann', 'wrong words'), right('ann', '')]).toEqual([true, false, false]) // prettier-ignore
  expect([right('bob', ''), right('cert', 'never asked'), right('sys', 'never asked')]).toEqual([false, false, false]) // prettier-ignore
  expect(accounts.external('', shown)).toBe('cert')
  expect(accounts.external('ann', shown)).toBeNull()
  expect(accounts.external('cert', { ...shown, verified: false })).toBeNull()
  expect(accounts.token('ann', 'anything')).toEqual({ right: false, expired: false })
})

test('where the relay has no users nobody is right, unlike at a listener that keeps what it gets', async () => {
  const accounts = relayAccounts(rulesNow(), hashes)
  expect(accounts.password('anybody', 'anything')).toBe(false)
  expect(accounts.external('', shown)).toBeNull()
  expect(accounts.named('anybody')).toBeNull()
  expect(accounts.token('', 'x').right).toBe(false)
  expect([accounts.takesPasswords, accounts.takesCertificates, accounts.names]).toEqual([false, false, []])
})
