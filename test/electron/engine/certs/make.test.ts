import { spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  clientUserProblem,
  makeAuthority,
  makeClientCertificate,
  makeServerCertificate,
  serialNumber,
} from '#engine/certs/make.ts'
import { findProgram } from '#test/support/system.ts'
import { emptyFolder } from '#test/support/server/place.ts'

const now = new Date()
const openssl = findProgram('openssl')

test('a serial number is positive, 16 octets long and never the same twice', () => {
  const serials = Array.from({ length: 200 }, serialNumber)
  expect(new Set(serials).size).toBe(200)
  for (const serial of serials) expect(serial).toMatch(/^[4-7][0-9a-f]{31}$/)
})

test('the authority signs the server certificate, and each key belongs to its certificate', async () => {
  const authority = await makeAuthority(now)
  const server = await makeServerCertificate(authority, ['mx.test', '127.0.0.1', '::1'], now)
  const [ca, leaf] = [new X509Certificate(authority.cert), new X509Certificate(server.cert)]
  expect(ca.ca).toBe(true)
  expect(leaf.ca).toBe(false)
  expect(leaf.checkIssued(ca) && leaf.verify(ca.publicKey)).toBe(true)
  expect(leaf.checkHost('mx.test')).toBe('mx.test')
  expect(leaf.checkHost('other.test')).toBeUndefined()
  expect(leaf.checkIP('127.0.0.1')).toBe('127.0.0.1')
  expect(leaf.checkIP('::1')).toBeTruthy()
  expect(ca.publicKey.asymmetricKeyDetails).toMatchObject({ namedCurve: 'prime256v1' })
})

test('two authorities have different names', async () => {
  const [a, b] = await Promise.all([makeAuthority(now), makeAuthority(now)])
  expect(new X509Certificate(a.cert).subject).not.toBe(new X509Certificate(b.cert).subject)
})

test('a long server name is cut in the common name only', async () => {
  const long = `${'a'.repeat(60)}.${'b'.repeat(60)}.test`
  const server = await makeServerCertificate(await makeAuthority(now), [long], now)
  expect(new X509Certificate(server.cert).checkHost(long)).toBe(long)
})

test.skipIf(!openssl)(
  `openssl accepts the chain and sees the extensions${openssl ? '' : ' (openssl is not installed)'}`,
  async () => {
    const folder = await emptyFolder()
    const authority = await makeAuthority(now)
    const server = await makeServerCertificate(authority, ['localhost', '127.0.0.1'], now)
    await writeFile(join(folder, 'ca.pem'), authority.cert)
    await writeFile(join(folder, 'server.pem'), server.cert)
    const run = (...args: string[]) => {
      const result = spawnSync(openssl!, args, { cwd: folder, encoding: 'utf8' })
      return result.stdout + result.stderr
    }
    const verify = ['verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', 'ca.pem']
    expect(run(...verify, '-verify_hostname', 'localhost', 'server.pem')).toBe('server.pem: OK\n')
    expect(run(...verify, '-verify_ip', '127.0.0.1', 'server.pem')).toBe('server.pem: OK\n')
    expect(run(...verify, '-verify_hostname', 'other.test', 'server.pem')).toContain('mismatch')
    const ca = run('x509', '-in', 'ca.pem', '-noout', '-text')
    expect(ca).toMatch(/Basic Constraints: critical\s+CA:TRUE, pathlen:0/)
    expect(ca).toMatch(/Key Usage: critical\s+Certificate Sign, CRL Sign/)
    expect(ca).toMatch(/Subject Key Identifier/)
    const leaf = run('x509', '-in', 'server.pem', '-noout', '-text')
    expect(leaf).toMatch(/Extended Key Usage:\s+TLS Web Server Authentication/)
    expect(leaf).toMatch(/Authority Key Identifier/)
    const { validFrom, validTo } = new X509Certificate(server.cert)
    expect(Date.parse(validTo) - Date.parse(validFrom)).toBeLessThanOrEqual(825 * 86_400_000)
  },
)

test('a client certificate: an address is in subjectAltName too, a long name is never cut', async () => {
  const authority = await makeAuthority(now)
  const made = async (user: string, days?: number) =>
    new X509Certificate((await makeClientCertificate(authority, user, now, days)).cert)
  const mail = await made('ann@example.com')
  expect([mail.subject, mail.subjectAltName, mail.keyUsage]).toEqual([
    'CN=ann@example.com',
    'email:ann@example.com',
    ['1.3.6.1.5.5.7.3.2'],
  ])
  expect((await made('ann')).subjectAltName).toBeUndefined()
  const long = await made(`${'x'.repeat(70)}@example.com`)
  expect([long.subject, long.subjectAltName]).toEqual(['O=Relayscope', `email:${'x'.repeat(70)}@example.com`])
  expect(new Date((await made('ann', 99_999)).validTo)).toEqual(
    new Date(new X509Certificate(authority.cert).validTo),
  )
})

test.each([
  ['', /empty/], ['a\nb', /control/], ['a"b', /quotation/], ['x'.repeat(65), /64/], [`${'x'.repeat(260)}@a.test`, /254/],
])('%j is no user for a certificate', (user, words) => {
  expect(clientUserProblem(user)).toMatch(words)
  expect(clientUserProblem('Änne')).toBeNull()
}) // prettier-ignore
