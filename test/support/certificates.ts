/** Owns: certificates of the local server for tests of the page; the octets are not of a real one. */
import type { Certificates, OwnCertificate, TlsSupport } from '#shared/rpc/contract/certificates.ts'

const facts = {
  subject: 'CN=Relayscope local authority',
  issuer: 'CN=Relayscope local authority',
  names: [],
  validFrom: '2026-03-01T00:00:00.000Z',
  expiresAt: '2036-02-28T00:00:00.000Z',
  fingerprint256: Array.from({ length: 32 }, (_one, at) => at.toString(16).padStart(2, '0').toUpperCase()).join(':'), // prettier-ignore
  key: 'EC prime256v1',
}

export const ownCertificate = (change: Partial<OwnCertificate> = {}): OwnCertificate => ({
  ...facts,
  name: 'mx',
  subject: 'CN=mx.example.test',
  issuer: 'CN=Example authority',
  names: ['mx.example.test', 'mail.example.test'],
  chain: 2,
  usable: true,
  notices: [],
  ...change,
})

export const certificates = (own: OwnCertificate[] = []): Certificates => ({
  authority: {
    ...facts,
    file: '/data/certs/ca.pem',
    pem: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
    der: 'AAEC',
  },
  own,
})

/** As a runtime that cannot speak the two oldest versions tells it. */
export const tlsSupport = (): TlsSupport => ({
  library: 'BoringSSL',
  versions: [
    { version: '1.0', usable: false, words: 'This library was built without it.' },
    { version: '1.1', usable: false, words: 'This library was built without it.' },
    { version: '1.2', usable: true },
    { version: '1.3', usable: true },
  ],
})
