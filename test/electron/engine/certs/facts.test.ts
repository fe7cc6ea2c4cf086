import { createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { certificateBlocks, derOf, factsOf, keyWords, longestChain } from '#engine/certs/facts.ts'
import { makeAuthority, makeServerCertificate } from '#engine/certs/make.ts'

test('what a certificate says', async () => {
  const now = new Date('2026-11-01T12:00:00Z')
  const authority = await makeAuthority(now)
  const { cert } = await makeServerCertificate(authority, ['mx.test', '127.0.0.1'], now)
  expect(factsOf(new X509Certificate(cert))).toEqual({
    subject: 'CN=mx.test',
    issuer: expect.stringMatching(/^CN=Relayscope local authority \w+, O=Relayscope$/),
    names: ['mx.test', '127.0.0.1'],
    validFrom: '2026-11-01T11:00:00.000Z',
    expiresAt: '2027-12-03T11:00:00.000Z',
    fingerprint256: expect.stringMatching(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/),
    key: 'EC prime256v1',
  })
  expect(new X509Certificate(Buffer.from(derOf(cert), 'base64')).subject).toBe('CN=mx.test')
})

test('keys are named with their size, where they have one', () => {
  const { publicKey } = generateKeyPairSync('ed25519')
  expect(keyWords(publicKey)).toBe('ED25519')
  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 })
  expect(keyWords(createPublicKey(rsa.privateKey))).toBe('RSA 1024')
})

test('blocks are taken from between other words, and not without end', () => {
  const one = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'
  expect(certificateBlocks(`words\n${one}\nmore ${one}`)).toEqual([one, one])
  expect(certificateBlocks(one.repeat(50))).toHaveLength(longestChain)
})
