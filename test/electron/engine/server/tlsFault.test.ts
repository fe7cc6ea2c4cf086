import { expect, test } from 'vitest'
import { tlsFault } from '#engine/server/tlsFault.ts'

const fault = (code: string) => tlsFault(Object.assign(new Error('words of the library'), { code }))

test.each([
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'port-speaks-implicit-tls', /did not speak TLS/],
  ['ERR_SSL_HTTP_REQUEST', 'port-speaks-implicit-tls', /HTTP/],
  ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'tls-no-common-version', /no TLS version that this port takes/],
  ['ERR_SSL_NO_SHARED_CIPHER', 'tls-no-common-cipher', /cipher/],
  ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'certificate-untrusted-root', /ca\.pem/],
  ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'tls-alert', /alert handshake_failure/],
  ['ECONNRESET', 'tls-reset', /reset/],
  ['ERR_SSL_SOMETHING_NEW', 'tls-failed', /ERR_SSL_SOMETHING_NEW/],
])('%s is %s', (code, expected, words) => {
  expect(fault(code)).toMatchObject({ code: expected, message: words })
})

test('an error without a code has an answer too', () => {
  expect(tlsFault(new Error('?'))).toMatchObject({ code: 'tls-failed' })
  expect(tlsFault(null)).toMatchObject({ code: 'tls-failed' })
})
