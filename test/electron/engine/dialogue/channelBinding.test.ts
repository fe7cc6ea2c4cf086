import { once } from 'node:events'
import { connect, createServer, type SecureVersion, type TLSSocket } from 'node:tls'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { channelBindings, digestOf } from '#engine/dialogue/channelBinding.ts'
import { bindingTypes } from '#shared/smtp/sasl/mechanism.ts'
import { trusted } from '#test/support/dialogue/certificates.ts'
import { portOf } from '#test/support/server/place.ts'

let identity: Awaited<ReturnType<typeof trusted>>
beforeAll(async () => {
  identity = await trusted()
})

/** Both ends of one connection. */
async function pair(version: SecureVersion): Promise<[client: TLSSocket, server: TLSSocket]> {
  const limits = { minVersion: version, maxVersion: version }
  const server = createServer({ ...identity.pair, ...limits }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const taken = once(server, 'secureConnection')
  const client = connect({ port: portOf(server), host: '127.0.0.1', ca: identity.ca, ...limits })
  const [theirs] = (await taken) as [TLSSocket]
  if (!client.authorized) await once(client, 'secureConnect')
  onTestFinished(() => {
    client.destroy()
    theirs.destroy()
    server.close()
  })
  return [client, theirs]
}

test.each([
  ['TLSv1.3', ['tls-exporter', 'tls-server-end-point']],
  ['TLSv1.2', ['tls-server-end-point', 'tls-unique']],
] as const)('on %s both ends know the same %j, and no other', async (version, types) => {
  const [client, server] = await pair(version)
  const [mine, theirs] = [channelBindings(client, 'client'), channelBindings(server, 'server')]
  for (const type of bindingTypes) {
    expect(mine(type)).toEqual(theirs(type))
    expect(mine(type) !== null).toBe(types.some((one) => one === type))
  }
  const another = await pair(version)
  const other = channelBindings(another[0], 'client')
  const own = version === 'TLSv1.3' ? 'tls-exporter' : 'tls-unique'
  expect(other(own)).not.toEqual(mine(own))
  expect(other('tls-server-end-point')).toEqual(mine('tls-server-end-point'))
  client.destroy()
  expect(mine(own)).toBeNull()
})

test.each([
  ['ECDSA with SHA-256', 'sha256'],
  ['RSA with SHA-512', 'sha512'],
  ['RSA with SHA-1', 'sha256'],
  ['RSA with MD5', 'sha256'],
  ['Ed25519', null],
  ['', null],
])('the digest for %s is %s (RFC 5929 §4.1)', (signature, digest) => expect(digestOf(signature)).toBe(digest))
