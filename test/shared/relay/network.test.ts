import { array, assert, constantFrom, integer, property, tuple } from 'fast-check'
import { expect, test } from 'vitest'
import { inNetwork, networkIndex, publicSamples, readNetwork, type Network } from '#shared/relay/network.ts'

const holds = (network: string, client: string) => {
  const read = readNetwork(network)
  if (typeof read === 'string') throw new Error(`${network} ${read}`)
  return inNetwork(client, read)
}

test.each([
  ['10.0.5.20', '10.0.5.20', true],
  ['10.0.5.20', '10.0.5.21', false],
  ['10.0.0.0/8', '10.255.0.1', true],
  ['10/8', '10.255.0.1', true],
  ['192.168/16', '192.168.3.4', true],
  ['10/8', '11.0.0.1', false],
  ['0/0', '203.0.113.9', true],
  ['0/0', '2001:db8::9', true],
  ['0.0.0.0/0', '2001:db8::9', false],
  ['::/0', '2001:db8::9', true],
  ['::/0', '203.0.113.9', false],
  ['2001:db8::/32', '2001:db8:7::1', true],
  ['2001:db8::/32', '2001:db9::1', false],
  ['10.0.5.20', '::ffff:10.0.5.20', true],
  ['fe80::/10', 'fe80::1%eth0', true],
  ['0/0', 'nobody', false],
])('%s and %s: %s', (network, client, is) => {
  expect(holds(network, client)).toBe(is)
})

test.each([
  ['10.0.0.300', /is no IP address/],
  ['010.0.0.1', /is no IP address/],
  ['10.0.5', /is no IP address/],
  ['mail.example', /is no IP address/],
  ['', /is no IP address/],
  ['10.0.0.0/33', /prefix length that is none of 0 to 32/],
  ['2001:db8::/129', /prefix length that is none of 0 to 128/],
  ['10.0.0.0/', /prefix length/],
  ['10.0.0.0/-1', /prefix length/],
  [
    '10.0.5.20/8',
    /names a host inside its network; write 10.0.0.0\/8 for the network, or 10.0.5.20 for the host/,
  ],
  ['2001:db8::1/32', /write 2001:db8::\/32/],
])('"%s" is refused in words', (text, words) => {
  expect(readNetwork(text)).toMatch(words)
})

const text = (number: number) => [24, 16, 8, 0].map((by) => Math.floor(number / 2 ** by) % 256).join('.')

test('a network holds its own first address, and no address of another one of its size', () => {
  const octet = integer({ min: 0, max: 255 })
  assert(
    property(tuple(octet, octet, octet, octet), integer({ min: 1, max: 32 }), (parts, bits) => {
      const value = parts.reduce((sum, part) => sum * 256 + part, 0)
      const size = 2 ** (32 - bits)
      const base = Math.floor(value / size) * size
      expect(holds(`${text(base)}/${bits}`, parts.join('.'))).toBe(true)
      expect(holds(`${text(base)}/${bits}`, text((base + size) % 2 ** 32))).toBe(false)
    }),
  )
})

test('the index finds the first network that holds a client, as one after another does', () => {
  const names = ['0/0', '10/8', '10.0.5.20', '10.0.5.16/29', '0.0.0.0/0', '::/0', '2001:db8::/32', '2001:db8::5', '2001:db8:8000::/33', '128/1'] // prettier-ignore
  const clients = ['10.0.5.20', '10.0.5.23', '10.0.5.24', '192.0.2.1', '2001:db8::5', '2001:db8:8000::1', '::1', '::ffff:10.0.5.20', 'fe80::1%eth0', 'x', ''] // prettier-ignore
  assert(
    property(array(constantFrom(...names), { maxLength: 8 }), constantFrom(...clients), (list, client) => {
      const networks = list.map(readNetwork).filter((one): one is Network => typeof one !== 'string')
      expect(networkIndex(networks)(client)).toBe(networks.findIndex((one) => inNetwork(client, one)))
    }),
    { numRuns: 1000 },
  )
})

test('public addresses are taken out of every eighth of a wide network', () => {
  const few = { v4: 24, v6: 48 }
  const samples = (name: string) => publicSamples(readNetwork(name) as Network, few)
  expect(samples('10.0.0.0/7')).toEqual(['11.0.0.0', '11.64.0.0', '11.128.0.0', '11.192.0.0'])
  expect(samples('2600::/44')).toHaveLength(8)
  expect([samples('10/8'), samples('20.0.0.0/24'), samples('2600::/48')]).toEqual([[], [], []])
  expect(samples('0/0')).toEqual(expect.arrayContaining(['32.0.0.0', '2000::']))
})
