import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  decodeChallenge,
  decodeInitial,
  decodeResponse,
  encodeInitial,
  encodeResponse,
} from '#shared/smtp/sasl/wire.ts'
import { octets } from '#test/support/cuts.ts'

const empty = new Uint8Array(0)

// RFC 4954 §4: "=" is an empty initial response; nothing is none.
test('an empty initial response is =, an empty later one is nothing', () => {
  expect(encodeInitial(empty)).toBe('=')
  expect(encodeResponse(empty)).toBe('')
  expect(decodeInitial('=')).toEqual(empty)
  expect(decodeResponse(empty)).toEqual(empty)
  expect(decodeChallenge('')).toEqual(empty)
})

test('* cancels an exchange, and is no initial response', () => {
  expect(decodeResponse(octets('*'))).toBe('cancel')
  expect(decodeInitial('*')).toBeNull()
})

test.each(['AG', '===', '**', 'A===', 'AGEAYg== ', 'ÿ', 'AGEA\rYg='])('%j is not base64', (text) => {
  expect(decodeInitial(text)).toBeNull()
  expect(decodeResponse(octets(text))).toBeNull()
})

test('a challenge is read with spaces around it', () => {
  expect(decodeChallenge(' VXNlcm5hbWU6 ')).toEqual(octets('Username:'))
  expect(decodeChallenge('Username:')).toBeNull()
})

test('octets go round in each place', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(decodeInitial(encodeInitial(bytes))).toEqual(bytes)
      expect(decodeResponse(octets(encodeResponse(bytes)))).toEqual(bytes)
    }),
  )
})
