/** Owns: a certificate for tests, made once per test file. */
import { createSecureContext, type SecureContext } from 'node:tls'
import { makeAuthority, makeServerCertificate } from '#engine/certs/make.ts'

export interface TestIdentity {
  ca: string
  context: SecureContext
}

export async function testIdentity(): Promise<TestIdentity> {
  const authority = await makeAuthority(new Date())
  const { cert, key } = await makeServerCertificate(authority, ['localhost', '127.0.0.1'], new Date())
  return { ca: authority.cert, context: createSecureContext({ cert, key, minVersion: 'TLSv1.2' }) }
}
