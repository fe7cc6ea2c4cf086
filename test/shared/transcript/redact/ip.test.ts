import { expect, test } from 'vitest'
import {
  canonicalIp,
  ipFamily,
  isCommonIp,
  standInIpNumber,
  standInIpv4,
  standInIpv6,
} from '#shared/transcript/redact/ip.ts'

test.each([
  ['2001:DB8::1', '2001:db8:0:0:0:0:0:1'],
  ['2001:db8:0:0::0001', '2001:db8:0:0:0:0:0:1'],
  ['::ffff:1.2.3.4', '0:0:0:0:0:ffff:102:304'],
  ['::', '0:0:0:0:0:0:0:0'],
  ['010.1.2.3', '10.1.2.3'],
])('%s is %s', (text, canonical) => expect(canonicalIp(text)).toBe(canonical))

test('loopback stays', () => {
  expect(['127.0.0.1', '::1', '::', '0.0.0.0'].map((ip) => isCommonIp(canonicalIp(ip)))).toEqual([true, true, true, true]) // prettier-ignore
  expect(isCommonIp(canonicalIp('10.0.0.1'))).toBe(false)
})

test('stand-ins are different, valid and of documentation space', () => {
  const made = Array.from({ length: 2000 }, (_, index) => standInIpv4(index + 1))
  expect(new Set(made).size).toBe(2000)
  expect(made.every((ip) => ipFamily(ip!) === 4)).toBe(true)
  expect([made[0], made[253], made[254], made[508], made[762]]).toEqual(['192.0.2.1', '192.0.2.254', '198.51.100.1', '203.0.113.1', '198.18.0.0']) // prettier-ignore
  expect(standInIpv4(1 << 18)).toBeUndefined()
  expect([standInIpv6(1), standInIpv6(0x12345)]).toEqual(['2001:db8::1', '2001:db8::1:2345'])
})

test('a stand-in tells its number', () => {
  for (const number of [1, 254, 255, 762, 763, 70_000]) {
    expect(standInIpNumber(standInIpv4(number)!)).toBe(number)
    expect(standInIpNumber(canonicalIp(standInIpv6(number)))).toBe(number)
  }
  for (const ip of ['10.0.0.1', '192.0.2.0', '198.20.0.1', '2001:db9:0:0:0:0:0:1', 'x'])
    expect(standInIpNumber(ip)).toBeUndefined()
})
