/**
 * Owns: a real Postfix on loopback for the tests, whole in one temporary folder: STARTTLS, implicit TLS, submission
 * with AUTH after STARTTLS, submission over implicit TLS, AUTH in clear. It looks up no names and delivers nowhere but
 * into its own folder (`@box.test`) or to discard(8). User `user`, password `secret w0rd` (the space is on purpose).
 */
import { execFile, execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs' // prettier-ignore
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { makeCertificate } from './peers/certificate.ts'
import { freePorts } from './peers/ports.ts'
import { findProgram } from './system.ts'

const exec = promisify(execFile)
export const postfixUser = { user: 'user', password: 'secret w0rd' }

export interface Postfix {
  host: string
  ports: Record<'starttls' | 'implicit' | 'submission' | 'submissions' | 'clearAuth', number>
  /** PEM of the authority that signed its certificate. */
  ca: string
  caFile: string
  /** Exact bytes of the messages delivered to @box.test so far. */
  delivered(): Buffer[]
  log(): string
  stop(): Promise<void>
}

/** Why a Postfix cannot run here, or null. */
export function whyNoPostfix(): string | null {
  for (const program of ['postfix', 'saslpasswd2', 'openssl']) {
    if (findProgram(program) === null) return `${program} is not installed`
  }
  return process.getuid?.() === 0 ? null : 'Postfix must be started as root'
}

/** What is added to its configuration: lines of main.cf, services of master.cf. */
export interface PostfixMore {
  main?: string
  master?: string
}

export async function startPostfix({ main = '', master = '' }: PostfixMore = {}): Promise<Postfix> {
  const home = mkdtempSync(join(tmpdir(), 'relayscope-postfix-'))
  chmodSync(home, 0o755)
  const ports = await freePorts('starttls', 'implicit', 'submission', 'submissions', 'clearAuth')
  const folder = (name: string): string => join(home, name)
  for (const name of ['etc', 'etc/sasl', 'spool', 'data', 'mail', 'sasl', 'tls']) mkdirSync(folder(name))
  makeSpool(folder('spool'))
  makeCertificate(folder('tls'))
  writeFileSync(folder('etc/main.cf'), overridden(mainConfiguration(home), main))
  // Whatever of Postfix reads one written within the last second waits until it is older: each of its programs anew.
  utimesSync(folder('etc/main.cf'), minuteAgo(), minuteAgo())
  writeFileSync(folder('etc/master.cf'), masterConfiguration(ports) + master)
  writeFileSync(folder('etc/sasl/smtpd.conf'), saslConfiguration(home))
  execFileSync('chown', ['-R', 'postfix', folder('data'), folder('mail')])
  const sasl = ['-p', '-c', '-f', folder('sasl/sasldb2'), '-u', 'mx.peer.test', postfixUser.user]
  execFileSync('saslpasswd2', sasl, { input: `${postfixUser.password}\n` })
  execFileSync('chown', ['postfix', folder('sasl/sasldb2')])
  // Its daemons inherit open files: without /dev/null they would keep our pipes open for ever.
  execFileSync('postfix', ['-c', folder('etc'), 'start'], { stdio: 'ignore' })
  return {
    host: '127.0.0.1',
    ports,
    ca: readFileSync(folder('tls/ca.pem'), 'utf8'),
    caFile: folder('tls/ca.pem'),
    delivered: () => readMaildir(folder('mail/box/new')),
    log: () => readFileSync(folder('postfix.log'), 'utf8'),
    async stop() {
      await exec('postfix', ['-c', folder('etc'), 'stop'], { timeout: stopWithin }).catch(() => end(home))
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/**
 * Its queue, whole: `quick-start` tells Postfix so, which otherwise goes through every file of its installation with a shell
 * script at each start, for two seconds of processor time.
 */
function makeSpool(spool: string): void {
  const at = (names: readonly string[]): string[] => names.map((name) => join(spool, name))
  const queues = ['active', 'bounce', 'corrupt', 'defer', 'deferred', 'flush', 'hold', 'incoming', 'saved', 'trace'] // prettier-ignore
  for (const path of at([...queues, 'private'])) mkdirSync(path, { mode: 0o700 })
  for (const path of at(['pid', 'maildrop', 'public'])) mkdirSync(path)
  execFileSync('chown', ['postfix', ...at([...queues, 'private'])])
  execFileSync('chown', ['postfix:postdrop', ...at(['maildrop', 'public'])])
  chmodSync(join(spool, 'maildrop'), 0o730)
  chmodSync(join(spool, 'public'), 0o710)
  writeFileSync(join(spool, 'quick-start'), '')
}

/**
 * A setting in both is given once: each program warns of one that is there twice, the one that writes the log too, and that
 * waits for itself for ever when the others have filled its socket meanwhile.
 */
function overridden(main: string, more: string): string {
  const settings = new Set(more.split('\n').flatMap((line) => /^\w+(?= *=)/.exec(line)?.[0] ?? []))
  const kept = main.split('\n').filter((line) => !settings.has(/^\w+(?= *=)/.exec(line)?.[0] ?? ''))
  return kept.join('\n') + more
}

/** Milliseconds for an orderly end. */
const stopWithin = 20_000

/** One that does not end when it is asked to: its master leads a process group of its own. */
function end(home: string): void {
  try {
    const master = Number(readFileSync(join(home, 'spool/pid/master.pid'), 'utf8'))
    if (master > 1) process.kill(-master, 'SIGKILL')
  } catch {
    // It has ended.
  }
}

const minuteAgo = (): number => Date.now() / 1000 - 60

function mainConfiguration(home: string): string {
  const uid = execFileSync('id', ['-u', 'postfix'], { encoding: 'utf8' }).trim()
  const gid = execFileSync('id', ['-g', 'postfix'], { encoding: 'utf8' }).trim()
  const recipients =
    '{reject@x.test=550 5.1.1 no such user} {defer@x.test=451 4.7.1 greylisted} {full@x.test=452 4.2.2 over quota}'
  return `compatibility_level = 3.6
queue_directory = ${home}/spool
data_directory = ${home}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
meta_directory = /etc/postfix
shlib_directory = /usr/lib/postfix
mail_owner = postfix
setgid_group = postdrop
maillog_file = ${home}/postfix.log
maillog_file_prefixes = ${home}
myhostname = mx.peer.test
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks permit_sasl_authenticated reject
smtpd_recipient_restrictions = check_recipient_access inline:{ ${recipients} }
disable_dns_lookups = yes
default_transport = discard:
virtual_mailbox_domains = box.test
virtual_mailbox_base = ${home}/mail
virtual_mailbox_maps = static:box/
virtual_uid_maps = static:${uid}
virtual_gid_maps = static:${gid}
alias_maps =
smtpd_tls_security_level = may
smtpd_tls_chain_files = ${home}/tls/chain.pem
smtpd_tls_auth_only = yes
tls_random_source = dev:/dev/urandom
message_size_limit = 52428800
virtual_mailbox_limit = 0
mailbox_size_limit = 0
smtpd_client_connection_count_limit = 0
`
}

const service = (port: number, ...options: string[]): string => {
  const rest = options.map((option) => `  -o ${option}\n`).join('')
  return `127.0.0.1:${port} inet n - n - - smtpd\n${rest}`
}

function masterConfiguration(ports: Postfix['ports']): string {
  const auth = [
    'smtpd_sasl_auth_enable=yes',
    '{ smtpd_relay_restrictions = permit_sasl_authenticated reject }',
  ]
  const inner = [
    'tlsmgr unix - - n 1000? 1 tlsmgr',
    'postlog unix-dgram n - n - 1 postlogd',
    'pickup unix n - n 60 1 pickup',
  ]
  inner.push(
    'cleanup unix n - n - 0 cleanup',
    'qmgr unix n - n 300 1 qmgr',
    'rewrite unix - - n - - trivial-rewrite',
  )
  inner.push('virtual unix - n n - - virtual', 'anvil unix - - n - 1 anvil', 'showq unix n - n - - showq')
  for (const name of ['bounce', 'defer', 'trace']) inner.push(`${name} unix - - n - 0 bounce`)
  for (const name of ['smtp', 'error', 'discard', 'proxymap']) inner.push(`${name} unix - - n - - ${name}`)
  inner.push('retry unix - - n - - error', 'flush unix n - n 1000? 0 flush', 'scache unix - - n - 1 scache')
  return [
    service(ports.starttls),
    service(ports.implicit, 'smtpd_tls_wrappermode=yes'),
    service(ports.submission, 'smtpd_tls_security_level=encrypt', ...auth),
    service(ports.submissions, 'smtpd_tls_wrappermode=yes', ...auth),
    service(ports.clearAuth, 'smtpd_tls_auth_only=no', ...auth),
    `${inner.join('\n')}\n`,
  ].join('')
}

/** Debian's Postfix reads this from its own configuration folder and ignores cyrus_sasl_config_path. */
const saslConfiguration = (home: string): string => `pwcheck_method: auxprop
auxprop_plugin: sasldb
sasldb_path: ${home}/sasl/sasldb2
mech_list: PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256
`

function readMaildir(folder: string): Buffer[] {
  try {
    return readdirSync(folder).map((name) => readFileSync(join(folder, name)))
  } catch {
    return []
  }
}
