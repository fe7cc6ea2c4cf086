import { expect, test } from 'vitest'
import { lookupOf } from '#engine/dialogue/lookupOf.ts'
import { DialogueRequest } from '#shared/rpc/contract/dialogue.ts'
import { request } from '#test/support/dialogue/start.ts'
import { a, startDns, zone } from '#test/support/dns/scriptedDns.ts'

const plan = (target: object) => DialogueRequest.parse(request(587, { target }))

test('the system is asked unless a name server is named', () => {
  expect(lookupOf(plan({ host: 'mx.example.test' }))).toBeUndefined()
  expect(lookupOf(plan({ host: 'mx.example.test', resolver: 'no address' }))).toBeUndefined()
})

test('a name server that is named is asked, and says so', async () => {
  const dns = await startDns(zone([a('mx.example.test', '127.0.0.1')]))
  const lookup = lookupOf(plan({ host: 'mx.example.test', resolver: dns.server }))
  expect(await lookup?.('mx.example.test', 4)).toEqual(['127.0.0.1'])
  expect(lookup?.askedOf?.('mx.example.test')).toBe(dns.server)
  expect(dns.asked).toHaveLength(1)
  await dns.stop()
})
