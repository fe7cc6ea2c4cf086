/** Owns: the certificate of a real mail server under test, for mx.peer.test and loopback, below an authority of its own. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** `ca.pem`, `server.key`, `server.pem`, and all three but the authority's key in `chain.pem`; for 30 days. */
export function makeCertificate(folder: string): void {
  const openssl = (...args: string[]): Buffer => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  openssl(
    'req',
    '-x509',
    ...curve,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-days',
    '30',
    '-subj',
    '/CN=Test CA',
  )
  openssl('req', ...curve, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=mx.peer.test')
  const names = 'DNS:mx.peer.test,DNS:localhost,IP:127.0.0.1,IP:::1'
  writeFileSync(
    join(folder, 'ext'),
    `subjectAltName=${names}\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n`,
  )
  const sign = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '30', '-extfile', 'ext']
  openssl('x509', '-req', '-in', 'server.csr', ...sign, '-out', 'server.pem')
  const chain = ['server.key', 'server.pem', 'ca.pem']
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('')
  writeFileSync(join(folder, 'chain.pem'), chain)
}
