import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { openCertificates } from '#engine/certs/certificates.ts'
import { makeAuthority, makeServerCertificate } from '#engine/certs/make.ts'
import { CertificateDesk } from '#engine/server/certificateDesk.ts'
import { ListenerConfig } from '#shared/rpc/contract/server.ts'
import { fakeStore } from '#test/support/server/fakes.ts'
import { emptyFolder, keepLog, memorySecrets, systemClock } from '#test/support/server/place.ts'

async function make() {
  const { log } = keepLog()
  const certs = await openCertificates({
    folder: await emptyFolder(),
    clock: systemClock,
    log,
    hostname: 'desk',
  })
  const secrets = memorySecrets()
  const desk = new CertificateDesk({ certs, store: fakeStore().store, secrets, clock: systemClock, log })
  const { cert, key } = await makeServerCertificate(await makeAuthority(new Date()), ['own.test'], new Date())
  return { desk, certs, secrets, given: { name: 'mine', certificate: cert, key } }
}

test('the authority is told whole: facts, file, PEM and DER', async () => {
  const { desk, certs } = await make()
  const { authority, own } = await desk.list()
  expect([authority.file, authority.pem, own]).toEqual([certs.caFile, certs.authority, []])
  expect(new X509Certificate(Buffer.from(authority.der, 'base64')).fingerprint256).toBe(
    authority.fingerprint256,
  )
})

test('one’s own is added, shown by the listener that names it, and no key is told', async () => {
  const { desk, given } = await make()
  expect(await desk.add(given)).toEqual([])
  expect(JSON.stringify(await desk.list())).not.toContain('PRIVATE KEY')
  expect(await desk.identity({ certificate: 'mine' }, 'mx.test')).toMatchObject({ key: given.key })
  expect(await desk.identity({}, 'mx.test')).toMatchObject({ names: expect.arrayContaining(['mx.test']) })
  expect(await desk.identity({ certificate: 'none' }, 'mx.test')).toMatch(/no certificate called/)
})

test('a pair that no client could agree on TLS with is refused, and replaces none', async () => {
  const { desk, given } = await make()
  await desk.add(given)
  // RFC 8446 §4.2.7 and RFC 8422 §5.1.1 know no such curve.
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:secp256k1', '-keyout', '-', '-out', '-']
  const both = execFileSync('openssl', ['req', '-x509', '-nodes', '-subj', '/CN=own.test', ...curve], { encoding: 'utf8', stdio: 'pipe' }) // prettier-ignore
  expect(await desk.add({ name: 'mine', certificate: both, key: both })).toMatchObject([
    {
      field: 'certificate',
      message: expect.stringMatching(/^cannot serve TLS on this computer .* 2048 bits/),
    },
  ])
  expect(await desk.identity({ certificate: 'mine' }, 'mx.test')).toMatchObject({ key: given.key })
})

test('a keychain that is locked keeps one listener from running, and is told without the key', async () => {
  const { desk, given, secrets } = await make()
  await desk.add(given)
  secrets.get = async () => {
    throw new Error('locked')
  }
  const words = await desk.identity({ certificate: 'mine' }, 'mx.test')
  expect(words).toMatch(/^The key of the certificate mine cannot be read: locked\. Unlock/)
})

test('a name that is none, and one too many, are told by field', async () => {
  const { desk, given, secrets } = await make()
  expect(await desk.add({ ...given, name: '../../etc' })).toMatchObject([{ field: 'name' }])
  for (let i = 0; i < 50; i++) expect(await desk.add({ ...given, name: `n${i}` })).toEqual([])
  expect(await desk.add({ ...given, name: 'n50' })).toMatchObject([
    { field: 'name', message: /50 that are kept/ },
  ])
  expect(await desk.add({ ...given, name: 'n49' })).toEqual([])
  expect(secrets.all.size).toBe(50)
})

test('one that a listener shows stays; the problem names the listener', async () => {
  const { desk, given } = await make()
  await desk.add(given)
  const listener = ListenerConfig.parse({ port: 2525, certificate: 'mine' })
  expect(await desk.remove('mine', [listener])).toMatchObject([{ message: /127\.0\.0\.1 port 2525/ }])
  expect(await desk.remove('other', [])).toMatchObject([{ message: /no certificate here/ }])
  expect([await desk.remove('mine', []), await desk.names()]).toEqual([[], []])
})

test('a client certificate stands for its user and is signed by the authority', async () => {
  const { desk, certs, secrets } = await make()
  const { made } = await desk.issue({ user: 'ann@example.com' })
  const certificate = new X509Certificate(made!.certificate)
  expect(certificate.verify(new X509Certificate(certs.authority).publicKey)).toBe(true)
  expect(made!.facts).toMatchObject({ subject: 'CN=ann@example.com', names: ['ann@example.com'] })
  expect([...secrets.all.values()].join()).not.toContain(made!.key)
  expect(await desk.issue({ user: 'a\nb' })).toMatchObject({ problems: [{ field: 'user' }] })
})
