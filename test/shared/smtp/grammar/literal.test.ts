import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isIpv4, isIpv6, parseLiteral } from '#shared/smtp/grammar/literal.ts'

test.each([
  ['[192.0.2.1]', 'ipv4'],
  ['[IPv6:2001:db8::1]', 'ipv6'],
  ['[ipv6:::]', 'ipv6'],
  ['[IPv6:::ffff:192.0.2.1]', 'ipv6'],
  ['[x400:c=de]', 'general'],
  ['[a-1:text@with[odd]', null],
  ['[tag:a@b]', 'general'],
  ['[192.0.2.256]', null],
  ['[192.0.2]', null],
  ['[2001:db8::1]', null],
  ['[IPv6:2001:db8:1]', null],
  ['[tag-:x]', null],
  ['[tag:]', null],
  ['[]', null],
  ['[1.2.3.4', null],
  ['1.2.3.4', null],
])('%j is %j', (text, kind) => {
  const read = parseLiteral(text)
  if (kind) expect(read).toEqual({ ok: true, value: kind })
  else expect(read).toMatchObject({ ok: false, problem: { field: 'address literal', value: text } })
})

test('an IPv6 address without its tag is told so', () => {
  expect(parseLiteral('[::1]')).toMatchObject({ problem: { expected: expect.stringContaining('[IPv6:') } })
})

test.each(['1.2.3', '1.2.3.4.5', '256.1.1.1', '1.2.3.', 'a.b.c.d', '1.2.3.0004', ''])(
  '%j is not IPv4',
  (text) => expect(isIpv4(text)).toBe(false),
)

test.each([
  '::',
  '::1',
  '1::',
  '1:2:3:4:5:6:7:8',
  '1:2:3:4:5:6:7::',
  '::2:3:4:5:6:7:8',
  '1::8',
  '1:2:3:4:5:6:1.2.3.4',
  '::1.2.3.4',
  'ABCD::ef01',
])('%j is IPv6', (text) => expect(isIpv6(text)).toBe(true))

test.each([
  '',
  ':',
  ':::',
  '1',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  '1::2::3',
  '12345::',
  'g::',
  '1:2:3:4::5:6:7:8',
  '::1.2.3.4:1',
  '1.2.3.4::',
  '1:2:3:4:5:6:7:1.2.3.4',
  '::1%eth0',
])('%j is not IPv6', (text) => expect(isIpv6(text)).toBe(false))

test('every address that fast-check makes is read', () => {
  fc.assert(fc.property(fc.ipV4(), (address) => isIpv4(address)))
  fc.assert(fc.property(fc.ipV6(), (address) => isIpv6(address)))
})
