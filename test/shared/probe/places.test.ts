import { expect, test } from 'vitest'
import { eventsOf, placesOf } from '#shared/probe/places.ts'
import { refused, working } from '#test/support/probeReport.ts'

test('each dialogue by its place; the address only where a family has several', () => {
  const scanned = { ...working, others: [{ session: 's9', why: 'tls-scan' as const }, { session: 's8', why: 'look-up' as const }] }
  const other = { ...refused, session: 's3', address: '192.0.2.2' }
  const controls = [{ session: 'c1', host: 'c.test', port: 25, greeted: true }]
  const places = placesOf({ results: [scanned, refused, other], controls })
  expect([...places]).toEqual([
    ['s1', 'mx.test port 587 over IPv4'],
    ['s9', 'TLS scan of mx.test port 587'],
    ['s8', 'look-up of mx.test'],
    ['s2', 'mx.test port 25 over IPv4 at 192.0.2.1'],
    ['s3', 'mx.test port 25 over IPv4 at 192.0.2.2'],
    ['c1', 'control host c.test port 25'],
  ])
}) // prettier-ignore

test('events of a dialogue, some of many', () => {
  expect(eventsOf([3], 's1')).toBe('event 3 of s1')
  expect(eventsOf([1, 2, 3, 4, 5, 6, 7, 8, 9], 's1', (id) => `<${id}>`)).toBe('events 1, 2, 3, 4, 5, 6, 7, 8 of <s1>') // prettier-ignore
})

test('a port in two modes has two names', () => {
  const plain = { ...working, session: 's5', mode: 'plain' as const, asked: 'plain' as const }
  expect([...placesOf({ results: [working, plain], controls: [] }).values()]).toEqual([
    'mx.test port 587 over IPv4 (starttls)',
    'mx.test port 587 over IPv4 (plain)',
  ])
})
