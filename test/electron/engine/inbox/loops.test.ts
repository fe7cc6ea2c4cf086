import { expect, it } from 'vitest'
import { hopsOf, isOwnAddress, isOwnPlace, leadsHome, neverHome, ownPlaces } from '#engine/inbox/loops.ts'
import type { ListenerConfig } from '#shared/rpc/contract/server.ts'

const entry = (address: string) => ({ address, netmask: '', mac: '', internal: false, cidr: null, family: 'IPv4' as const }) // prettier-ignore
const interfaces = { eth0: [entry('192.0.2.9'), entry('2001:db8::7'), entry('fe80::1')] }
const lookup = async (name: string, family: 4 | 6) =>
  name === 'home.test' && family === 4 ? ['198.51.100.1', '127.0.0.1'] : family === 4 ? ['203.0.113.5'] : []

it.each([
  '127.0.0.1',
  '127.8.9.1',
  '0.0.0.0',
  '::1',
  '::',
  '::ffff:127.0.0.1',
  '192.0.2.9',
  '::FFFF:192.0.2.9',
  '::ffff:7f00:1',
  '0:0:0:0:0:ffff:c000:0209',
  '0:0:0:0:0:0:0:1',
  '0000::0000',
  '::127.0.0.1',
  '2001:DB8:0:0::7',
  'fe80::1%eth0',
])('%s is this computer', (address) => expect(isOwnAddress(address, interfaces)).toBe(true))
it.each(['192.0.2.8', '203.0.113.5', '2001:db8::1', '::ffff:c000:208', 'no address'])(
  '%s is not',
  (address) => expect(isOwnAddress(address, interfaces)).toBe(false),
)

it('a name leads home when any of its addresses does', async () => {
  const all = [{ address: '0.0.0.0', port: 2525 }]
  expect(await leadsHome({ host: 'home.test', port: 2525 }, lookup, all)).toBe(true)
  expect(await leadsHome({ host: 'home.test', port: 25 }, lookup, all)).toBe(false)
  expect(await leadsHome({ host: 'away.test', port: 2525 }, lookup, all)).toBe(false)
  expect(await leadsHome({ host: '[::1]', port: 2525 }, lookup, all)).toBe(true)
  expect(await leadsHome({ host: 'none.test', port: 2525 }, () => Promise.reject(new Error('ENOTFOUND')), all)).toBe(false) // prettier-ignore
})

const places = () => [{ address: '127.0.0.1', port: 2525 }]
it('a name that leads home at the moment of dialling is refused, on a port of ours only', async () => {
  await expect(neverHome(lookup, 2525, places)('home.test', 4)).rejects.toThrow('this program')
  expect(await neverHome(lookup, 25, places)('home.test', 4)).toHaveLength(2)
  expect(await neverHome(lookup, 2525, places)('away.test', 4)).toEqual(['203.0.113.5'])
  const asked = neverHome(Object.assign(lookup, { askedOf: () => '192.0.2.1:53' }), 1, () => [])
  expect(asked.askedOf?.('x')).toBe('192.0.2.1:53')
})

it.each([
  ['127.0.0.1', '127.0.0.1', true],
  ['127.0.6.6', '127.0.0.1', false],
  ['127.0.0.1', '::ffff:127.0.0.1', true],
  ['0.0.0.0', '127.0.0.1', true],
  ['::', '192.0.2.9', true],
  ['0.0.0.0', '192.0.2.8', false],
  ['127.0.6.6', '0.0.0.0', true],
  ['::1', '127.0.0.1', false],
])('a listener on %s takes what is dialled at %s: %s', (address, dialled, expected) => {
  expect(isOwnPlace([{ address, port: 25 }], dialled, 25, interfaces)).toBe(expected)
  expect(isOwnPlace([{ address, port: 26 }], dialled, 25, interfaces)).toBe(false)
})

it('knows the places that listen', () => {
  const config: ListenerConfig = { address: '127.0.0.1', port: 0, tls: 'plain', auth: 'off', authOnlyAfterTls: false, allowOutside: false } // prettier-ignore
  const of = (state: 'listening' | 'off', actualPort?: number) => ({ ...config, state, sessions: 0, total: 0, ...(actualPort ? { actualPort } : {}) }) // prettier-ignore
  expect(ownPlaces({ listeners: [of('listening', 2525), of('off', 25), of('listening')] })).toEqual([
    { address: '127.0.0.1', port: 2525 },
  ])
})

it('counts who passed it on, in the header alone', () => {
  const message =
    'Received: a\r\nX-Received: no\r\nreceived : b\r\n folded\r\nReceived: c\r\n\r\nReceived: body\r\n'
  expect(hopsOf(new TextEncoder().encode(message))).toBe(3)
})
