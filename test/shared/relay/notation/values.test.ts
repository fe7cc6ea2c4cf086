import { assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { printRate, printWait, readCount, readDomain, readFlag, readHostPort, readRate, readWait, readWaits, Wrong } from '#shared/relay/notation/values.ts' // prettier-ignore

const words = (read: unknown) => (read instanceof Wrong ? read.words : read)

test('yes and no in every spelling of the field', () => {
  expect(['true', 'Yes', 'ON', '1'].map(readFlag)).toEqual([true, true, true, true])
  expect(['false', 'no', 'Off', '0'].map(readFlag)).toEqual([false, false, false, false])
})
test('waits are sums of units; a bare number is none', () => {
  expect([readWait('90s'), readWait('4d12h'), readWait('1H')]).toEqual([90_000, 388_800_000, 3_600_000])
  expect(words(readWait('5'))).toMatch(/is no time; write it with units/)
  expect(words(readWait('0s'))).toMatch(/no time at all/)
  expect(words(readWait('99d'))).toBe('is more than 30 days')
  expect(readWaits('1m, 5m,1h')).toEqual([60_000, 300_000, 3_600_000])
})
test('every wait comes back', () => {
  assert(property(integer({ min: 1, max: 2_592_000 }), (seconds) => { expect(readWait(printWait(seconds * 1000))).toBe(seconds * 1000) })) // prettier-ignore
})
test('rates, counts, hosts, domains', () => {
  expect(readRate('1000/h')).toEqual({ messages: 1000, per: 3_600_000 })
  expect(readRate('10/min')).toEqual({ messages: 10, per: 60_000 })
  expect(words(readRate('0/h'))).toMatch(/is no rate/)
  expect(printRate({ messages: 5, per: 60_000 })).toBe('5/m')
  expect(words(readCount('0', 10))).toBe('is no whole number from 1 to 10')
  expect(readHostPort('[::1]:25', null)).toEqual({ host: '::1', port: 25 })
  expect(readHostPort('mail.example', 587)).toEqual({ host: 'mail.example', port: 587 })
  expect(words(readHostPort('http://x', 25))).toMatch(/is no host with a port/)
  expect(readDomain('*.Example.com', true)).toBe('*.example.com')
  expect([readDomain('*.Bücher.example', true), readHostPort('bücher.example:25', null)]).toEqual(['*.bücher.example', { host: 'bücher.example', port: 25 }]) // prettier-ignore
  expect(words(readDomain('bücher.example', false))).toMatch(/is no domain/)
  expect(words(readHostPort('password=x', 25))).toMatch(/is no host with a port/)
  expect(words(readDomain('*', false))).toMatch(/is no domain; write it as example.com$/)
})
