import 'reflect-metadata'
import {
  BasicConstraintsExtension,
  type Extension,
  ExtendedKeyUsageExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { expect, test } from 'vitest'
import { chainOrder, isWeakSignature, readCertificateFacts } from '#shared/tls/certificateFacts.ts'

const { crypto } = globalThis
const ecdsa = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const keys = await crypto.subtle.generateKey(ecdsa, true, ['sign', 'verify'])

async function certificate(
  subject: string,
  issuer = subject,
  extensions: Extension[] = [],
  signing: { name: string; hash: string; saltLength?: number } = ecdsa,
): Promise<Uint8Array> {
  const rsa = { publicExponent: new Uint8Array([1, 0, 1]), modulusLength: 2048 }
  const signer =
    signing.name === 'ECDSA'
      ? keys
      : await crypto.subtle.generateKey({ ...signing, ...rsa }, true, ['sign', 'verify'])
  const made = await X509CertificateGenerator.create(
    {
      serialNumber: '01',
      subject: `CN=${subject}`,
      issuer: `CN=${issuer}`,
      notBefore: new Date('2026-01-01'),
      notAfter: new Date('2027-01-01'),
      signingKey: signer.privateKey,
      publicKey: keys.publicKey,
      signingAlgorithm: signing,
      extensions,
    },
    crypto,
  )
  return new Uint8Array(made.rawData)
}

test('signature, purposes, authority', async () => {
  const plain = readCertificateFacts(await certificate('a'))!
  expect(plain).toMatchObject({ signature: 'ECDSA with SHA-256', purposes: undefined, authority: false })
  expect(plain.subject).toEqual(plain.issuer)
  const purposes = new ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.2', '1.3.6.1.4.1.311.10.3.4'])
  const other = await certificate('b', 'a', [purposes, new BasicConstraintsExtension(true)])
  expect(readCertificateFacts(other)).toMatchObject({
    purposes: ['client', '1.3.6.1.4.1.311.10.3.4'],
    authority: true,
  })
})

test.each([
  ['RSASSA-PKCS1-v1_5', 'SHA-1', 'RSA with SHA-1', true],
  ['RSASSA-PKCS1-v1_5', 'SHA-512', 'RSA with SHA-512', false],
  ['ECDSA', 'SHA-1', 'ECDSA with SHA-1', true],
])('%s with %s', async (name, hash, signature, weak) => {
  const read = readCertificateFacts(await certificate('a', 'a', [], { name, hash }))
  expect(read?.signature).toBe(signature)
  expect(isWeakSignature(signature)).toBe(weak)
})

test('the digest of RSA-PSS stands in its parameters', async () => {
  const der = await certificate('a', 'a', [], { name: 'RSA-PSS', hash: 'SHA-256', saltLength: 32 })
  expect(readCertificateFacts(der)?.signature).toBe('RSA-PSS with SHA-256')
})

test('a chain in order, out of order, and with a stranger in it', async () => {
  const [leaf, middle, root] = [
    await certificate('leaf', 'middle'),
    await certificate('middle', 'root'),
    await certificate('root'),
  ]
  const alien = await certificate('alien')
  expect(chainOrder([leaf, middle, root])).toEqual({ ordered: true, unrelated: 0 })
  expect(chainOrder([leaf])).toEqual({ ordered: true, unrelated: 0 })
  expect(chainOrder([leaf, root, middle])).toEqual({ ordered: false, unrelated: 0 })
  expect(chainOrder([leaf, middle, alien])).toEqual({ ordered: false, unrelated: 1 })
  expect(chainOrder([])).toBeUndefined()
  expect(chainOrder([leaf, new Uint8Array([1])])).toBeUndefined()
})

test('cut and altered octets are read as less, never thrown at', async () => {
  const der = await certificate('a', 'a', [new ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.1'])])
  for (let length = 0; length < der.length; length++) readCertificateFacts(der.subarray(0, length))
  for (let at = 0; at < der.length; at++) {
    const altered = der.slice()
    altered[at] = altered[at]! ^ 0xff
    readCertificateFacts(altered)
  }
  expect(readCertificateFacts(der.subarray(0, der.length - 1))).toBeUndefined()
  expect(readCertificateFacts(new Uint8Array())).toBeUndefined()
})
