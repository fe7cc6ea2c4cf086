import { assert, array, constantFrom, property, string, uniqueArray } from 'fast-check'
import { isIPv6 } from 'node:net'
import { describe, expect, test } from 'vitest'
import { leaveFrom, turnOf, type SourceWish } from '#engine/relay/route/source.ts'
import type { Candidate } from '#engine/relay/route/types.ts'

const own = ['192.0.2.4', '192.0.2.5', '2001:db8::4', '127.0.0.1', 'fe80::1']
const wish = (addresses: readonly string[], more: Partial<SourceWish> = {}): SourceWish => ({
  sourceHosts: addresses.map((address, at) => ({ address, name: `m${at}.shop.example` })),
  turn: 0,
  name: 'relay.shop.example',
  of: 'virtual MTA mta1',
  isOwn: (address) => own.includes(address),
  own: () => own,
  ...more,
})
const host = (name: string, ...addresses: string[]): Candidate => ({ host: name, preference: 10, addresses })
const both = [host('a', '198.51.100.1', '2001:db8:1::1'), host('b', '2001:db8:1::2')]

test('without source hosts the system chooses, and the relay’s own name is said', () => {
  expect(leaveFrom(both, wish([]))).toEqual({ kind: 'leaving', hosts: both, name: 'relay.shop.example', remarks: [] }) // prettier-ignore
})
test('an address reaches those of its own family', () => {
  expect(leaveFrom(both, wish(['192.0.2.4']))).toMatchObject({
    hosts: [host('a', '198.51.100.1')],
    address: '192.0.2.4',
    name: 'm0.shop.example',
    remarks: ['Leaves from 192.0.2.4 as m0.shop.example (virtual MTA mta1).', 'Hosts without an address of its kind: 1, left out.'],
  }) // prettier-ignore
  expect(leaveFrom(both, wish(['2001:db8::4']))).toMatchObject({ hosts: [host('a', '2001:db8:1::1'), host('b', '2001:db8:1::2')] }) // prettier-ignore
})
test('of several the one that reaches anything is used', () => {
  const six = [host('b', '2001:db8:1::2')]
  for (const message of ['1', '2', '3', '4'])
    expect(leaveFrom(six, wish(['192.0.2.4', '2001:db8::4'], { turn: turnOf(message) }))).toMatchObject({ address: '2001:db8::4', name: 'm1.shop.example' }) // prettier-ignore
})
const used = (message: string) => leaveFrom(both, wish(['192.0.2.4', '192.0.2.5'], { turn: turnOf(message) }))
test('the same for every try of a message, spread over messages', () => {
  const chosen = Array.from({ length: 50 }, (_, i) => {
    const leaving = used(`m${i}`)
    expect(used(`m${i}`)).toEqual(leaving)
    return leaving.kind === 'leaving' ? leaving.address : ''
  })
  expect(new Set(chosen)).toEqual(new Set(['192.0.2.4', '192.0.2.5']))
})
const networks = (address: string) => Array.from({ length: 20 }, (_, i) => leaveFrom(both, wish([address], { turn: turnOf(`m${i}`) }))) // prettier-ignore
test('a network stands for the addresses that this computer has in it', () => {
  const inside = networks('192.0.2.0/24').map((one) => one.kind === 'leaving' && one.address)
  expect(new Set(inside)).toEqual(new Set(['192.0.2.4', '192.0.2.5']))
  const any = networks('0/0').map((one) => one.kind === 'leaving' && one.address)
  expect(any).not.toContain('127.0.0.1')
  expect(any).not.toContain('fe80::1')
})

describe('what this computer does not have', () => {
  test('waits, with the address and the remedy', () => {
    expect(leaveFrom(both, wish(['203.0.113.9']))).toEqual({
      kind: 'failed', permanent: false, code: 451, enhanced: '4.3.5',
      words: 'Virtual MTA mta1 sends from 203.0.113.9, which is no address of this computer. Give one of its network interfaces that address, or change smtp-source-host.',
    }) // prettier-ignore
    expect(leaveFrom(both, wish(['10.0.0.0/8']))).toMatchObject({ kind: 'failed', words: expect.stringContaining('10.0.0.0/8, in which this computer has no address') }) // prettier-ignore
    expect(leaveFrom(both, wish(['mail.example']))).toMatchObject({ kind: 'failed' })
    expect(leaveFrom(both, wish(['10.0.0.1/8']))).toMatchObject({ kind: 'failed' })
  })
  test('is passed over where another is there, and said', () => {
    expect(leaveFrom(both, wish(['203.0.113.9', '192.0.2.4']))).toMatchObject({
      address: '192.0.2.4',
      remarks: expect.arrayContaining(['203.0.113.9 is not of this computer and is not used.']),
    })
  })
  test('is left aside on the way to a host for trying out: its name is said', () => {
    const leaving = leaveFrom(both, wish(['203.0.113.9'], { lenient: true }))
    expect(leaving).toMatchObject({ kind: 'leaving', hosts: both, name: 'm0.shop.example' })
    expect(leaving).not.toHaveProperty('address')
    const four = [host('a', '127.0.0.1')]
    expect(leaveFrom(four, wish(['2001:db8::4'], { lenient: true }))).toMatchObject({ hosts: four, name: 'm0.shop.example' }) // prettier-ignore
  })
})
test('an address that reaches no host waits for the rules to be mended', () => {
  const four = [host('a', '198.51.100.1')]
  expect(leaveFrom(four, wish(['2001:db8::4']))).toMatchObject({ kind: 'failed', permanent: false, enhanced: '4.4.4', words: expect.stringContaining('a has no IPv6 address') }) // prettier-ignore
})
test('no address of another family, and none that is not this computer’s, is ever used', () => {
  const addresses = constantFrom('198.51.100.1', '198.51.100.2', '2001:db8:1::1', '2001:db8:1::2')
  const hosts = array(uniqueArray(addresses, { minLength: 1 }), { minLength: 1, maxLength: 5 })
  const sources = array(constantFrom(...own.slice(0, 3), '203.0.113.9', '192.0.2.0/24'), { minLength: 1, maxLength: 4 })
  const check = (given: string[][], from: string[], message: string): void => {
    const leaving = leaveFrom(given.map((list, at) => host(`h${at}`, ...list)), wish(from, { turn: turnOf(message) }))
    if (leaving.kind === 'failed') return
    expect(own).toContain(leaving.address)
    const six = isIPv6(leaving.address!)
    expect(leaving.hosts.length).toBeGreaterThan(0)
    for (const { addresses: kept } of leaving.hosts) {
      expect(kept.length).toBeGreaterThan(0)
      expect(kept.every((one) => isIPv6(one) === six)).toBe(true)
    }
  }
  assert(property(hosts, sources, string(), check))
}) // prettier-ignore
