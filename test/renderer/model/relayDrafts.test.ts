import { expect, test } from 'vitest'
import {
  domainDraft,
  domainOf,
  meant,
  mtaDraft,
  mtaOf,
  readHosts,
  said,
} from '#renderer/model/relayDrafts.ts'
import { Wrong } from '#shared/relay/notation/values.ts'
import { shopPolicy } from '#test/support/relay/page.ts'
import type { DomainPolicy } from '#shared/relay/policy.ts'

const plain = (entry: unknown): unknown => JSON.parse(JSON.stringify(entry))

test('a policy of a domain comes out of the form as it went in', () => {
  const entry: DomainPolicy = {
    domain: '*.example.com', useStarttls: true, requireStarttls: true, retryAfter: [600_000, 1_800_000], bounceAfter: 345_600_000,
    maxConnections: 3, maxRate: { messages: 100, per: 60_000 }, smarthost: { host: 'm.test', port: 587, tls: 'implicit', user: 'u' }, ca: { path: '/ca.pem', line: 9 }, line: 7,
  } // prettier-ignore
  expect(plain(domainOf(domainDraft(entry)).entry)).toEqual(entry)
  expect(plain(domainOf(domainDraft({ domain: '*' })).entry)).toEqual({ domain: '*' })
})
test('what is wrong stands at its field, with the value', () => {
  const { problems } = domainOf({ ...domainDraft(), retryAfter: 'soon', maxRate: '5', maxConnections: '0', bounceAfter: '9y', smarthost: 'a b' }) // prettier-ignore
  expect(Object.keys(problems).toSorted()).toEqual(['bounceAfter', 'domain', 'maxConnections', 'maxRate', 'retryAfter', 'smarthost']) // prettier-ignore
  expect(problems['retryAfter']).toMatch(/^“soon” .*10m/)
})
test('virtual MTAs, their addresses and domains', () => {
  const [mta] = shopPolicy().virtualMtas
  expect(mtaOf(mtaDraft(mta)).problems).toEqual({})
  expect(plain(mtaOf(mtaDraft(mta)).entry)).toMatchObject({
    name: 'mta1',
    sourceHosts: [{ address: '192.0.2.4', name: 'mta1.shop.example' }],
  })
  const wrong = mtaOf({ ...mtaDraft(), name: 'a b', hosts: '192.0.2.4', domains: [domainDraft()] })
  expect(Object.keys(wrong.problems).toSorted()).toEqual(['0.domain', 'hosts', 'name'])
  expect(readHosts('192.0.2.4 a.test\n\n192.0.2.5  b.test')).toHaveLength(2)
  expect(readHosts('192.0.2.4 -bad-')).toBeInstanceOf(Wrong)
})
test('not said is not no', () => {
  expect([said(undefined), said(true), said(false)]).toEqual(['unsaid', 'yes', 'no'])
  expect((['unsaid', 'yes', 'no'] as const).map(meant)).toEqual([undefined, true, false])
})
test.each([
  ['starttls', 587],
  ['implicit', 465],
  ['plain', 587],
] as const)('a smarthost without a port, over %s: that of the notation, %d', (smarthostTls, port) => {
  expect(domainOf({ ...domainDraft(), domain: '*', smarthost: 'm.test', smarthostTls }).entry.smarthost?.port).toBe(port) // prettier-ignore
})
