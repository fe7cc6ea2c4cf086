/**
 * Real mail clients deliver through a real `serve` process, each in every way it knows. Their certificate checks are on
 * and trust the local authority only; a client without it must refuse. What is kept is compared octet by octet.
 */
import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Serve, startServe } from '../support/cli.ts'
import { findProgram } from '../support/system.ts'
import { readKept } from '../support/terminal/kept.ts'

const exec = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'relayscope-clients-'))
const data = join(folder, 'data')
const ca = join(data, 'certs/ca.pem')
const credentials = { user: 'user', password: 'secret w0rd' }
let serve: Serve

beforeAll(async () => {
  const auth = ['--auth', `${credentials.user}:${credentials.password}`]
  serve = await startServe(data, ['127.0.0.1:0:plain', '127.0.0.1:0:starttls', '127.0.0.1:0:implicit'], auth)
})
afterAll(async () => {
  await serve.cli.stop()
  rmSync(folder, { recursive: true })
})

type Way = 'plain' | 'starttls' | 'implicit'
const ways: Way[] = ['plain', 'starttls', 'implicit']
type Mechanism = 'PLAIN' | 'LOGIN' | 'CRAM-MD5'

interface Delivery {
  way: Way
  mechanism?: Mechanism | undefined
  content: Buffer
  /** Leave the local authority out. */
  untrusting?: boolean
}

interface Client {
  name: string
  program: string | null
  mechanisms: Mechanism[]
  deliver(port: number, delivery: Delivery): Promise<unknown>
}

let files = 0
function file(content: Buffer | string): string {
  const path = join(folder, `content-${++files}`)
  writeFileSync(path, content)
  return path
}

/** Dots at line starts, octets above 127 that are no UTF-8, a line of 998 octets (RFC 5321 §4.5.3.1.6), empty lines. */
const contentFor = (subject: string): Buffer =>
  Buffer.from(
    `From: a@x.test\r\nTo: b@x.test\r\nSubject: ${subject}\r\n\r\n.\r\n..\r\n.dot\r\nGr\u00fc\u00dfe \u00ff\u0080\r\n${'x'.repeat(998)}\r\n\r\n \r\nend\r\n\r\n`,
    'latin1',
  )

/** As the octets stand on the wire, without the last CRLF: swaks in its raw mode adds that and nothing else. */
const onTheWire = (content: Buffer): Buffer =>
  Buffer.from(`${content.toString('latin1').replace(/^\./gm, '..')}.`, 'latin1')

const swaks: Client = {
  name: 'swaks',
  program: findProgram('swaks'),
  mechanisms: ['PLAIN', 'LOGIN', 'CRAM-MD5'],
  deliver(port, { way, mechanism, content, untrusting }) {
    const args = ['--server', 'localhost', '--port', String(port), '-f', 'a@x.test', '-t', 'b@x.test']
    args.push('--data', `@${file(onTheWire(content))}`, '--no-data-fixup')
    if (way !== 'plain') args.push(way === 'starttls' ? '--tls' : '--tls-on-connect', '--tls-verify')
    if (way !== 'plain' && !untrusting) args.push('--tls-ca-path', ca)
    if (mechanism) args.push('--auth', mechanism, '--auth-user', credentials.user, '--auth-password', credentials.password)
    return exec('swaks', args)
  },
} // prettier-ignore

const curl: Client = {
  name: 'curl',
  program: findProgram('curl'),
  mechanisms: ['PLAIN', 'LOGIN', 'CRAM-MD5'],
  deliver(port, { way, mechanism, content, untrusting }) {
    const args = ['-sS', `${way === 'implicit' ? 'smtps' : 'smtp'}://localhost:${port}`, '-T', file(content)]
    args.push('--mail-from', 'a@x.test', '--mail-rcpt', 'b@x.test')
    if (way === 'starttls') args.push('--ssl-reqd')
    if (way !== 'plain' && !untrusting) args.push('--cacert', ca)
    if (mechanism) args.push('-u', `${credentials.user}:${credentials.password}`, '--login-options', `AUTH=${mechanism}`)
    return exec('curl', args)
  },
} // prettier-ignore

