import { expect, test } from 'vitest'
import { makeAuthority, makeServerCertificate } from '#engine/certs/make.ts'
import { pairProblem, TlsContexts, versionsFrom } from '#engine/server/tlsContexts.ts'
import { ListenerConfig } from '#shared/rpc/contract/server.ts'

async function identity() {
  const authority = await makeAuthority(new Date())
  return { ...(await makeServerCertificate(authority, ['localhost'], new Date())), ca: authority.cert }
}
const config = (fields: object) => ListenerConfig.parse({ port: 0, ...fields })

test('usually TLS 1.2 and 1.3; the same rules share one context', async () => {
  const [contexts, own] = [new TlsContexts(), await identity()]
  const made = await contexts.for(config({}), own)
  expect(made).toMatchObject({ versions: ['1.2', '1.3'], notices: [] })
  expect(await contexts.for(config({ port: 5 }), own)).toBe(made)
  expect(await contexts.for(config({ clientCertificate: 'asked' }), own)).not.toBe(made)
})

test('what cannot be spoken is said, and where nothing is left there is no listener', async () => {
  const [contexts, own] = [new TlsContexts(), await identity()]
  const all = { min: '1.0', max: '1.2' }
  expect(await contexts.for(config({ tlsVersions: all, ciphers: 'ECDHE+AESGCM' }), own)).toMatchObject({
    versions: ['1.2'],
    notices: [expect.stringMatching(/^TLS 1\.0 and TLS 1\.1 cannot be agreed on with these ciphers/)],
  })
  const old = { min: '1.0', max: '1.1' }
  expect(await contexts.for(config({ tlsVersions: old, ciphers: 'ECDHE+AESGCM' }), own)).toMatch(
    /speaks none of TLS 1\.0, 1\.1/,
  )
  expect(await contexts.for(config({ tlsVersions: { min: '1.3', max: '1.2' } }), own)).toMatch(/no range/)
})

test('old versions are spoken where the support says so, and without a cipher list of one’s own', async () => {
  const [contexts, own] = [new TlsContexts(), await identity()]
  const support = await contexts.support(own)
  expect(support.versions.map(({ version }) => version)).toEqual(['1.0', '1.1', '1.2', '1.3'])
  expect(support.versions.every(({ usable, words }) => usable || words !== undefined)).toBe(true)
  const usable = support.versions.filter((one) => one.usable).map(({ version }) => version)
  const made = await contexts.for(config({ tlsVersions: { min: '1.0', max: '1.3' } }), own)
  expect(made).toMatchObject({ versions: usable })
})

test('suites of TLS 1.3 that OpenSSL does not offer by itself are spoken where they are named', async () => {
  const [contexts, own] = [new TlsContexts(), await identity()]
  const rules = { tlsVersions: { min: '1.3', max: '1.3' }, ciphers: 'TLS_AES_128_CCM_SHA256 ECDHE+AESGCM' }
  expect(await contexts.for(config(rules), own)).toMatchObject({ versions: ['1.3'] })
})

test('what did not work is tried again the next time', async () => {
  const [contexts, own, other] = [new TlsContexts(), await identity(), await identity()]
  const wrong = { ...own, key: other.key }
  const first = contexts.for(config({}), wrong)
  await first
  expect(contexts.for(config({}), wrong)).not.toBe(first)
  await expect(contexts.support({ cert: 'x', key: 'y' })).rejects.toThrow()
  expect((await contexts.support(own)).versions).toHaveLength(4)
})

test('a pair is tried before anybody relies on it', async () => {
  const [own, other] = [await identity(), await identity()]
  expect(await pairProblem(own)).toBeNull()
  expect(await pairProblem({ ...own, key: other.key })).toMatch(
    /^cannot serve TLS on this computer .* 2048 bits/,
  )
})

test('a certificate that does not fit its key is told, not thrown', async () => {
  const [contexts, own, other] = [new TlsContexts(), await identity(), await identity()]
  expect(await contexts.for(config({}), { ...own, key: other.key })).toMatch(/does not take these rules/)
  expect(versionsFrom({ min: '1.1', max: '1.3' })).toEqual(['1.1', '1.2', '1.3'])
})
