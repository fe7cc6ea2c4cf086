import { expect, test } from 'vitest'
import { Numbers } from '#shared/transcript/redact/numbers.ts'

test('each kind counts from 1 and passes over what a text has already', () => {
  const numbers = new Numbers()
  numbers.take('person', 2)
  const [one, two, host] = [numbers.add('person'), numbers.add('person'), numbers.add('host')]
  numbers.give()
  expect([one.number, two.number, host.number]).toEqual([1, 3, 1])
  const later = numbers.add('person')
  numbers.give()
  expect([one.number, later.number]).toEqual([1, 4])
  expect([numbers.people, numbers.all]).toEqual([3, 4])
})

test('addresses of documentation and prints that begin with zeros are stand-ins', () => {
  const numbers = new Numbers()
  expect(numbers.isIp('192.0.2.1') && numbers.isIp('2001:db8:0:0:0:0:0:1')).toBe(true)
  expect(numbers.isIp('192.0.3.1') || numbers.isIp('192.0.2.0')).toBe(false)
  expect([numbers.isPrint('00:0a'), numbers.isPrint('1F'), numbers.isPrint('ABCDEF0123')]).toEqual([true, false, false])
  const ip = numbers.add('ipv4')
  numbers.give()
  expect(ip.number).toBe(2)
}) // prettier-ignore
