import { afterEach, expect, test } from 'vitest'
import { readReverse, reverseName } from '#engine/domain/reverse.ts'
import { a, aaaa, codes, ptr, withCode } from '#test/support/dns/scriptedDns.ts'
import { domainRun, stopDns } from '#test/support/dns/domainRun.ts'

afterEach(stopDns)

test.each([
  // RFC 1035 §3.5 and RFC 3596 §2.5
  ['10.2.0.52', '52.0.2.10.in-addr.arpa'],
  ['4321:0:1:2:3:4:567:89ab', 'b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.0.0.0.0.1.2.3.4.ip6.arpa'],
  ['::1', `1.${'0.'.repeat(31)}ip6.arpa`],
  ['2001:DB8::', `${'0.'.repeat(24)}8.b.d.0.1.0.0.2.ip6.arpa`],
  ['fe80::1%eth0', `1.${'0.'.repeat(28)}8.e.f.ip6.arpa`],
  ['::ffff:192.0.2.1', `1.0.2.0.0.0.0.c.f.f.f.f.${'0.'.repeat(20)}ip6.arpa`],
  ['mail.example', ''],
])('%s is asked for as %s', (address, name) => {
  expect(reverseName(address)).toBe(name)
})

test('names that lead back are confirmed', async () => {
  const { witness, said } = await domainRun([
    ptr('9.2.0.192.in-addr.arpa', 'mx.x.test'),
    ptr('9.2.0.192.in-addr.arpa', 'liar.test'),
    a('mx.x.test', '192.0.2.9'),
    a('liar.test', '192.0.2.66'),
  ])
  const facts = await readReverse('192.0.2.9', witness)
  expect(facts).toMatchObject({ state: 'found', names: ['mx.x.test', 'liar.test'], confirmed: ['mx.x.test'] })
  expect(said(facts.proof.events).map((line) => line.split(',')[0])).toEqual(['PTR of 192.0.2.9', 'A mx.x.test', 'A liar.test']) // prettier-ignore
})
test('over IPv6, whatever the spelling', async () => {
  const name = reverseName('2001:db8::9')
  const { witness } = await domainRun([ptr(name, 'mx.x.test'), aaaa('mx.x.test', '2001:db8::9')])
  expect(await readReverse('2001:0DB8:0::9', witness)).toMatchObject({ confirmed: ['mx.x.test'] })
})
test('no name; nobody answers', async () => {
  expect(await readReverse('192.0.2.9', (await domainRun([])).witness)).toMatchObject({ state: 'none', names: [] }) // prettier-ignore
  const failing = await domainRun(() => withCode(codes.serverFailure))
  expect(await readReverse('192.0.2.9', failing.witness)).toMatchObject({ state: 'unanswered' })
})
test('of many names a few are looked up', async () => {
  const { witness, dns } = await domainRun(Array.from({ length: 30 }, (_, i) => ptr('9.2.0.192.in-addr.arpa', `h${i}.test`))) // prettier-ignore
  expect((await readReverse('192.0.2.9', witness)).names).toHaveLength(5)
  expect(dns.asked).toHaveLength(6)
})
