import { expect, test } from 'vitest'
import { domainOf, legsOf, mailParameters, mostOfALeg, recipientsOf } from '#engine/relay/intakeEnvelope.ts'
import type { QueuedMessage } from '#engine/relay/types.ts'

const message: QueuedMessage = {
  id: 's.1', session: 's', body: 1, receivedAt: 1000, sender: 'a@a.test', size: 1, client: '::1', because: '', prefix: '', cuts: [],
  eightBit: false, utf8: false, requireTls: false,
} // prettier-ignore

const to = (...addresses: string[]) => addresses.map((address) => ({ address, parameters: [] }))
const recipients = (...addresses: string[]) => recipientsOf({ to: to(...addresses) }, 'relay.test')

test('parameters of MAIL are decoded, and one that cannot be read does not take the others away', () => {
  const parameters = [
    { keyword: 'RET', value: 'HDRS' }, { keyword: 'ENVID', value: 'a+2Bb' }, { keyword: 'BODY', value: 'WHAT' }, { keyword: 'REQUIRETLS' }, { keyword: 'XYZ' },
  ] // prettier-ignore
  expect(mailParameters(parameters)).toEqual({ ret: 'HDRS', envid: 'a+b', requiretls: true, smtputf8: false })
})

test('parameters of RCPT are decoded; an address named twice is one recipient, with those of the first', () => {
  const parameters = [{ keyword: 'NOTIFY', value: 'SUCCESS,DELAY' }, { keyword: 'ORCPT', value: 'rfc822;x+2By@a.test' }] // prettier-ignore
  expect(recipientsOf({ to: [{ address: 'x@a.test', parameters }, ...to('x@A.TEST', 'X@a.test')] }, 'r.test')).toEqual([
    { address: 'x@a.test', state: 'open', notify: ['SUCCESS', 'DELAY'], orcpt: 'rfc822;x+y@a.test' },
    // A local part may differ by case (RFC 5321 §2.4).
    { address: 'X@a.test', state: 'open' },
  ]) // prettier-ignore
})

test('postmaster without a domain is ours, and travels alone; with one it is somebody there', () => {
  const all = recipients('Postmaster', 'postmaster@relay.test', 'POSTMASTER')
  expect(all).toEqual([
    { address: 'Postmaster@relay.test', state: 'open', local: true },
    { address: 'postmaster@relay.test', state: 'open' },
  ])
  const legs = legsOf(message, all.map((recipient) => ({ recipient, virtualMta: undefined })))
  expect(legs.map((leg) => leg.recipients)).toEqual(all.map((one) => [one]))
}) // prettier-ignore

test.each([
  ['a@Gannet.Example', 'gannet.example'],
  ['a@bücher.example', 'xn--bcher-kva.example'],
  ['a@[192.0.2.1]', '[192.0.2.1]'],
  ['a@[IPv6:2001:DB8::1]', '[ipv6:2001:db8::1]'],
  ['a%b@relay.example', 'relay.example'],
  ['"a@b"@relay.example', 'relay.example'],
  ['a@1.2', '1.2'],
  ['a@my_host.test', 'my_host.test'],
])('the destination of %s is %s', (address, domain) => {
  expect(domainOf(address)).toBe(domain)
})

test('recipients of one domain travel together, in legs that every server takes', () => {
  const many = Array.from({ length: mostOfALeg + 5 }, (_, i) => `u${i}@a.test`)
  const all = recipients('x@b.test', ...many, 'y@B.test')
  const legs = legsOf(message, all.map((recipient) => ({ recipient, virtualMta: undefined }))) // prettier-ignore
  expect(legs.map(({ id, domain, recipients: own }) => [id, domain, own.length])).toEqual([
    ['s.1/1', 'b.test', 2],
    ['s.1/2', 'a.test', mostOfALeg],
    ['s.1/3', 'a.test', 5],
  ])
  expect(legs[0]).toMatchObject({ state: 'waiting', nextAt: 1000, tries: 0, history: [], message })
})

test('recipients of one domain that go by different virtual MTAs go in different legs', () => {
  const [x, y, z] = recipients('x@a.test', 'y@a.test', 'z@a.test')
  const legs = legsOf(message, [{ recipient: x!, virtualMta: 'mta1' }, { recipient: y!, virtualMta: undefined }, { recipient: z!, virtualMta: 'mta1' }]) // prettier-ignore
  expect(
    legs.map(({ virtualMta, recipients: own }) => [virtualMta, own.map(({ address }) => address)]),
  ).toEqual([
    ['mta1', ['x@a.test', 'z@a.test']],
    [undefined, ['y@a.test']],
  ])
})
