/**
 * Real client programs sign in at the local server by every mechanism that they have, in clear, by STARTTLS and over implicit
 * TLS; the dialogue says which one it was and holds no secret. What they deliver octet by octet is in clients.test.ts.
 */
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createTransport } from 'nodemailer'
import { describe, expect, test } from 'vitest'
import { findProgram } from '#test/support/system.ts'
import { emptyFolder } from '#test/support/server/place.ts'
import { ended, eventsOf, newestMessage, runServer, session } from '#test/support/server/run.ts'

const run = promisify(execFile)
const [user, password, token] = ['user', 'secret w0rd', 'bearer.token-0123456789']
const mail = 'From: a@a.test\r\nTo: b@b.test\r\nSubject: signed in\r\n\r\nhello\r\n'
const ways = ['plain', 'starttls', 'implicit'] as const
type Way = (typeof ways)[number]

interface Visit {
  way: Way
  port: number
  mechanism: string
  caFile: string
  /** Holds `mail`. */
  file: string
  /** Files of the client's own certificate. */
  certificate: string
  key: string
}

const isToken = (mechanism: string): boolean => mechanism === 'XOAUTH2' || mechanism === 'OAUTHBEARER'
const where = (port: number): string[] => ['--server', 'localhost', '--port', String(port), '-f', 'a@a.test', '-t', 'b@b.test'] // prettier-ignore

async function swaks({ way, port, mechanism, caFile, file }: Visit): Promise<void> {
  const tls = { plain: [], starttls: ['--tls'], implicit: ['--tls-on-connect'] }[way]
  const verify = way === 'plain' ? [] : ['--tls-verify', '--tls-ca-path', caFile]
  const login = ['--auth', mechanism, '--auth-user', user, '--auth-password', password]
  await run('swaks', [...where(port), ...tls, ...verify, ...login, '--data', `@${file}`])
}

async function curl({ way, port, mechanism, caFile, file, certificate, key }: Visit): Promise<void> {
  const url = `${way === 'implicit' ? 'smtps' : 'smtp'}://localhost:${port}/me.test`
  const tls = way === 'plain' ? [] : ['--cacert', caFile, ...(way === 'starttls' ? ['--ssl-reqd'] : [])]
  const secret = isToken(mechanism) ? ['--user', user, '--oauth2-bearer', token] : ['--user', `${user}:${password}`]
  const shown = ['--user', `${user}:`, '--cert', certificate, '--key', key]
  const login = [...(mechanism === 'EXTERNAL' ? shown : secret), '--login-options', `AUTH=${mechanism}`]
  const envelope = ['--mail-from', 'a@a.test', '--mail-rcpt', 'b@b.test', '-T', file]
  await run('curl', ['-sS', '--noproxy', '*', url, ...tls, ...login, ...envelope])
} // prettier-ignore

const script = `
import smtplib, ssl, sys
way, port, mechanism, ca, file = sys.argv[1:]
context = ssl.create_default_context(cafile=ca)
client = smtplib.SMTP_SSL('localhost', int(port), context=context) if way == 'implicit' else smtplib.SMTP('localhost', int(port))
if way == 'starttls': client.starttls(context=context)
client.ehlo()
client.user, client.password = '${user}', '${password}'
client.auth(mechanism, getattr(client, 'auth_' + mechanism.lower().replace('-', '_')))
client.sendmail('a@a.test', ['b@b.test'], open(file, 'rb').read())
client.quit()
`

async function smtplib({ way, port, mechanism, caFile, file }: Visit): Promise<void> {
  await run('python3', ['-c', script, way, String(port), mechanism, caFile, file])
}

async function nodemailer({ way, port, mechanism, caFile }: Visit): Promise<void> {
  const tls = { secure: way === 'implicit', requireTLS: way === 'starttls', ignoreTLS: way === 'plain' }
  const auth = isToken(mechanism)
    ? { auth: { type: 'OAuth2' as const, user, accessToken: token } }
    : { authMethod: mechanism, auth: { user, pass: password } }
  const transport = createTransport({ host: 'localhost', port, ...tls, tls: { ca: await readFile(caFile) }, ...auth }) // prettier-ignore
  try {
    await transport.sendMail({ envelope: { from: 'a@a.test', to: ['b@b.test'] }, raw: mail })
  } finally {
    transport.close()
  }
}

