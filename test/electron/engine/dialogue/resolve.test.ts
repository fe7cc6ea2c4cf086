import { expect, test } from 'vitest'
import { Journal } from '#engine/dialogue/journal.ts'
import {
  addressLiteral,
  asciiName,
  resolveHost,
  type Lookup,
  type ResolveOptions,
} from '#engine/dialogue/resolve.ts'
import { memoryHub } from '#test/support/dialogue/memoryHub.ts'

async function resolve(host: string, lookup: Lookup, more: Partial<ResolveOptions> = {}) {
  const hub = memoryHub()
  const journal = new Journal(hub.begin({ source: 'send', role: 'client', host, port: 1, tls: 'none' }))
  const addresses = await resolveHost({ host, family: 0, timeout: 1000, journal, lookup, ...more })
  const events = hub.events(journal.session)
  return { addresses, events: events.flatMap((event) => (event.kind === 'resolve' ? [event] : [])) }
}
const missing = () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' }))

const both: Lookup = async (_, family) => (family === 4 ? ['192.0.2.1', '192.0.2.2'] : ['2001:db8::1'])
const onlySix: Lookup = (_, family) => (family === 4 ? missing() : Promise.resolve(['2001:db8::1']))

test('a literal is not looked up', async () => {
  expect(await resolve('192.0.2.1', missing)).toEqual({
    addresses: [{ address: '192.0.2.1', family: 4 }],
    events: [],
  })
  expect(addressLiteral('[IPv6:2001:db8::1]')).toEqual({ address: '2001:db8::1', family: 6 })
  expect(addressLiteral('example.com')).toBeUndefined()
})

test('each family is asked and recorded by itself', async () => {
  const { addresses, events } = await resolve('mx.example', both)
  expect(addresses).toHaveLength(3)
  expect(new Set(addresses.slice(0, 2).map(({ family }) => family))).toEqual(new Set([4, 6]))
  expect(new Set(events.map((event) => event.family))).toEqual(new Set([4, 6]))
})

test('an international name is asked for as A-labels, without the root’s dot', async () => {
  expect(asciiName('bücher.example.')).toBe('xn--bcher-kva.example')
  const names: string[] = []
  await resolve('bücher.example.', async (name) => {
    names.push(name)
    return []
  })
  expect(new Set(names)).toEqual(new Set(['xn--bcher-kva.example']))
})

test('faults are recorded by code; the other family is asked to tell why one has nothing', async () => {
  const { addresses, events } = await resolve('mx.example', onlySix, { family: 4 })
  expect(addresses).toEqual([])
  expect(events).toMatchObject([
    { family: 4, fault: { code: 'ENOTFOUND' } },
    { family: 6, addresses: [{ family: 6 }] },
  ])
  const late = await resolve('mx.example', () => new Promise(() => {}), { timeout: 1 })
  expect(late.events.map((event) => event.fault?.code)).toEqual(['ETIMEDOUT', 'ETIMEDOUT'])
  const nothing = await resolve('mx.example', async () => [])
  expect(nothing.events.map((event) => event.fault?.code)).toEqual(['ENODATA', 'ENODATA'])
})

test('a zone with hundreds of addresses costs eight attempts at most', async () => {
  const many = Array.from({ length: 300 }, (_, i) => `192.0.2.${i % 250}`)
  const { addresses } = await resolve('mx.example', async (_, family) => (family === 4 ? many : []))
  expect(addresses).toHaveLength(8)
})
