import { expect, test } from 'vitest'
import type { Certificate } from '#shared/transcript/event.ts'
import { collectCertificate, redactCertificate } from '#shared/transcript/redact/certificates.ts'
import { Things } from '#shared/transcript/redact/things.ts'

const certificate: Certificate = {
  subject: 'C=DE, O=Widgets, Inc, CN=Widgets Root', issuer: 'C=DE, O=Widgets, Inc, CN=Widgets Root',
  names: ['DNS:intranet', 'URI:urn:widgets'], validFrom: 'a', validTo: 'b', serial: '1F', fingerprint256: 'AA:BB', key: 'EC P-256',
} // prettier-ignore

test('a self-signed one stays self-signed; dates and key stay', () => {
  const things = new Things({ addresses: true, names: true, bodies: true })
  collectCertificate(certificate, things, () => undefined)
  const phrases = things.phrases()
  expect(redactCertificate(certificate, things, (text) => phrases.replace(text))).toEqual({
    subject: 'C=DE, O=Name 1, CN=Name 2', issuer: 'C=DE, O=Name 1, CN=Name 2',
    names: ['DNS:host1.example', 'URI:Name 3'], validFrom: 'a', validTo: 'b', serial: '01', fingerprint256: '00:02', key: 'EC P-256',
  }) // prettier-ignore
})
