/**
 * Codes about TLS and certificates triggered through real sockets, each by a server with one fault and by nothing made up:
 * the certificates are made by openssl, the engine itself probes and judges.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TlsOptions } from 'node:tls'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import type { FindingCode } from '#shared/diagnosis/codes.ts'
import { mail } from '../support/dialogue/scriptedServer.ts'
import { codesOf, probe, servers } from '../support/probe.ts'
import { findProgram } from '../support/system.ts'
import { alert } from '../support/tls/scriptedTls.ts'

const scripted = servers()
afterEach(() => scripted.close())

const folder = mkdtempSync(join(tmpdir(), 'relayscope-vocabulary-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const noOpenssl = findProgram('openssl') === null ? 'openssl is not installed' : null

interface Issue {
  name?: string
  key?: string[]
  days?: number
  digest?: string
  extensions?: string
  by?: Authority | undefined
}
interface Authority {
  cert: string
  key: string
}
let made = 0

const openssl = (...args: string[]): void =>
  void execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' })
const elliptic = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256']

/** Files of an authority, or of one below another. */
function authority(by?: Authority): Authority {
  return issue({ by, extensions: 'basicConstraints=critical,CA:TRUE\n', name: `/CN=Authority ${made}` })
}

function issue({
  key = elliptic,
  days = 60,
  digest = 'sha256',
  extensions,
  by,
  name = '/CN=localhost',
}: Issue): Authority {
  const stem = String(++made)
  const [cert, secret] = [`${stem}.pem`, `${stem}.key`]
  writeFileSync(
    join(folder, 'ext'),
    extensions ?? 'subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth\n',
  )
  openssl('req', '-newkey', ...key, '-nodes', '-keyout', secret, '-out', 'request', '-subj', name)
  const sign = by ? ['-CA', by.cert, '-CAkey', by.key, '-CAcreateserial'] : ['-signkey', secret]
  openssl(
    'x509',
    '-req',
    '-in',
    'request',
    ...sign,
    `-${digest}`,
    '-days',
    String(days),
    '-extfile',
    'ext',
    '-out',
    cert,
  )
  return { cert, key: secret }
}

const read = (file: string): string => readFileSync(join(folder, file), 'utf8')

/** Codes that a probe finds at a port with implicit TLS and this certificate. */
async function certified(
  own: Authority,
  chain: string,
  ca?: Authority,
  more: TlsOptions = {},
): Promise<string[]> {
  const options = { cert: chain, key: read(own.key), ciphers: 'DEFAULT@SECLEVEL=0', ...more }
  const { port } = await scripted.serve(mail(), options)
  const trust = ca ? { ca: read(ca.cert) } : {}
  const { results } = await probe({ ports: [{ port, mode: 'implicit' }], timeout: 5000, ...trust })
  return results[0]!.findings.map(({ code }) => code)
}

const certificates: Partial<Record<FindingCode, (root: Authority) => Promise<string[]>>> = {
  'certificate-untrusted-root': (root) => {
    const own = issue({ by: root })
    return certified(own, read(own.cert) + read(root.cert))
  },
  'certificate-chain-incomplete': (root) => {
    const own = issue({ by: authority(root) })
    return certified(own, read(own.cert), root)
  },
  'certificate-weak-key': (root) => {
    const own = issue({ by: root, key: ['rsa:1024'] })
    return certified(own, read(own.cert), root)
  },
  'certificate-weak-signature': (root) => {
    const own = issue({ by: root, digest: 'sha1' })
    return certified(own, read(own.cert), root)
  },
  'certificate-expires-soon': (root) => {
    const own = issue({ by: root, days: 3 })
    return certified(own, read(own.cert), root)
  },
  'certificate-purpose': (root) => {
    const own = issue({ by: root, extensions: 'subjectAltName=IP:127.0.0.1\nextendedKeyUsage=clientAuth\n' })
    return certified(own, read(own.cert), root)
  },
}

const tlsLimits: Partial<Record<FindingCode, TlsOptions>> = {
  'tls-no-common-version': { maxVersion: 'TLSv1.1', minVersion: 'TLSv1' },
}

describe('a server with other TLS', () => {
  for (const [code, limits] of Object.entries(tlsLimits))
    test(code, async ({ skip }) => {
      skip(noOpenssl !== null, noOpenssl ?? '')
      const own = issue({})
      expect(await certified(own, read(own.cert), undefined, limits)).toContain(code)
    })

  test('tls-old-version-only', async ({ skip }) => {
    skip(noOpenssl !== null, noOpenssl ?? '')
    const own = issue({})
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const
    const { port } = await scripted.serve(mail(), { cert: read(own.cert), key: read(own.key), ...old })
    const ports = [{ port, mode: 'implicit' as const }]
    const report = await probe({ ports, tlsScan: true })
    expect([...codesOf(report), ...codesOf(report.results[0])]).toContain('tls-old-version-only')
  })
})

/** What a server's TLS says instead of a handshake (RFC 8446 §6.2); an OpenSSL server says only `handshake_failure`. */
const alerts: Partial<Record<FindingCode, number>> = {
  'tls-no-common-cipher': 71,
  'tls-sni-required': 112,
}

describe('an alert that names its cause', () => {
  for (const [code, description] of Object.entries(alerts))
    test(code, async () => {
      const { port } = await scripted.serve((socket) => {
        socket.on('data', () => socket.end(alert(description)))
      })
      const { results } = await probe({ ports: [{ port, mode: 'implicit' }] })
      expect(codesOf(results[0])).toContain(code)
    })
})

describe('a certificate with one fault', () => {
  for (const [code, act] of Object.entries(certificates))
    test(code, async ({ skip }) => {
      skip(noOpenssl !== null, noOpenssl ?? '')
      expect(await act(authority())).toContain(code)
    })
})
