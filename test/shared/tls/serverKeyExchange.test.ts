import { expect, test } from 'vitest'
import { readKeyExchange } from '#shared/tls/serverKeyExchange.ts'

const bytes = (...octets: number[]): Uint8Array => new Uint8Array(octets)

test('a named curve is the group', () => {
  expect(readKeyExchange(bytes(3, 0, 29, 1, 7), 0xc02f)).toEqual({ group: 29 })
})

test('a prime is as long as its highest bit, whatever zeros stand before', () => {
  expect(readKeyExchange(bytes(0, 3, 0, 0, 0x80), 0x009e)).toEqual({ primeBits: 8 })
  expect(readKeyExchange(bytes(0, 2, 1, 0xff), 0x009e)).toEqual({ primeBits: 9 })
})

test('explicit curves, other key exchanges and broken messages tell nothing', () => {
  expect(readKeyExchange(bytes(1, 0, 29), 0xc02f)).toEqual({})
  expect(readKeyExchange(bytes(3, 0), 0xc02f)).toEqual({})
  expect(readKeyExchange(bytes(0, 9, 1), 0x009e)).toEqual({})
  expect(readKeyExchange(bytes(0, 2, 0, 0), 0x009e)).toEqual({})
  expect(readKeyExchange(bytes(3, 0, 29), 0x002f)).toEqual({})
})
