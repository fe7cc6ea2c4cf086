import { expect, test } from 'vitest'
import { routeKey } from '#engine/relay/route/routeKey.ts'
import type { Hop, TlsDemand } from '#engine/relay/types.ts'

const tls: TlsDemand = { level: 'opportunistic', implicit: false, from: 'default' }
const hop = (host: string, more: Partial<Hop> = {}): Hop => ({ host, port: 25, addresses: ['192.0.2.1', '192.0.2.2'], tls, ...more }) // prettier-ignore
const base = { hops: [hop('a'), hop('b')], ehloName: 'x' }
const tlsa = (octet: number) => [{ usage: 3, selector: 1, matching: 1, data: new Uint8Array([octet]) }]

test('the same hosts in another order are the same way', () => {
  const turned = { ...base, hops: [hop('b'), hop('a', { addresses: ['192.0.2.2', '192.0.2.1'] })] }
  expect(routeKey(turned)).toBe(routeKey(base))
  const other = { ...base, hops: [hop('a', { tls: { ...tls, from: 'another rule' } }), hop('b')] }
  expect(routeKey(other)).toBe(routeKey(base))
})
test.each([
  ['host', { hops: [hop('a'), hop('c')] }],
  ['port', { hops: [hop('a', { port: 26 }), hop('b')] }],
  ['address', { hops: [hop('a', { addresses: ['192.0.2.1'] }), hop('b')] }],
  ['level', { hops: [hop('a', { tls: { ...tls, level: 'required' } }), hop('b')] }],
  ['TLS from the start', { hops: [hop('a', { tls: { ...tls, implicit: true } }), hop('b')] }],
  ['names', { hops: [hop('a', { tls: { ...tls, names: ['a'] } }), hop('b')] }],
  ['TLSA', { hops: [hop('a', { tls: { ...tls, tlsa: tlsa(1) } }), hop('b')] }],
  ['EHLO', { ehloName: 'y' }],
  ['source', { sourceAddress: '192.0.2.4' }],
  ['authority', { trusted: { pem: 'A', id: 'a' } }],
  ['user', { auth: { user: 'ann', password: 'p' } }],
] as const)('another %s is another way', (_, change) => {
  expect(routeKey({ ...base, ...change })).not.toBe(routeKey(base))
})
test('the password counts and is not in it', () => {
  const by = (password: string) => routeKey({ ...base, auth: { user: 'ann', password } })
  expect(by('hunter2')).not.toBe(by('hunter3'))
  expect(by('hunter2')).toMatch(/^[\w-]{43}$/)
  const first = routeKey({ ...base, hops: [hop('a', { tls: { ...tls, tlsa: tlsa(1) } })] })
  expect(first).not.toBe(routeKey({ ...base, hops: [hop('a', { tls: { ...tls, tlsa: tlsa(2) } })] }))
})
