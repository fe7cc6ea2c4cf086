import { assert, integer, property, uint8Array } from 'fast-check'
import { expect, test } from 'vitest'
import { Octets, uint, uint16s, vector } from '#shared/tls/octets.ts'

test('integers are big-endian, vectors stand behind their length', () => {
  expect([...uint(3, 0x010203)]).toEqual([1, 2, 3])
  expect([...vector(2, uint(1, 9), uint(1, 8))]).toEqual([0, 2, 9, 8])
  expect([...uint16s([0x1301, 2])]).toEqual([0x13, 1, 0, 2])
  expect([...vector(1)]).toEqual([0])
})

test('what is written is read again', () => {
  assert(
    property(integer({ min: 0, max: 0xffffffff }), uint8Array({ maxLength: 300 }), (number, content) => {
      const octets = new Octets(new Uint8Array([...uint(4, number), ...vector(2, content)]))
      expect(octets.uint(4)).toBe(number)
      expect(octets.vector(2)).toEqual(content)
      expect([octets.left, octets.broken]).toEqual([0, false])
    }),
  )
})

test('reading past the end gives nothing and says so, once and for ever', () => {
  const octets = new Octets(new Uint8Array([0, 9, 1]))
  expect(octets.vector(2)).toEqual(new Uint8Array())
  expect(octets.broken).toBe(true)
  expect(octets.uint(2)).toBe(0)
  expect(octets.left).toBe(0)
})
