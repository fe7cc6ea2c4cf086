import { expect, it } from 'vitest'
import { tlsFault, verdictCode } from '#shared/transcript/import/tlsFault.ts'

it.each([
  ['wrong version number', 'plain-answer'],
  ['sslv3 alert handshake failure', 'alert-handshake_failure'],
  ['tlsv1 alert protocol version', 'alert-protocol_version'],
  ['unsupported protocol', 'no-common-version'],
  ['no shared cipher', 'no-common-cipher'],
  ['unexpected eof while reading', 'closed'],
  ['certificate verify failed', 'not-verified'],
  ['something else', 'protocol'],
])('reads %j', (words, code) => {
  expect(tlsFault(words)).toEqual({ code, message: words })
})

it('names a verdict by its number, or by its words', () => {
  expect(verdictCode('62', 'hostname mismatch')).toBe('ERR_TLS_CERT_ALTNAME_INVALID')
  expect(verdictCode(undefined, 'certificate has expired')).toBe('CERT_HAS_EXPIRED')
  expect(verdictCode(undefined, 'self-signed certificate')).toBe('DEPTH_ZERO_SELF_SIGNED_CERT')
  expect([verdictCode('77', 'x'), verdictCode(undefined, 'x')]).toEqual(['X509_77', 'UNVERIFIED'])
})
