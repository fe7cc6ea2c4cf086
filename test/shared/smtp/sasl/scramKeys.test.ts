import { expect, test } from 'vitest'
import { utf8 } from '#shared/bytes/bytes.ts'
import {
  expectedSignature,
  hashOf,
  isPlus,
  keysOf,
  proofOf,
  provesPassword,
  sameOctets,
  signatureOf,
} from '#shared/smtp/sasl/scramKeys.ts'
import { derive, hashes } from '#test/support/hashes.ts'

const made = { salt: utf8('salt'), iterations: 4096 }
const salted = derive({ hash: 'sha256', password: utf8('pw'), ...made })
const message = utf8('everything that was said')

test('a proof proves the password to who stores the keys, and nothing else does', () => {
  const keys = keysOf(salted, made, 'sha256', hashes)
  const proof = proofOf(salted, message, 'sha256', hashes)
  expect(provesPassword(proof, keys, message, 'sha256', hashes)).toBe(true)
  expect(provesPassword(proof, keys, utf8('something else'), 'sha256', hashes)).toBe(false)
  expect(provesPassword(proof.subarray(1), keys, message, 'sha256', hashes)).toBe(false)
  expect(provesPassword(new Uint8Array(32), keys, message, 'sha256', hashes)).toBe(false)
  expect(keys.storedKey).not.toEqual(salted)
})

test('the server’s signature is what the client expects of one that has the keys', () => {
  const { serverKey } = keysOf(salted, made, 'sha256', hashes)
  expect(signatureOf(serverKey, message, 'sha256', hashes)).toEqual(expectedSignature(salted, message, 'sha256', hashes)) // prettier-ignore
})

test('octets are compared whole', () => {
  expect(sameOctets(utf8('abc'), utf8('abc'))).toBe(true)
  expect(sameOctets(utf8('abc'), utf8('abd'))).toBe(false)
  expect(sameOctets(utf8('abc'), utf8('ab'))).toBe(false)
})

test('which hash, and whether it binds, is in the name', () => {
  expect([hashOf('SCRAM-SHA-1-PLUS'), hashOf('SCRAM-SHA-256')]).toEqual(['sha1', 'sha256'])
  expect([isPlus('SCRAM-SHA-1-PLUS'), isPlus('SCRAM-SHA-1')]).toEqual([true, false])
})