async function msmtp({ way, port, mechanism, caFile, file, certificate, key }: Visit): Promise<void> {
  const lines = [
    'account default', 'host localhost', `port ${port}`, 'from a@a.test', `auth ${mechanism.toLowerCase()}`, `user ${user}`,
    ...(mechanism === 'EXTERNAL' ? [`tls_cert_file ${certificate}`, `tls_key_file ${key}`] : [`password "${isToken(mechanism) ? token : password}"`]),
    `tls ${way === 'plain' ? 'off' : 'on'}`, `tls_starttls ${way === 'starttls' ? 'on' : 'off'}`,
    ...(way === 'plain' ? [] : [`tls_trust_file ${caFile}`]),
  ] // prettier-ignore
  const config = `${file}.msmtprc`
  await writeFile(config, `${lines.join('\n')}\n`, { mode: 0o600 })
  await run('sh', ['-c', 'exec msmtp -C "$0" b@b.test < "$1"', config, file])
}

const old = ['PLAIN', 'LOGIN', 'CRAM-MD5']
const clients = [
  ['swaks', swaks, 'swaks', old],
  ['curl', curl, 'curl', [...old, 'XOAUTH2', 'OAUTHBEARER', 'EXTERNAL']],
  ["Python's smtplib", smtplib, 'python3', old],
  ['nodemailer', nodemailer, 'node', [...old, 'XOAUTH2']],
  ['msmtp', msmtp, 'msmtp', [...old, 'SCRAM-SHA-1', 'SCRAM-SHA-256', 'XOAUTH2', 'OAUTHBEARER', 'EXTERNAL']],
] as const

/** The mechanism in the one AUTH command, and that no secret stands anywhere. */
async function signedIn(running: Awaited<ReturnType<typeof runServer>>, way: Way, mechanism: string): Promise<void> {
  const kept = await newestMessage(running)
  expect(kept).toMatchObject({ sealed: way !== 'plain', user })
  const { id } = await session(running, (one) => ended(one) && one.messages.includes(kept.id))
  const dialogue = await eventsOf(running, id)
  const auth = dialogue.flatMap((event) => (event.kind === 'line' && event.verb === 'AUTH' ? [event.raw] : []))
  expect(auth.map((line) => /^AUTH ([^\s]+)/i.exec(line)?.[1]?.toUpperCase())).toEqual([mechanism])
  const text = JSON.stringify(dialogue)
  for (const secret of [password, token]) {
    expect(text).not.toContain(secret)
    expect(text).not.toContain(Buffer.from(secret).toString('base64').slice(0, 12))
  }
} // prettier-ignore

describe.each(clients)('%s', (_, deliver, program, mechanisms) => {
  const missing = program !== 'node' && findProgram(program) === null
  const why = missing ? ` (${program} is not installed)` : ''
  test.skipIf(missing).each(mechanisms)(`signs in by %s${why}`, async (mechanism) => {
    const running = await runServer({
      listeners: ways.map((tls) => ({
        port: 0,
        tls,
        auth: 'required' as const,
        // With a bearer token curl 7 takes OAUTHBEARER wherever it is offered, whatever it was asked for.
        ...(mechanism === 'XOAUTH2' ? { mechanisms: ['xoauth2' as const] } : {}),
        clientCertificate:
          mechanism === 'EXTERNAL' && tls !== 'plain' ? ('asked' as const) : ('off' as const),
      })),
      users: [{ user, password }],
      tokens: [{ user, token }],
    })
    const folder = await emptyFolder()
    const [file, certificate, key] = ['mail', 'client.pem', 'client.key'].map((name) => join(folder, name))
    await writeFile(file!, mail)
    if (mechanism === 'EXTERNAL') {
      const { made } = await running.server.issueClientCertificate({ user })
      await writeFile(certificate!, made!.certificate)
      await writeFile(key!, made!.key)
    }
    const { caFile, ports } = running
    for (const [i, way] of ways.entries()) {
      // A certificate is shown in TLS only.
      if (mechanism === 'EXTERNAL' && way === 'plain') continue
      await deliver({
        way,
        port: ports[i]!,
        mechanism,
        caFile,
        file: file!,
        certificate: certificate!,
        key: key!,
      })
      await signedIn(running, way, mechanism)
    }
  })
})
