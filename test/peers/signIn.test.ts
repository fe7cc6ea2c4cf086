/**
 * Sign-in by SCRAM, bearer token and client certificate against a real `serve` process: by other programs, and by our
 * own `send`. PLAIN, LOGIN and CRAM-MD5 are in clients.test.ts, a real server for our client in postfix.test.ts.
 */
import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { runCli, type Serve, startServe } from '../support/cli.ts'
import { clientCertificate } from '../support/dialogue/certificates.ts'
import { findProgram } from '../support/system.ts'
import { findSecret } from '../support/wire.ts'

const exec = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'relayscope-sign-in-'))
const data = join(folder, 'data')
const ca = join(data, 'certs/ca.pem')
const user = 'user@x.test'
const password = 'secret-w0rd'
const token = 'ya29.good-token_for~this+test/only=='
const old = 'ya29.token-of-yesterday'
let serve: Serve
const file = (name: string): string => join(folder, name)
const letter = file('letter.eml')

beforeAll(async () => {
  const { ca: authority, pair } = await clientCertificate(user, 'User')
  for (const [name, text] of [
    ['client-ca.pem', authority],
    ['client.pem', pair.cert],
    ['client.key', pair.key],
    ['letter.eml', 'From: a@x.test\nTo: b@x.test\nSubject: hello\n\nhello\n'],
    // curl sends the octets as they are.
    ['wire.eml', 'From: a@x.test\r\nTo: b@x.test\r\nSubject: hello\r\n\r\nhello\r\n'],
    ['tokens', `${user}:${token}\n${user}:${old} 2020-01-01T00:00:00Z\n`],
  ] as const)
    writeFileSync(file(name), text)
  chmodSync(file('client.key'), 0o600)
  serve = await startServe(data, ['127.0.0.1:0:plain', '127.0.0.1:0:starttls', '127.0.0.1:0:implicit'], [
    '--auth', `${user}:${password}`, '--token-file', file('tokens'), '--require-auth',
    '--client-certificate', 'asked', '--client-ca', file('client-ca.pem'),
  ]) // prettier-ignore
})
afterAll(async () => {
  await serve.cli.stop()
  rmSync(folder, { recursive: true })
})

const ports = () => ({ plain: serve.ports[0]!, starttls: serve.ports[1]!, implicit: serve.ports[2]! })
type Way = 'starttls' | 'implicit'
const ways = ['starttls', 'implicit'] as const

describe.each(ways)('msmtp over %s signs in by', (way) => {
  const program = findProgram('msmtp')
  test.for([
    ['scram-sha-1', password],
    ['scram-sha-256', password],
    ['oauthbearer', token],
    ['xoauth2', token],
    ['external', ''],
  ] as const)('%s', async ([mechanism, secret], { skip }) => {
    skip(program === null, 'msmtp is not installed')
    const { stdout } = await exec('msmtp', ['--version'])
    skip(!stdout.includes(` ${mechanism} `), `this msmtp has no ${mechanism}`)
    const args = ['--host=localhost', `--port=${ports()[way]}`, '--from=a@x.test', `--auth=${mechanism}`]
    args.push('--tls=on', `--tls-starttls=${way === 'starttls' ? 'on' : 'off'}`, `--tls-trust-file=${ca}`)
    if (mechanism === 'external')
      args.push(
        `--tls-cert-file=${file('client.pem')}`,
        `--tls-key-file=${file('client.key')}`,
        `--user=${user}`,
      )
    else args.push(`--user=${user}`, `--passwordeval=printf %s '${secret}'`)
    await exec('sh', ['-c', `msmtp "$@" < '${letter}'`, 'msmtp', '--file=/dev/null', ...args, 'b@x.test'])
  })
})

describe.each(ways)('curl over %s signs in by', (way) => {
  test.for(['XOAUTH2', 'OAUTHBEARER'])('%s', async (mechanism, { skip }) => {
    skip(findProgram('curl') === null, 'curl is not installed')
    const url = `${way === 'implicit' ? 'smtps' : 'smtp'}://localhost:${ports()[way]}`
    const args = ['-sS', url, '--ssl-reqd', '--cacert', ca, '-T', file('wire.eml'), '--mail-from', 'a@x.test', '--mail-rcpt', 'b@x.test'] // prettier-ignore
    const sign = ['-u', `${user}:`, '--oauth2-bearer', token, '--login-options', `AUTH=${mechanism}`]
    await exec('curl', [...args, ...sign])
    const refused = exec('curl', [...args, '-u', `${user}:`, '--oauth2-bearer', old, '--login-options', `AUTH=${mechanism}`]) // prettier-ignore
    await expect(refused).rejects.toMatchObject({ code: 67 })
  })
})

