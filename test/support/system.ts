/**
 * Owns: what the tests need from the machine beyond npm: a browser and real mail programs. On Debian as root they are
 * installed; elsewhere their tests are skipped with the reason. RELAYSCOPE_NO_INSTALL=1 leaves the machine as it is.
 */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Program -> Debian packages that bring it and what it needs. */
const wanted: Record<string, string[]> = {
  chromium: ['chromium'],
  Xvfb: ['xvfb'],
  postfix: ['postfix', 'libsasl2-modules'],
  saslpasswd2: ['sasl2-bin'],
  dovecot: ['dovecot-core', 'dovecot-submissiond'],
  msmtp: ['msmtp'],
  swaks: [
    'swaks',
    'libnet-ssleay-perl',
    'libio-socket-ssl-perl',
    'libauthen-sasl-perl',
    'libdigest-hmac-perl',
    'libnet-dns-perl',
  ],
  curl: ['curl'],
  openssl: ['openssl'],
  nc: ['netcat-openbsd'],
  python3: ['python3'],
  ip: ['iproute2'],
  nft: ['nftables'],
  tshark: ['tshark'],
  named: ['bind9'],
  unbound: ['unbound'],
  dig: ['bind9-dnsutils'],
  sslscan: ['sslscan'],
  testssl: ['testssl.sh', 'bsdextrautils', 'procps', 'bind9-dnsutils'],
}

/** Absolute path of a program, or null. Looks in PATH and in the folders where Debian keeps system programs. */
export function findProgram(name: string): string | null {
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    '/usr/sbin',
    '/sbin',
    '/usr/bin',
    '/usr/local/bin',
  ]
  for (const folder of folders) {
    const path = join(folder, name)
    try {
      accessSync(path, constants.X_OK)
      return path
    } catch {
      continue
    }
  }
  return null
}

/** Installs what is missing where it may; answers with one line per thing done or left out. */
export function prepareSystem(say: (line: string) => void): void {
  const missing = Object.keys(wanted).filter((name) => findProgram(name) === null)
  if (missing.length === 0) return say('system: everything the tests use is here')
  const why = whyNotInstall()
  if (why !== null)
    return say(`system: ${missing.join(', ')} not installed (${why}); their tests are skipped`)
  const packages = missing.flatMap((name) => wanted[name] ?? [])
  say(`system: installing ${packages.join(' ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  // Postfix asks what it should be; "No configuration" keeps it from starting or sending anything.
  spawnSync('debconf-set-selections', {
    input: 'postfix postfix/main_mailer_type select No configuration\n',
    env,
  })
  spawnSync('apt-get', ['update'], { env, timeout: 180_000, stdio: 'ignore' })
  const args = ['install', '-y', '--no-install-recommends', ...packages]
  const done = spawnSync('apt-get', args, { env, timeout: 600_000, encoding: 'utf8' })
  if (done.status === 0) return say('system: installed')
  say(`system: apt-get could not install them (${lastLine(done.stderr ?? '')}); their tests are skipped`)
}

export function whyNotInstall(): string | null {
  if (process.env['RELAYSCOPE_NO_INSTALL'] === '1') return 'RELAYSCOPE_NO_INSTALL is set'
  if (!existsSync('/etc/debian_version')) return 'this is not Debian'
  if (process.getuid?.() !== 0) return 'not root'
  if (findProgram('apt-get') === null) return 'apt-get is missing'
  return null
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? ''
