import { expect, it } from 'vitest'
import { hopsOf, isOwnAddress, leadsHome, neverHome, ownPorts } from '#engine/inbox/loops.ts'
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
  expect(await leadsHome('home.test', lookup)).toBe(true)
  expect(await leadsHome('away.test', lookup)).toBe(false)
  expect(await leadsHome('[::1]', lookup)).toBe(true)
  expect(await leadsHome('none.test', () => Promise.reject(new Error('ENOTFOUND')))).toBe(false)
})

it('a name that leads home at the moment of dialling is refused, on a port of ours only', async () => {
  await expect(neverHome(lookup, 2525, () => [2525])('home.test', 4)).rejects.toThrow('this program')
  expect(await neverHome(lookup, 25, () => [2525])('home.test', 4)).toHaveLength(2)
  expect(await neverHome(lookup, 2525, () => [2525])('away.test', 4)).toEqual(['203.0.113.5'])
  const asked = neverHome(Object.assign(lookup, { askedOf: () => '192.0.2.1:53' }), 1, () => [])
  expect(asked.askedOf?.('x')).toBe('192.0.2.1:53')
})

it('knows the ports that listen', () => {
  const config: ListenerConfig = { address: '127.0.0.1', port: 0, tls: 'plain', auth: 'off', authOnlyAfterTls: false, allowOutside: false } // prettier-ignore
  const of = (state: 'listening' | 'off', actualPort?: number) => ({ ...config, state, sessions: 0, total: 0, ...(actualPort ? { actualPort } : {}) }) // prettier-ignore
  expect(ownPorts({ listeners: [of('listening', 2525), of('off', 25), of('listening')] })).toEqual([2525])
})

it('counts who passed it on, in the header alone', () => {
  const message =
    'Received: a\r\nX-Received: no\r\nreceived : b\r\n folded\r\nReceived: c\r\n\r\nReceived: body\r\n'
  expect(hopsOf(new TextEncoder().encode(message))).toBe(3)
})
