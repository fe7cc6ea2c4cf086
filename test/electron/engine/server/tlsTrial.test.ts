import { createSecureContext } from 'node:tls'
import { expect, test } from 'vitest'
import { openContext, spokenVersions } from '#engine/server/tlsTrial.ts'
import { makeAuthority, makeServerCertificate } from '#engine/certs/make.ts'

const identity = async () => makeServerCertificate(await makeAuthority(new Date()), ['localhost'], new Date())

test('what is spoken is what a handshake came to, not what was asked for', async () => {
  const { cert, key } = await identity()
  const usual = createSecureContext({ cert, key, minVersion: 'TLSv1', maxVersion: 'TLSv1.3' })
  expect(await spokenVersions(usual, ['1.2', '1.3'])).toEqual(['1.2', '1.3'])
  const new13 = createSecureContext({ cert, key, minVersion: 'TLSv1.3' })
  expect(await spokenVersions(new13)).toEqual(['1.3'])
})

test('ciphers decide too: none of TLS 1.0 has AES-GCM', async () => {
  const { cert, key } = await identity()
  const context = createSecureContext({
    cert,
    key,
    minVersion: 'TLSv1',
    maxVersion: 'TLSv1.2',
    ciphers: 'ECDHE+AESGCM',
  })
  expect(await spokenVersions(context)).toEqual(['1.2'])
})

test('a context that cannot be made is none', () => {
  expect(openContext({ cert: 'nonsense' })).toBeNull()
})