const pythonScript = `
import smtplib, ssl, sys
way, port, mechanism, path, ca = sys.argv[1:6]
context = ssl.create_default_context(cafile=ca or None)
if way == 'implicit': client = smtplib.SMTP_SSL('localhost', int(port), context=context)
else: client = smtplib.SMTP('localhost', int(port))
client.ehlo()
if way == 'starttls':
    client.starttls(context=context)
    client.ehlo()
if mechanism:
    client.user, client.password = '${credentials.user}', '${credentials.password}'
    client.auth(mechanism, getattr(client, 'auth_' + mechanism.lower().replace('-', '_')))
client.sendmail('a@x.test', ['b@x.test'], open(path, 'rb').read())
client.quit()
`
const python: Client = {
  name: "Python's smtplib",
  program: findProgram('python3'),
  mechanisms: ['PLAIN', 'LOGIN', 'CRAM-MD5'],
  deliver: (port, { way, mechanism, content, untrusting }) =>
    exec('/usr/bin/python3', ['-c', pythonScript, way, String(port), mechanism ?? '', file(content), untrusting ? '' : ca]), // prettier-ignore
}

const nodemailer: Client = {
  name: 'nodemailer',
  program: 'in node_modules',
  mechanisms: ['PLAIN', 'LOGIN', 'CRAM-MD5'],
  async deliver(port, { way, mechanism, content, untrusting }) {
    const transport = createTransport({
      host: 'localhost',
      port,
      secure: way === 'implicit',
      requireTLS: way === 'starttls',
      ignoreTLS: way === 'plain',
      tls: untrusting ? {} : { ca: readFileSync(ca) },
      ...(mechanism ? { authMethod: mechanism, auth: { user: credentials.user, pass: credentials.password } } : {}),
    })
    try {
      await transport.sendMail({ envelope: { from: 'a@x.test', to: ['b@x.test'] }, raw: content })
    } finally {
      transport.close()
    }
  },
} // prettier-ignore

/** Its password comes from a file of its own, as it wants it. */
const msmtp: Client = {
  name: 'msmtp',
  program: findProgram('msmtp'),
  mechanisms: ['PLAIN', 'LOGIN', 'CRAM-MD5'],
  deliver: (port, { way, mechanism, content, untrusting }) => {
    const lines = [
      'account default', 'add_missing_from_header off', 'add_missing_date_header off', 'set_msgid_header off', 'host localhost', `port ${port}`, 'from a@x.test',
      `tls ${way === 'plain' ? 'off' : 'on'}`, `tls_starttls ${way === 'starttls' ? 'on' : 'off'}`,
      ...(way === 'plain' || untrusting ? [] : [`tls_trust_file ${ca}`]),
      ...(mechanism ? [`auth ${mechanism.toLowerCase()}`, `user ${credentials.user}`, `password "${credentials.password}"`] : ['auth off']),
    ] // prettier-ignore
    const config = file(`${lines.join('\n')}\n`)
    chmodSync(config, 0o600)
    const script = `exec ${msmtp.program} -C "$0" b@x.test < "$1"`
    return exec('sh', ['-c', script, config, file(content)])
  },
}

const clients = [swaks, curl, python, nodemailer, msmtp]
const whyNot = (client: Client): string => (client.program === null ? `${client.name} is not installed` : '')
const portOf = (way: Way): number => serve.ports[ways.indexOf(way)]!

interface Sent {
  way: Way
  mechanism?: Mechanism | undefined
  content: Buffer
}
const sent = new Map<string, Sent>()

describe.each(clients)('$name delivers', (client) => {
  const deliveries = [
    ...ways.map((way) => ({ way, mechanism: undefined })),
    ...client.mechanisms.map((mechanism) => ({ way: 'starttls' as const, mechanism })),
    { way: 'implicit' as const, mechanism: client.mechanisms[0] },
  ]
  test.for(deliveries)('over $way, AUTH $mechanism', async ({ way, mechanism }, { skip }) => {
    skip(client.program === null, whyNot(client))
    const subject = `${client.name} ${way} ${mechanism ?? 'nobody'}`
    const content = contentFor(subject)
    await client.deliver(portOf(way), { way, mechanism, content })
    sent.set(subject, { way, mechanism, content })
  })

  test.for(['starttls', 'implicit'] as const)(
    'and refuses %s without the local authority',
    async (way, { skip }) => {
      skip(client.program === null, whyNot(client))
      const content = contentFor('never')
      await expect(client.deliver(portOf(way), { way, content, untrusting: true })).rejects.toThrow()
    },
  )
})

