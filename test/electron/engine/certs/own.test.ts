import 'reflect-metadata'
import { X509CertificateGenerator } from '@peculiar/x509'
import { createPrivateKey } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeAuthority, makeServerCertificate } from '#engine/certs/make.ts'
import { chainOf, checkOwn, noticesOf } from '#engine/certs/own.ts'

const now = new Date('2026-11-01T12:00:00Z')
const day = 86_400_000
const authority = await makeAuthority(now)
const own = await makeServerCertificate(authority, ['mx.test'], now)
const other = await makeServerCertificate(authority, ['other.test'], now)
const sealed = createPrivateKey(own.key)
  .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open sesame' })
  .toString()

const check = (given: object, at = now) =>
  checkOwn({ certificate: own.cert + authority.cert, key: own.key, ...given }, at)

test('a whole chain and its key: nothing to say', () => {
  const checked = check({})
  expect(checked).toMatchObject({ notices: [] })
  expect(chainOf('certificate' in checked ? checked.certificate : '')).toHaveLength(2)
})

test('an encrypted key is opened and kept open, in PKCS#8', () => {
  const checked = check({ key: sealed, passphrase: 'open sesame' })
  expect(checked).toMatchObject({ key: own.key })
})

test.each([
  [{ certificate: 'nonsense' }, 'certificate', /PEM/],
  [{ certificate: own.key }, 'certificate', /holds a key and no certificate/],
  [
    { certificate: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' },
    'certificate',
    /no certificate/,
  ],
  [{ key: 'nonsense' }, 'key', /PEM/],
  [{ key: other.key }, 'key', /does not belong/],
  [{ certificate: authority.cert + own.cert }, 'certificate', /at place 2/],
  [{ key: sealed }, 'passphrase', /missing/],
  [{ key: sealed, passphrase: 'wrong words' }, 'passphrase', /does not open/],
])('%#: the field is named, and no secret', (given, field, words) => {
  const problems = check(given)
  expect(problems).toEqual([{ field, value: expect.any(String), message: expect.stringMatching(words) }])
  expect(JSON.stringify(problems)).not.toMatch(/wrong words|PRIVATE KEY-----\\n/)
})

test('dates: over and not yet are refused, near the end is said', () => {
  expect(check({}, new Date(now.getTime() + 400 * day))).toMatchObject([
    { message: expect.stringMatching(/expired/) },
  ])
  expect(check({}, new Date(now.getTime() - day))).toMatchObject([
    { message: expect.stringMatching(/valid from/) },
  ])
  expect(check({}, new Date(now.getTime() + 380 * day))).toMatchObject({
    notices: [expect.stringMatching(/ends on 2027-12-03/)],
  })
})

test('a key that TLS takes no more by itself is said', async () => {
  const weak = { name: 'RSASSA-PKCS1-v1_5', modulusLength: 1024, publicExponent: Uint8Array.of(1, 0, 1), hash: 'SHA-256' } // prettier-ignore
  const keys = await crypto.subtle.generateKey(weak, true, ['sign', 'verify'])
  const made = await X509CertificateGenerator.createSelfSigned({ name: 'CN=old.test', signingAlgorithm: weak, keys }, crypto) // prettier-ignore
  expect(noticesOf(chainOf(made.toString('pem')), new Date())).toContainEqual(
    expect.stringMatching(/^Its key has 1,024 bits: .*@SECLEVEL=0/),
  )
})

test('a chain that is not whole works, and is said', () => {
  expect(noticesOf(chainOf(own.cert), now)).toEqual([expect.stringMatching(/is not in the chain/)])
  expect(noticesOf(chainOf(own.cert + other.cert), now)).toEqual([
    expect.stringMatching(/Certificate 2 of the chain/),
  ])
  expect(noticesOf(chainOf(authority.cert), now)).toEqual([expect.stringMatching(/names no host/)])
  expect(noticesOf([], now)).toEqual([])
})
