import { expect, test } from 'vitest'
import type { Resolver } from '#engine/dns/types.ts'
import { keptResolver, lifeOf } from '#engine/relay/route/keptResolver.ts'

function counting(wait: Promise<void> = Promise.resolve()) {
  const asked: string[] = []
  const under = { way: 0, most: 0 }
  const resolver: Resolver = {
    shown: 'x',
    validating: true,
    lookup: async (name, family) => {
      asked.push(`lookup ${family} ${name}`)
      return ['192.0.2.1']
    },
    query: async (name, type, options) => {
      asked.push(`${type} ${name}${options?.dnssec === true ? ' dnssec' : ''}`)
      under.most = Math.max(under.most, ++under.way)
      await wait
      under.way -= 1
      return { outcome: 'answers', name, type, records: [], aliases: [], authentic: false, signed: false, ttl: 20, server: '', transport: 'udp', sent: 1, took: 1 } // prettier-ignore
    },
  }
  return { resolver, asked, under }
}

test('answers live a minute at most, nothing ten seconds, failures five, and what was cancelled not at all', () => {
  expect(lifeOf({ outcome: 'answers', ttl: 20 })).toBe(20_000)
  expect(lifeOf({ outcome: 'answers', ttl: 86_400 })).toBe(60_000)
  expect(lifeOf({ outcome: 'answers' })).toBe(0)
  expect(lifeOf({ outcome: 'not-found' })).toBe(10_000)
  expect(lifeOf({ outcome: 'no-data' })).toBe(10_000)
  for (const outcome of ['server-failure', 'refused', 'timeout', 'unreachable'] as const) expect(lifeOf({ outcome })).toBe(5000) // prettier-ignore
  expect(lifeOf({ outcome: 'cancelled' })).toBe(0)
})
test('one question for each name, type and way of asking, whatever the letters', async () => {
  const clock = { now: 0 }
  const { resolver, asked } = counting()
  const kept = keptResolver(resolver, () => new Date(clock.now))
  await Promise.all([kept.query('X.test', 'MX'), kept.query('x.test', 'MX'), kept.query('x.test', 'A')])
  await kept.query('x.test', 'MX', { dnssec: true })
  await kept.lookup('x.test', 4)
  await kept.lookup('X.test', 4)
  expect(asked).toEqual(['MX X.test', 'A x.test', 'MX x.test dnssec', 'lookup 4 x.test'])
  clock.now = 20_000
  await kept.query('x.test', 'MX')
  expect(asked.at(-1)).toBe('MX x.test')
  expect([kept.shown, kept.validating]).toEqual(['x', true])
})
test('only 32 questions are under way at once; all are answered', async () => {
  const gate = Promise.withResolvers<void>()
  const { resolver, under, asked } = counting(gate.promise)
  const kept = keptResolver(resolver, () => new Date(0))
  const all = Promise.all(Array.from({ length: 100 }, (_, i) => kept.query(`d${i}.test`, 'MX')))
  await Promise.resolve()
  expect(under.way).toBe(32)
  gate.resolve()
  expect(await all).toHaveLength(100)
  expect([under.most, asked.length]).toEqual([32, 100])
})