/** Highest resident memory of a process in KiB while a task runs, and the level before it. */
async function memoryDuring(
  pid: number,
  task: Promise<unknown>,
): Promise<{ before: number; highest: number }> {
  const resident = (): number =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  const before = resident()
  let highest = before
  const sampling = setInterval(() => (highest = Math.max(highest, resident())), 20)
  try {
    await task
  } finally {
    clearInterval(sampling)
  }
  return { before, highest: Math.max(highest, resident()) }
}

/** A message of about this size in lines of 70 octets. */
const bigMessage = (subject: string, size: number): Buffer => {
  const line = `${'0123456789'.repeat(7)}\r\n`
  return Buffer.from(`Subject: ${subject}\r\n\r\n${line.repeat(Math.ceil(size / line.length))}`)
}

test('a message of 50 MB passes through in little memory', async ({ skip }) => {
  skip(curl.program === null, whyNot(curl))
  skip(process.platform !== 'linux', 'memory is read from /proc')
  const pid = serve.cli.child.pid!
  const content = bigMessage('big', 50_000_000)
  const deliver = (): Promise<unknown> => curl.deliver(portOf('plain'), { way: 'plain', content })
  // V8 collects the buffers of sockets only once some 64 MB of them have gathered, in each of the two threads: any
  // stream of octets lifts a process by that much once. What must not happen is that messages add to it.
  const first = await memoryDuring(pid, deliver().then(deliver))
  const second = await memoryDuring(pid, deliver().then(deliver).then(deliver))
  sent.set('big', { way: 'plain', content })
  // 150 MB more went through, and whatever held on to messages would show them. The rest is the moment at which each
  // thread happens to collect: up to 45 MB either way, seen over 1.2 GB.
  expect((second.highest - first.highest) / 1024).toBeLessThan(75)
  // And the lift itself: two such collections, 8 MiB on the way to the store, SQLite's cache of 16 MiB.
  expect((second.highest - first.before) / 1024).toBeLessThan(200)
})

test('every message is kept octet by octet, and its dialogue is recorded', async () => {
  await serve.cli.stop()
  await readKept(data, async ({ messages, source, events }) => {
    const bySubject = new Map(messages.map((message) => [message.subject, message]))
    expect(bySubject.has('never')).toBe(false)
    expect(sent.size).toBeGreaterThan(0)
    for (const [subject, { way, mechanism, content }] of sent) {
      const message = bySubject.get(subject)
      expect(message, subject).toMatchObject({
        mailFrom: 'a@x.test',
        rcptTo: ['b@x.test'],
        size: content.length,
        sealed: way !== 'plain',
        ...(mechanism === undefined ? {} : { user: credentials.user }),
      })
      expect((await source(message!.id)).equals(content), subject).toBe(true)
      const dialogue = await events(message!.session)
      const verbs = dialogue.flatMap((event) => (event.kind === 'line' && event.verb ? [event.verb] : []))
      expect(verbs, subject).toEqual(expect.arrayContaining(['EHLO', 'MAIL', 'RCPT', 'DATA']))
      expect(verbs.includes('AUTH')).toBe(mechanism !== undefined)
      expect(dialogue.some((event) => event.kind === 'tls' && event.outcome === 'established')).toBe(
        way !== 'plain',
      )
      expect(dialogue.at(-1)?.kind).toBe('end')
      // Nothing was wrong, so nothing is said to be.
      const alarms = dialogue.flatMap((event) =>
        event.kind === 'finding' && (event.severity === 'error' || event.severity === 'warning')
          ? [`${event.code}: ${event.message}`]
          : [],
      )
      expect(alarms, subject).toEqual([])
      const octets = dialogue.reduce((sum, event) => sum + (event.kind === 'chunk' ? event.size : 0), 0)
      expect(octets, subject).toBe(content.length)
      expect(JSON.stringify(dialogue)).not.toContain(credentials.password)
    }
  })
})
