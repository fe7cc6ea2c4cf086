import { connect } from 'node:tls'
import { expect, it } from 'vitest'
import { openCertificates } from '#engine/certs/certificates.ts'
import { openHttp } from '#engine/versus/servers.ts'
import { fakeHub, fakeStore } from '#test/support/server/fakes.ts'
import { emptyFolder, keepLog, systemClock } from '#test/support/server/place.ts'

it.each(['1.2', '1.3'] as const)('speaks TLS %s and no other', async (tlsVersion) => {
  const { log } = keepLog()
  const certs = await openCertificates({ folder: await emptyFolder(), clock: systemClock, log })
  const deps = { hub: fakeHub().hub, store: fakeStore().store, certs, clock: systemClock, log }
  const server = await openHttp(deps, { api: 'json', tls: true, tlsVersion, reuse: false }, 'key')
  const speak = (version: 'TLSv1.2' | 'TLSv1.3') =>
    new Promise<string>((resolve) => {
      const socket = connect({ port: server.port, host: '127.0.0.1', rejectUnauthorized: false, minVersion: version, maxVersion: version }) // prettier-ignore
      socket.once('secureConnect', () => {
        resolve(socket.getProtocol() ?? '')
        socket.destroy()
      })
      socket.once('error', () => resolve('refused'))
    })
  const wanted = `TLSv${tlsVersion}` as const
  expect(await speak(wanted)).toBe(wanted)
  expect(await speak(wanted === 'TLSv1.2' ? 'TLSv1.3' : 'TLSv1.2')).toBe('refused')
  await server.close()
})
