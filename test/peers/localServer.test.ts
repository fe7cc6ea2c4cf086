/**
 * Real client programs deliver to the local server in clear, with STARTTLS, with implicit TLS and with AUTH; what is in
 * the Inbox is compared with what they were given, octet for octet.
 */
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createTransport } from 'nodemailer'
import { describe, expect, test } from 'vitest'
import { toByteString } from '#shared/bytes/bytes.ts'
import { findProgram } from '#test/support/system.ts'
import { emptyFolder } from '#test/support/server/place.ts'
import { ended, newestMessage, runServer, session, shortOf, type Running } from '#test/support/server/run.ts'

const user = 'user'
const password = 'secret w0rd'
const run = promisify(execFile)

/** Dots at line starts, 8-bit, a long line: what transports get wrong. */
const message = [
  'From: a@a.test', 'To: b@b.test', 'Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=', 'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '',
  '.', '..', '.leading', 'schön €', 'x'.repeat(998), '', 'end.', '',
].join('\r\n') // prettier-ignore
const bytes = Buffer.from(message)

const listeners = (['plain', 'starttls', 'implicit'] as const).map((tls) => ({
  port: 0,
  tls,
  auth: 'optional' as const,
}))
const start = () => runServer({ listeners, users: [{ user, password }] })

type Way = 'plain' | 'starttls' | 'implicit'
const ways: Way[] = ['plain', 'starttls', 'implicit']
const portOf = (running: Running, way: Way) => running.ports[ways.indexOf(way)]!

/** A client program: how it delivers `file`. */
interface Client {
  program: string
  deliver(to: { port: number; way: Way; auth: boolean; file: string; caFile: string }): Promise<void>
}

const swaks: Client = {
  program: 'swaks',
  async deliver({ port, way, auth, file, caFile }) {
    // swaks ends what it is given with a line end of its own.
    const text = await readFile(file)
    await writeFile(file, text.subarray(0, text.length - 2))
    const tls = { plain: [], starttls: ['--tls'], implicit: ['--tls-on-connect'] }[way]
    const verify = way === 'plain' ? [] : ['--tls-verify', '--tls-ca-path', caFile]
    const login = auth ? ['--auth', 'CRAM-MD5', '--auth-user', user, '--auth-password', password] : []
    const where = ['--server', 'localhost', '--port', String(port), '--from', 'a@a.test', '--to', 'b@b.test']
    await run('swaks', [...where, ...tls, ...verify, ...login, '--data', `@${file}`, '--suppress-data'])
  },
}

const curl: Client = {
  program: 'curl',
  async deliver({ port, way, auth, file, caFile }) {
    const url = `${way === 'implicit' ? 'smtps' : 'smtp'}://localhost:${port}/me.test`
    const tls = way === 'plain' ? [] : ['--cacert', caFile, ...(way === 'starttls' ? ['--ssl-reqd'] : [])]
    const login = auth ? ['--user', `${user}:${password}`] : []
    const mail = ['--mail-from', 'a@a.test', '--mail-rcpt', 'b@b.test', '--upload-file', file]
    await run('curl', ['-sS', '--noproxy', '*', url, ...tls, ...login, ...mail])
  },
}

const script = `
import smtplib, ssl, sys
port, way, auth, file, ca, user, password = sys.argv[1:]
context = ssl.create_default_context(cafile=ca)
client = smtplib.SMTP_SSL('localhost', int(port), context=context) if way == 'implicit' else smtplib.SMTP('localhost', int(port))
if way == 'starttls': client.starttls(context=context)
if auth == 'yes': client.login(user, password)
client.sendmail('a@a.test', ['b@b.test'], open(file, 'rb').read(), mail_options=['BODY=8BITMIME'])
client.quit()
`
const smtplib: Client = {
  program: 'python3',
  async deliver({ port, way, auth, file, caFile }) {
    await run('python3', ['-c', script, String(port), way, auth ? 'yes' : 'no', file, caFile, user, password])
  },
}

