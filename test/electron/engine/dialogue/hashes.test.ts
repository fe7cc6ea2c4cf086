import { expect, test } from 'vitest'
import { deriveKey, hashes } from '#engine/dialogue/hashes.ts'
import { utf8 } from '#shared/bytes/bytes.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

test('PBKDF2 of RFC 6070, and of RFC 7677 for SHA-256', async () => {
  const sha1 = { hash: 'sha1', password: utf8('password'), salt: utf8('salt'), iterations: 4096 } as const
  expect(hex(await deriveKey(sha1))).toBe('4b007901b765489abead49d926f721d065a429c1')
  const salt = new Uint8Array(Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'))
  const sha256 = { hash: 'sha256', password: utf8('pencil'), salt, iterations: 4096 } as const
  expect(hex(await deriveKey(sha256))).toHaveLength(64)
})

test('digests', () => {
  expect(hex(hashes.hash('sha1', utf8('abc')))).toBe('a9993e364706816aba3e25717850c26c9cd0d89d')
  expect(hex(hashes.hmac('md5', utf8('tanstaaftanstaaf'), utf8('<1896.697170952@postoffice.reston.mci.net>')))).toBe('b913a602c7eda7a495b4e6e7334d3890') // prettier-ignore
})

test('a nonce is fresh, and fit for SCRAM', () => {
  const all = Array.from({ length: 50 }, () => hashes.nonce())
  expect(new Set(all).size).toBe(50)
  for (const one of all) expect(one).toMatch(/^[\x21-\x2b\x2d-\x7e]{32}$/)
})
