import { X509Certificate } from 'node:crypto'
import { readFile, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createServer as createTlsServer, connect } from 'node:tls'
import { expect, test } from 'vitest'
import { namesFor, openCertificates } from '#engine/certs/certificates.ts'
import { clockAt, emptyFolder, keepLog, portOf, systemClock } from '#test/support/server/place.ts'

const open = (folder: string, clock = systemClock) =>
  openCertificates({ folder, clock, log: keepLog().log, hostname: 'desk' })

test('made once, the same files serve the next start', async () => {
  const folder = await emptyFolder()
  const first = await open(folder)
  const made = await first.server('mx.test')
  const again = await open(folder)
  expect((await again.server('mx.test')).fingerprint256).toBe(made.fingerprint256)
  expect([...first.notices, ...again.notices]).toEqual([])
  expect(made.names).toEqual(['mx.test', 'localhost', 'desk', '127.0.0.1', '::1'])
  expect(first.caFile).toBe(join(folder, 'certs', 'ca.pem'))
  if (process.platform !== 'win32')
    for (const name of ['ca.key', 'server.key'])
      expect((await stat(join(folder, 'certs', name))).mode & 0o777).toBe(0o600)
})

test('a client that trusts the authority verifies a TLS server with the certificate', async () => {
  const { cert, key, ca } = await (await open(await emptyFolder())).server('mx.test')
  const server = createTlsServer({ cert, key }, (socket) => socket.end()).listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const port = portOf(server)
  const authorized = await new Promise<boolean>((done, fail) => {
    const socket = connect({ host: '127.0.0.1', port, ca, servername: 'mx.test' }, () =>
      done(socket.authorized),
    )
    socket.once('error', fail)
  })
  server.close()
  expect(authorized).toBe(true)
})

test('another server name gives another server certificate below the same authority', async () => {
  const certificates = await open(await emptyFolder())
  const [a, b] = await Promise.all([certificates.server('a.test'), certificates.server('b.test')])
  expect(a.fingerprint256).not.toBe(b.fingerprint256)
  expect(a.ca).toBe(b.ca)
  expect(new X509Certificate(b.cert).checkHost('b.test')).toBe('b.test')
})

test('near its end the server certificate is renewed, and the authority stays', async () => {
  const folder = await emptyFolder()
  const made = await (await open(folder, clockAt(new Date('2026-01-01')))).server('mx.test')
  const later = await open(folder, clockAt(new Date('2027-01-10')))
  const renewed = await later.server('mx.test')
  expect(renewed.fingerprint256).not.toBe(made.fingerprint256)
  expect(renewed.ca).toBe(made.ca)
  expect(later.notices).toEqual([])
})

test.each([
  ['ca.pem', 'half'],
  ['ca.key', 'half'],
  ['server.pem', 'half'],
  ['server.key', 'noise'],
])('a damaged %s (%s) is made anew and said', async (name, how) => {
  const folder = await emptyFolder()
  await (await open(folder)).server('mx.test')
  const path = join(folder, 'certs', name)
  if (how === 'half') await truncate(path, Math.floor((await stat(path)).size / 2))
  else await writeFile(path, '\u0000\u0001 not a key')
  const again = await open(folder)
  const identity = await again.server('mx.test')
  expect(again.notices.join(' ')).toMatch(
    name.startsWith('ca') ? /authority was made anew/ : /certificate was made anew/,
  )
  const [leaf, ca] = [new X509Certificate(identity.cert), new X509Certificate(identity.ca)]
  expect(leaf.verify(ca.publicKey)).toBe(true)
  expect(await readFile(path, 'utf8')).toContain('-----BEGIN')
  expect((await open(folder)).notices).toEqual([])
})

test('names a certificate cannot hold are left out', () => {
  expect(namesFor('mx.test', '')).toEqual(['mx.test', 'localhost', '127.0.0.1', '::1'])
  expect(namesFor('bad name', 'LOCALHOST')).toEqual(['localhost', '127.0.0.1', '::1'])
  expect(namesFor('127.0.0.1', 'a'.repeat(64))).toEqual(['127.0.0.1', 'localhost', '::1'])
})