const nodemailer: Client = {
  program: 'node',
  async deliver({ port, way, auth, file, caFile }) {
    const transport = createTransport({
      host: 'localhost',
      port,
      secure: way === 'implicit',
      requireTLS: way === 'starttls',
      ignoreTLS: way === 'plain',
      tls: { ca: await readFile(caFile) },
      ...(auth ? { auth: { user, pass: password } } : {}),
    })
    await transport.sendMail({ envelope: { from: 'a@a.test', to: ['b@b.test'] }, raw: await readFile(file) })
    transport.close()
  },
}

describe.each([
  ['swaks', swaks],
  ['curl', curl],
  ["Python's smtplib", smtplib],
  ['nodemailer', nodemailer],
])('%s', (_name, client) => {
  const missing = client.program !== 'node' && findProgram(client.program) === null
  const why = missing ? ` (${client.program} is not installed)` : ''
  for (const way of ways)
    for (const auth of [false, true])
      test.skipIf(missing)(`${way}${auth ? ' with AUTH' : ''}${why}`, async () => {
        const running = await start()
        const file = join(await emptyFolder(), 'message.eml')
        await writeFile(file, bytes)
        await client.deliver({ port: portOf(running, way), way, auth, file, caFile: running.caFile })
        const kept = await newestMessage(running)
        expect(toByteString(kept.bytes)).toBe(toByteString(bytes))
        expect(kept).toMatchObject({ sealed: way !== 'plain', ...(auth ? { user } : {}) })
        const summary = await session(running, ended)
        expect(summary.messages).toEqual([kept.id])
        const short = await shortOf(running, summary.id)
        expect(short.at(-1)).toMatch(/^end (completed|closed) by client/)
        expect(short.join()).not.toContain(password)
      })
})

const noCurl = findProgram('curl') === null
const curlWhy = noCurl ? ' (curl is not installed)' : ''

test.skipIf(noCurl)(`10 MB by curl, octet for octet${curlWhy}`, async () => {
  const running = await start()
  const file = join(await emptyFolder(), 'large.eml')
  const line = `${'.x'.repeat(38)}\r\n`
  const large = Buffer.from(`Subject: large\r\n\r\n${line.repeat(Math.ceil((10 << 20) / line.length))}`)
  await writeFile(file, large)
  await curl.deliver({
    port: portOf(running, 'starttls'),
    way: 'starttls',
    auth: false,
    file,
    caFile: running.caFile,
  })
  expect(Buffer.compare((await newestMessage(running)).bytes, large)).toBe(0)
})

test.skipIf(noCurl)(`a wrong password is refused, and the dialogue does not hold it${curlWhy}`, async () => {
  const running = await start()
  const url = `smtp://localhost:${portOf(running, 'plain')}`
  const login = [
    '--user',
    `${user}:wrong passw0rd`,
    '--mail-from',
    'a@a.test',
    '--mail-rcpt',
    'b@b.test',
    '-T',
    '/dev/null',
  ]
  await expect(run('curl', ['-sS', '--noproxy', '*', url, ...login])).rejects.toThrow(/67|denied|Login/)
  const short = (await shortOf(running, (await session(running, ended)).id)).join()
  expect(short).toContain('S: 535 5.7.8')
  expect(short).not.toContain('wrong passw0rd')
  expect(short).not.toContain(Buffer.from('wrong passw0rd').toString('base64'))
})

test.skipIf(noCurl)(
  `a client that does not trust the certificate is told in the dialogue${curlWhy}`,
  async () => {
    const running = await start()
    const url = `smtps://localhost:${portOf(running, 'implicit')}`
    await expect(run('curl', ['-sS', '--noproxy', '*', url])).rejects.toThrow(/certificate/)
    const short = await shortOf(running, (await session(running, ended)).id)
    expect(short[1]).toBe('tls failed certificate-untrusted-root')
  },
)
