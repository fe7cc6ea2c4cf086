import { expect, test } from 'vitest'
import { checkRoute, familyOf } from '#engine/dialogue/checkRoute.ts'

const own = (): string[] => ['192.0.2.7', '2001:db8::7', 'fe80::1']
const check = (change: object, host = 'mx.example.com') => checkRoute({ host, family: 0, ...change }, own)

test('an address of this computer, in any spelling, and any of loopback', () => {
  for (const source of ['192.0.2.7', '2001:db8:0:0::7', 'fe80::1%eth0', '127.0.0.9'])
    expect(check({ source })).toEqual([])
  expect(check({})).toEqual([])
  expect(checkRoute({ host: '127.0.0.1', family: 0, source: '127.0.0.1' })).toEqual([])
})

test.each([
  [{ source: 'eth0' }, 'an IP address of this computer, not a name. It has 192.0.2.7, 2001:db8::7.'],
  [{ source: '192.0.2.8' }, 'has no address 192.0.2.8. It has 192.0.2.7'],
  [{ source: '' }, 'an IP address'],
  [{ source: '192.0.2.7', family: 6 }, 'no IPv6 address can be reached'],
])('%j is refused by name', (change, words) => {
  expect(check(change)).toMatchObject([{ field: 'target.source', message: expect.stringContaining(words) }])
})

test('the family of a literal host counts', () => {
  expect(check({ source: '192.0.2.7' }, '[2001:db8::25]')).toMatchObject([{ field: 'target.source' }])
})

test('a name server is an address', () => {
  expect(check({ resolver: '192.0.2.53:5353' })).toEqual([])
  expect(check({ resolver: 'dns.example.com' })).toMatchObject([
    { field: 'target.resolver', value: 'dns.example.com' },
  ])
})

test('the family of a source', () => {
  expect([familyOf(undefined), familyOf('127.0.0.1'), familyOf('::1'), familyOf('x')]).toEqual([0, 4, 6, 0])
})
