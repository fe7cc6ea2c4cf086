/** Owns: certificates for tests, good ones below an authority and bad ones. Made with the product's own maker and x509. */
import 'reflect-metadata'
import {
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { createPrivateKey } from 'node:crypto'
import { makeAuthority, makeServerCertificate, type KeyPair } from '#engine/certs/make.ts'

const day = 86_400_000
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

export interface SelfSigned {
  name?: string
  /** Days from now. */
  from?: number
  to?: number
}

/** Self-signed for a DNS name, valid from and to the given days. */
export async function selfSigned({
  name = 'mail.example',
  from = -1,
  to = 90,
}: SelfSigned = {}): Promise<KeyPair> {
  const keys = await globalThis.crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: '01',
      name: `CN=${name}`,
      notBefore: new Date(Date.now() + from * day),
      notAfter: new Date(Date.now() + to * day),
      keys,
      signingAlgorithm: algorithm,
      extensions: [new SubjectAlternativeNameExtension([{ type: 'dns', value: name }])],
    },
    globalThis.crypto,
  )
  const der = Buffer.from(await globalThis.crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString(
    'base64',
  )
  const key = `-----BEGIN PRIVATE KEY-----\n${der.match(/.{1,64}/g)!.join('\n')}\n-----END PRIVATE KEY-----\n`
  return { cert: certificate.toString('pem'), key }
}

/** A self-signed certificate whose notBefore names the month XX. Its signature fails too; no TLS library minds either. */
export async function withoutDate(): Promise<KeyPair> {
  const { cert, key } = await selfSigned()
  const der = Buffer.from(cert.replace(/-----[^-]+-----|\s/g, ''), 'base64')
  // The first UTCTime (RFC 5280 §4.1.2.5.1): tag, length 13, YYMMDD...
  der.write('XX', der.indexOf(Buffer.from([0x17, 13])) + 4, 'latin1')
  const lines = der.toString('base64').match(/.{1,64}/g)!
  return { cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`, key }
}

/** An authority, and a certificate of it for 127.0.0.1 and localhost. */
export async function trusted(): Promise<{ ca: string; pair: KeyPair }> {
  const authority = await makeAuthority(new Date())
  const pair = await makeServerCertificate(authority, ['localhost', '127.0.0.1'], new Date())
  return { ca: authority.cert, pair }
}

/** A client certificate below an authority of its own, for an e-mail address and a common name. */
export async function clientCertificate(mail: string, name: string): Promise<{ ca: string; pair: KeyPair }> {
  const authority = await makeAuthority(new Date())
  const der = createPrivateKey(authority.key).export({ type: 'pkcs8', format: 'der' })
  const { subtle } = globalThis.crypto
  const keys = await subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.create(
    {
      serialNumber: '02',
      subject: [{ CN: [name] }],
      issuer: new X509Certificate(authority.cert).subject,
      notBefore: new Date(Date.now() - day),
      notAfter: new Date(Date.now() + day),
      signingAlgorithm: algorithm,
      publicKey: keys.publicKey,
      signingKey: await subtle.importKey('pkcs8', der, algorithm, false, ['sign']),
      extensions: [
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth]),
        new SubjectAlternativeNameExtension([{ type: 'email', value: mail }]),
      ],
    },
    globalThis.crypto,
  )
  const pkcs8 = Buffer.from(await subtle.exportKey('pkcs8', keys.privateKey))
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
    .export({ type: 'pkcs8', format: 'pem' })
    .toString()
  return { ca: authority.cert, pair: { cert: certificate.toString('pem'), key } }
}
