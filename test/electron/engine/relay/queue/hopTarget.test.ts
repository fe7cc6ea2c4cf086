import { expect, test } from 'vitest'
import { authOf, reachable, targetOf } from '#engine/relay/queue/hopTarget.ts'
import type { TlsDemand } from '#engine/relay/types.ts'
import { hopTo } from '#test/support/relay/queue.ts'

const target = (tls: Partial<TlsDemand>, inClear = false) =>
  targetOf({
    hop: hopTo(25, { tls: { level: 'off', implicit: false, from: 'x', ...tls } }),
    route: {},
    timing: { connect: 1 },
    inClear,
    now: () => new Date(),
  })

test.each([
  [{ level: 'off' }, false, 'none', 'accept'],
  [{ level: 'opportunistic' }, false, 'opportunistic', 'accept'],
  [{ level: 'opportunistic' }, true, 'none', 'accept'],
  [{ level: 'required' }, true, 'starttls', 'accept'],
  [{ level: 'verified' }, true, 'starttls', 'check'],
  [{ level: 'dane' }, true, 'starttls', 'check'],
  [{ level: 'required', implicit: true }, true, 'implicit', 'accept'],
] as const)('%j, in clear %s: %s, %s', (tls, inClear, mode, certificate) => {
  expect(target(tls, inClear)).toMatchObject({ tls: mode, certificate })
})

test('names of the certificate', () => {
  expect(target({ level: 'verified' })).toMatchObject({ serverName: 'mx.test.example', otherNames: [] })
  expect(target({ level: 'verified', names: ['a.example', 'b.example'] })).toMatchObject({
    serverName: 'a.example',
    otherNames: ['b.example'],
  })
  expect(target({ level: 'required', names: ['a.example'] })).not.toHaveProperty('serverName')
  const dane = target({ level: 'dane', tlsa: [], names: ['base.example', 'x.example'] })
  expect(dane.serverName).toBe('base.example')
  expect(dane.prove?.([])).toMatch(/^the certificate of base\.example is not the one that DNS names/)
})

test('from an address only its own kind', () => {
  const all = ['192.0.2.1', '2001:db8::1']
  expect(reachable(all, undefined).map(({ family }) => family)).toEqual([4, 6])
  expect(reachable(all, '2001:db8::9')).toEqual([{ address: '2001:db8::1', family: 6 }])
})

test('TLS that is off by the rules is consent to sign in without it, and so is a host of this computer', () => {
  const auth = { user: 'u', password: 'p' }
  const signsIn = (level: TlsDemand['level'], ...addresses: string[]) =>
    authOf({ hop: hopTo(25, { level, addresses }), route: { auth } })?.allowUnprotected
  expect(signsIn('off', '192.0.2.1')).toBe(true)
  expect(signsIn('required', '192.0.2.1')).toBe(false)
  expect(signsIn('required', '127.0.0.1', '::1')).toBe(true)
  expect(signsIn('required', '127.0.0.1', '192.0.2.1')).toBe(false)
  expect(signsIn('required')).toBe(false)
  expect(authOf({ hop: hopTo(25), route: {} })).toBeNull()
})

test('authorities of the rules are trusted beside the program’s own', () => {
  const given = { hop: hopTo(25), timing: { connect: 1 }, inClear: false, now: () => new Date() }
  expect(targetOf({ ...given, route: {} })).not.toHaveProperty('ca')
  expect(targetOf({ ...given, route: { trusted: { pem: 'A', id: 'a' } } }).ca).toBe('A')
  expect(targetOf({ ...given, ca: 'B', route: { trusted: { pem: 'A', id: 'a' } } }).ca).toBe('B\nA')
})