test.each(ways)('nodemailer signs in by XOAUTH2 over %s', async (way) => {
  const make = (accessToken: string) =>
    createTransport({
      host: 'localhost',
      port: ports()[way],
      secure: way === 'implicit',
      requireTLS: way === 'starttls',
      tls: { rejectUnauthorized: false },
      auth: { type: 'OAuth2', user, accessToken },
    })
  const mail = { from: 'a@x.test', to: 'b@x.test', subject: 'hello', text: 'hello' }
  await expect(make(token).sendMail(mail)).resolves.toMatchObject({ accepted: ['b@x.test'] })
  await expect(make(old).sendMail(mail)).rejects.toMatchObject({ responseCode: 535 })
})

const script = `
import smtplib, ssl, sys
port, user, token, ca = sys.argv[1:5]
client = smtplib.SMTP_SSL('localhost', int(port), context=ssl.create_default_context(cafile=ca))
client.ehlo()
message = 'user=%s\\x01auth=Bearer %s\\x01\\x01' % (user, token)
client.auth('XOAUTH2', lambda challenge=None: message if not challenge else '', initial_response_ok=True)
client.sendmail('a@x.test', ['b@x.test'], 'Subject: hello\\r\\n\\r\\nhello\\r\\n')
client.quit()
`
test('Python’s smtplib signs in by XOAUTH2', async ({ skip }) => {
  skip(findProgram('python3') === null, 'python3 is not installed')
  await exec('/usr/bin/python3', ['-c', script, String(ports().implicit), user, token, ca])
})

const Answer = z.object({
  outcome: z.string(),
  findings: z.array(z.object({ code: z.string(), message: z.string() })),
  transcript: z.array(
    z.looseObject({ kind: z.string(), raw: z.string().optional(), verb: z.string().optional() }),
  ),
})

async function send(way: Way, mechanism: string, secret: string, ...more: string[]) {
  const args = ['send', '--host', 'localhost', '--port', String(ports()[way]), '--ca', ca, '--json']
  args.push(
    '--tls',
    way,
    '--from',
    'a@x.test',
    '--to',
    'b@x.test',
    '--auth',
    mechanism,
    '--user',
    user,
    ...more,
  )
  const run = await runCli([...args, '--password-env', 'SECRET'], { SECRET: secret })
  if (secret !== '') expect(findSecret(run.out + run.err, secret)).toBeNull()
  const answer = Answer.parse(JSON.parse(run.out))
  const line = answer.transcript.find(({ kind, verb }) => kind === 'line' && verb === 'AUTH')
  return { ...answer, said: line?.raw ?? '', codes: answer.findings.map(({ code }) => code) }
}

describe('our own send', () => {
  test.each([
    ['auto', password, 'SCRAM-SHA-256-PLUS'],
    ['scram-sha-1-plus', password, 'SCRAM-SHA-1-PLUS'],
    ['scram-sha-1', password, 'SCRAM-SHA-1'],
    ['xoauth2', token, 'XOAUTH2'],
    ['oauthbearer', token, 'OAUTHBEARER'],
  ])('%s', async (mechanism, secret, named) => {
    const { outcome, said } = await send('starttls', mechanism, secret)
    expect([outcome, said]).toEqual(['accepted', `AUTH ${named} ********\r\n`])
  })

  test('the first response after a challenge', async () => {
    const { outcome, said } = await send('implicit', 'scram-sha-256', password, '--initial-response', 'off')
    expect([outcome, said]).toEqual(['accepted', 'AUTH SCRAM-SHA-256\r\n'])
  })

  test('EXTERNAL by a client certificate', async () => {
    const certificate = ['--client-cert', file('client.pem'), '--client-key', file('client.key')]
    expect(await send('implicit', 'external', '', ...certificate)).toMatchObject({ outcome: 'accepted' })
  })

  test('a token that has expired is its own finding, with the server’s words', async () => {
    for (const mechanism of ['xoauth2', 'oauthbearer']) {
      const { outcome, codes, findings } = await send('implicit', mechanism, old)
      expect([outcome, codes.filter((code) => code.startsWith('auth-'))]).toEqual(['rejected', ['auth-token-rejected']]) // prettier-ignore
      expect(findings.find(({ code }) => code === 'auth-token-rejected')?.message).toMatch(
        /token has expired/,
      )
    }
  })

  test('a wrong password is another', async () => {
    const { codes } = await send('implicit', 'scram-sha-256', 'not-the-one')
    expect(codes).toContain('auth-rejected')
  })
})
