/**
 * Owns: a real Dovecot submission server on loopback for the tests, whole in one temporary folder: STARTTLS and implicit
 * TLS, one user. It has no server to hand mail on to: tests stop after AUTH. Its certificate is the caller's.
 */
import { execFile, execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { trusted } from './dialogue/certificates.ts'
import { findProgram } from './system.ts'

const exec = promisify(execFile)
export const dovecotUser = { user: 'user', password: 'secret w0rd' }

export interface Dovecot {
  ports: { starttls: number; implicit: number }
  caFile: string
  log(): string
  stop(): Promise<void>
}

/** Why a Dovecot cannot run here, or null. */
export function whyNoDovecot(): string | null {
  for (const program of ['dovecot', 'doveadm'])
    if (findProgram(program) === null) return `${program} is not installed`
  return process.getuid?.() === 0 ? null : 'Dovecot must be started as root'
}

export async function startDovecot(): Promise<Dovecot> {
  const home = mkdtempSync(join(tmpdir(), 'relayscope-dovecot-'))
  chmodSync(home, 0o755)
  const at = (name: string): string => join(home, name)
  for (const name of ['run', 'state', 'mail']) mkdirSync(at(name))
  const { ca, pair } = await trusted()
  writeFileSync(at('ca.pem'), ca)
  writeFileSync(at('server.pem'), pair.cert)
  writeFileSync(at('server.key'), pair.key, { mode: 0o600 })
  // One password in clear serves every mechanism.
  writeFileSync(at('passwd'), `${dovecotUser.user}:{PLAIN}${dovecotUser.password}::::::\n`)
  const ports = { starttls: await freePort(), implicit: await freePort() }
  writeFileSync(at('dovecot.conf'), configuration(home, ports))
  execFileSync('chown', ['-R', 'dovecot', at('mail')])
  execFileSync('dovecot', ['-c', at('dovecot.conf')], { stdio: 'ignore' })
  return {
    ports,
    caFile: at('ca.pem'),
    log: () => readFileSync(at('dovecot.log'), 'utf8'),
    async stop() {
      await exec('doveadm', ['-c', at('dovecot.conf'), 'stop']).catch(() => undefined)
      rmSync(home, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server: Server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise((done) => server.close(done))
  if (address === null || typeof address === 'string') throw new Error('not listening on TCP')
  return address.port
}

const configuration = (home: string, ports: Dovecot['ports']): string => `base_dir = ${home}/run
state_dir = ${home}/state
log_path = ${home}/dovecot.log
protocols = submission
listen = 127.0.0.1
default_internal_user = dovecot
default_login_user = dovenull
ssl = yes
ssl_cert = <${home}/server.pem
ssl_key = <${home}/server.key
disable_plaintext_auth = yes
auth_mechanisms = plain login cram-md5 scram-sha-1 scram-sha-256
auth_failure_delay = 0
passdb {
  driver = passwd-file
  args = username_format=%u ${home}/passwd
}
userdb {
  driver = static
  args = uid=dovecot gid=dovecot home=${home}/mail/%u
}
first_valid_uid = 1
mail_location = maildir:${home}/mail/%u
hostname = dovecot.peer.test
submission_relay_host = 127.0.0.1
submission_relay_port = 9
# Who was refused once waits longer for each next answer otherwise, up to 15 seconds.
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service submission-login {
  inet_listener submission {
    port = ${ports.starttls}
  }
  inet_listener submissions {
    port = ${ports.implicit}
    ssl = yes
  }
}
`
