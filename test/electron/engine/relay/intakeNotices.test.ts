import { expect, test } from 'vitest'
import { relayNotices } from '#engine/relay/intakeNotices.ts'
import type { RelayDoor } from '#engine/server/relaying.ts'
import type { RelayPolicy } from '#shared/relay/policy.ts'
import { rulesNow } from '#test/support/relay/intake.ts'

const door: RelayDoor = { tls: 'starttls', auth: 'optional', authOnlyAfterTls: false }
const notices = (policy: Partial<RelayPolicy>, at: Partial<RelayDoor> = {}, secrets: Record<string, string> = { 'user foo': 'x' }) =>
  relayNotices(rulesNow(policy, secrets), { ...door, ...at }) // prettier-ignore

const foo = { users: [{ name: 'foo', method: 'password' as const }] }
const cert = { users: [{ name: 'eve', method: 'certificate' as const }] }

test.each<[string, Partial<RelayPolicy>]>([
  ['no rules', {}],
  ['a source that says something else', { sources: [{ match: '0/0', requireAuth: true }] }],
  ['a user of the system', { users: [{ name: 'sys', method: 'system' }] }],
])('nobody can relay: %s', (_, policy) => {
  expect(notices(policy)[0]).toMatch(/^No rule lets anybody relay here/)
})

test.each<[string, Partial<RelayPolicy>]>([
  ['a user', foo],
  ['a domain', { relayDomains: [{ domain: 'a.test' }] }],
  ['an address', { relayAddresses: [{ pattern: 'a@b.test' }] }],
  ['a source', { sources: [{ match: '127.0.0.1', alwaysAllowRelaying: true }] }],
])('somebody can: %s', (_, policy) => {
  expect(notices(policy)).toEqual([])
})

test('users who cannot sign in are named, a few of many', () => {
  const many = Array.from({ length: 8 }, (_, i) => ({ name: `u${i}`, method: 'password' as const }))
  expect(notices({ ...foo, users: [...foo.users, ...many] })).toEqual(['u0, u1, u2, u3, u4 and 3 more have no saved password and cannot sign in; give one.']) // prettier-ignore
  expect(notices({ users: [...foo.users, { name: 'sys', method: 'system' }] })[0]).toMatch(/operating system cannot be asked here: sys cannot/) // prettier-ignore
})

test('a listener where users cannot sign in says so', () => {
  expect(notices(foo, { auth: 'off' })).toMatchObject([expect.stringMatching(/^AUTH is off/)])
  expect(notices(foo, { tls: 'plain' })).toMatchObject([expect.stringMatching(/over TLS only/)])
  const clear = { ...foo, sources: [{ match: '127.0.0.1', requireStarttlsBeforeAuth: false }] }
  expect(notices(clear, { tls: 'plain' })).toEqual([])
  expect(notices(cert)).toMatchObject([expect.stringMatching(/^eve signs in with a certificate/)])
  expect(notices(cert, { clientCertificate: 'asked' })).toEqual([])
})

test('AUTH that a listener requires of everybody is said where the rules do not', () => {
  const domains = { relayDomains: [{ domain: 'a.test' }] }
  expect(notices(domains, { auth: 'required' })).toMatchObject([expect.stringMatching(/nobody can send\.$/)])
  expect(notices({ ...foo, ...domains }, { auth: 'required' })).toMatchObject([expect.stringMatching(/that the rules let pass without/)]) // prettier-ignore
  expect(notices(foo, { auth: 'required' })).toEqual([])
})

test('a source that asks for what the listener does not have is named', () => {
  const sources = [{ match: '10.0.0.0/8', requireStarttls: true }, { match: '192.0.2.1', allowStarttls: false }] // prettier-ignore
  const policy = { sources, relayDomains: [{ domain: 'a.test' }] }
  expect(notices(policy, { tls: 'plain' })).toMatchObject([expect.stringMatching(/10\.0\.0\.0\/8 must use STARTTLS/)]) // prettier-ignore
  expect(notices(policy, { tls: 'starttls-required' })).toMatchObject([expect.stringMatching(/also clients in 192\.0\.2\.1/)]) // prettier-ignore
  expect(notices(policy)).toEqual([])
})
