/**
 * The local server's listeners, live: changed under clients that are in the middle of their mail, TLS versions as openssl
 * s_client sees them, the presets as swaks does, and what a program without rights gets of port 25.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { TLSSocket } from 'node:tls'
import { expect, onTestFinished, test, vi } from 'vitest'
import { makeAuthority, makeServerCertificate } from '#engine/certs/make.ts'
import { type ListenerPreset, listenerPreset } from '#shared/knowledge/listenerPresets.ts'
import { ListenerConfig, ListenerStatus, type TlsVersion, tlsVersions } from '#shared/rpc/contract/server.ts'
import { findProgram } from '#test/support/system.ts'
import { newestMessage, runServer, type Running } from '#test/support/server/run.ts'
import { talk, talkTls } from '#test/support/server/talk.ts'

const at = (fields: object = {}) => ListenerConfig.parse({ port: 0, tls: 'plain', ...fields })

/** A program to its end: what it wrote to both streams, and its status. */
async function run(
  program: string,
  args: string[],
  input = '',
): Promise<{ text: string; status: number | null }> {
  const child = spawn(program, args)
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => (text += part))
  child.stdin.on('error', () => {}).end(input)
  await once(child, 'close')
  return { text, status: child.exitCode }
}

test('a listener is switched off and on again while a client is in the middle of its message', async () => {
  const { server, ports } = await runServer({ listeners: [at()] })
  const client = await talk(ports[0]!)
  await client.until(/220/)
  await client.say('EHLO x')
  await client.say('MAIL FROM:<a@a.test>')
  const off = await server.configure({ listeners: [at({ enabled: false })] })
  expect(off.status.listeners).toMatchObject([{ state: 'off', sessions: 1 }])
  await expect(talk(ports[0]!)).rejects.toThrow(/ECONNREFUSED/)
  await client.say('RCPT TO:<b@b.test>')
  await client.say('DATA')
  const on = await server.configure({ listeners: [at({ enabled: true })] })
  expect(on.status.listeners).toMatchObject([{ state: 'listening', sessions: 1, total: 1 }])
  expect(await client.say('hello\r\n.')).toMatch(/^250 2\.0\.0/)
  expect(await client.say('QUIT')).toMatch(/^221/)
})

test('limits, versions and extensions are changed under a sealed client: it goes on by the old ones, the next by the new', async () => {
  const { server, ports, caFile } = await runServer({ listeners: [at({ tls: 'implicit' })] })
  const ca = await readFile(caFile, 'utf8')
  const [port] = ports
  const old = await talkTls(port!, ca)
  await old.until(/220/)
  const change = at({
    tls: 'implicit',
    tlsVersions: { min: '1.2', max: '1.2' },
    extensions: ['SIZE'],
    limits: { messageSize: 99 },
  })
  const { status, problems } = await server.configure({ listeners: [change] })
  expect([problems, status.listeners]).toMatchObject([
    [],
    [{ sessions: 1, versions: ['1.2'], notices: [/99 octets/] }],
  ])
  expect(await old.say('EHLO x')).toMatch(/PIPELINING/)
  const next = await talkTls(port!, ca)
  await next.until(/220/)
  expect(await next.say('EHLO x')).toBe(
    '250-mx.test\r\n250-SIZE 99\r\n250 AUTH PLAIN LOGIN CRAM-MD5 XOAUTH2 OAUTHBEARER\r\n',
  )
  expect(next.socket instanceof TLSSocket ? next.socket.getProtocol() : null).toBe('TLSv1.2')
})

test('one’s own certificate is shown at once, and gone only when nobody shows it', async () => {
  const { server, ports, store } = await runServer({ listeners: [at({ tls: 'implicit' })] })
  const authority = await makeAuthority(new Date())
  const { cert, key } = await makeServerCertificate(authority, ['localhost'], new Date())
  const { problems } = await server.addCertificate({ name: 'mine', certificate: cert, key })
  expect(problems).toEqual([])
  await server.configure({ listeners: [at({ tls: 'implicit', certificate: 'mine' })] })
  await (await talkTls(ports[0]!, authority.cert)).until(/220/)
  expect((await server.removeCertificate('mine')).problems).toMatchObject([{ field: 'name' }])
  const answer = await server.configure({ listeners: [at({ tls: 'implicit', certificate: 'gone' })] })
  expect(answer.problems).toMatchObject([{ field: 'listeners[0].certificate', value: 'gone' }])
  expect(
    JSON.stringify([
      await store.getSetting('server.certificates'),
      await store.getSetting('server.rules'),
      server.status(),
    ]),
  ).not.toContain('PRIVATE KEY')
})

test('connections of one listener are limited there and nowhere else', async () => {
  const { server, ports } = await runServer({
    listeners: [at({ limits: { connectionsPerAddress: 1 } }), at()],
  })
  const first = await talk(ports[0]!)
  await first.until(/220/)
  await (await talk(ports[0]!)).until(/421 4\.7\.0 .*limit of 1 connections/)
  await (await talk(ports[1]!)).until(/220/)
  expect(await first.say('QUIT')).toMatch(/221/)
  await vi.waitFor(() => expect(server.status().listeners[0]?.sessions).toBe(0))
  await (await talk(ports[0]!)).until(/220/)
})

const openssl = findProgram('openssl')
const swaks = findProgram('swaks')
const flags: Record<TlsVersion, string> = {
  '1.0': '-tls1',
  '1.1': '-tls1_1',
  '1.2': '-tls1_2',
  '1.3': '-tls1_3',
}

/** The cipher that openssl agreed on by this one version; null without a handshake. Its own security level is off. */
async function agreed(
  port: number,
  version: TlsVersion,
  ciphers = 'ALL:@SECLEVEL=0',
): Promise<string | null> {
  const where = ['s_client', '-connect', `127.0.0.1:${port}`, flags[version], '-cipher', ciphers, '-crlf']
  const { text } = await run('openssl', where, 'QUIT\n')
  return /^New, TLSv1\.\d, Cipher is (\S+)$/m.exec(text)?.[1] ?? null
}

async function agreedVersions(port: number): Promise<TlsVersion[]> {
  const ciphers = await Promise.all(tlsVersions.map((version) => agreed(port, version)))
  return tlsVersions.filter((_, i) => ciphers[i] !== null)
}

const ranges: [min: TlsVersion, max: TlsVersion][] = [['1.0', '1.0'], ['1.0', '1.3'], ['1.1', '1.2'], ['1.2', '1.2'], ['1.3', '1.3']] // prettier-ignore

test.skipIf(openssl === null)(
  'openssl agrees on the TLS versions that the status says, and on no other',
  async () => {
    const listeners = ranges.map(([min, max]) => at({ tls: 'implicit', tlsVersions: { min, max } }))
    const { server, ports } = await runServer({ listeners })
    const support = await server.tlsSupport()
    const usable = support.versions.filter((one) => one.usable).map(({ version }) => version)
    for (const [i, listener] of server.status().listeners.entries()) {
      const [min, max] = ranges[i]!
      const wanted = usable.filter((version) => version >= min && version <= max)
      expect([listener.versions, await agreedVersions(ports[i]!)]).toEqual([wanted, wanted])
    }
  },
)

test.skipIf(openssl === null)(
  'only the ciphers that are named are agreed on; a client without them is told of',
  async () => {
    const ciphers = 'ECDHE-ECDSA-AES128-GCM-SHA256'
    const { ports } = await runServer({
      listeners: [at({ tls: 'implicit', ciphers, tlsVersions: { min: '1.2', max: '1.2' } })],
    })
    expect(await agreed(ports[0]!, '1.2')).toBe(ciphers)
    expect(await agreed(ports[0]!, '1.2', 'ECDHE-ECDSA-AES256-GCM-SHA384')).toBeNull()
  },
)

async function runPreset(id: ListenerPreset['id']): Promise<Running> {
  const listeners = (listenerPreset(id)?.listeners ?? []).map((listener) => ({ ...listener, port: 0 }))
  return runServer({ listeners, users: [{ user: 'ann', password: 'right words' }] })
}

/** The codes that swaks was answered with, and its status. */
async function send(
  port: number,
  ...more: string[]
): Promise<{ codes: string[]; status: number | null; text: string }> {
  const where = ['--server', '127.0.0.1', '--port', String(port), '--from', 'a@a.test', '--to', 'b@b.test']
  const { text, status } = await run('swaks', [...where, '--body', 'hello', ...more])
  return { codes: [...text.matchAll(/^<[~*-]+ +(\d{3}) /gm)].map((found) => found[1]!), status, text }
}

const signIn = (password: string) => ['--auth', 'PLAIN', '--auth-user', 'ann', '--auth-password', password]

test.skipIf(swaks === null)(
  'like a submission service: nothing in clear, nothing without signing in',
  async () => {
    const { ports } = await runPreset('submission')
    const [port] = ports
    expect((await send(port!)).codes).toContain('530')
    expect((await send(port!, '--tls')).codes).toContain('530')
    const clear = await send(port!, ...signIn('right words'))
    expect([clear.status, clear.text]).toEqual([
      expect.any(Number),
      expect.not.stringMatching(/AUTH PLAIN\s+\S/),
    ])
    expect((await send(port!, '--tls', ...signIn('wrong words'))).codes).toContain('535')
    expect((await send(port!, '--tls', ...signIn('right words'))).status).toBe(0)
  },
)

test.skipIf(swaks === null)('like an MX: mail in clear and by STARTTLS, and no signing in', async () => {
  const { ports } = await runPreset('mx')
  const [port] = ports
  expect([(await send(port!)).status, (await send(port!, '--tls')).status]).toEqual([0, 0])
  const { status, text } = await send(port!, '--tls', ...signIn('right words'))
  expect([status, /250[- ]AUTH/.test(text)]).toEqual([28, false])
})

test.skipIf(swaks === null || openssl === null)(
  'like an old server: a password in clear, TLS to 1.2, bare line ends kept',
  async () => {
    const running = await runPreset('old')
    const [port] = running.ports
    const { status, text } = await send(port!, ...signIn('right words'))
    expect([status, text.match(/^<- +250[- ].*$/gm)?.slice(0, 6).map((line) => line.slice(8))]).toEqual([
    0, ['mx.test', 'SIZE 10000000', '8BITMIME', 'HELP', 'STARTTLS', 'AUTH PLAIN LOGIN CRAM-MD5'],
  ]) // prettier-ignore
    const tls = await run(
      'openssl',
      [
        's_client',
        '-connect',
        `127.0.0.1:${port}`,
        '-starttls',
        'smtp',
        '-tls1',
        '-cipher',
        'ALL:@SECLEVEL=0',
      ],
      'QUIT\n',
    )
    const { versions } = running.server.status().listeners[0]!
    expect(/Cipher is (?!\(NONE\))/.test(tls.text)).toBe(versions?.includes('1.0'))
    await bare(running, 'a\nb\r\n.\r\n')
  },
)

test.skipIf(swaks === null)(
  'accept anything: any password although there are users, and a smuggled dot is kept and ends nothing',
  async () => {
    const running = await runPreset('anything')
    expect((await send(running.ports[0]!, ...signIn('wrong words'))).status).toBe(0)
    await bare(running, 'a\n.\nMAIL FROM:<x@x.test>\r\n.\r\n')
  },
)

/** The content by a bare client: answered 250 and kept as it came. */
async function bare(running: Running, content: string): Promise<void> {
  const client = await talk(running.ports[0]!)
  await client.until(/220/)
  for (const line of ['EHLO x', 'MAIL FROM:<a@a.test>', 'RCPT TO:<b@b.test>', 'DATA']) await client.say(line)
  client.write(content)
  expect(await client.until(/^\d{3} [^\n]*\n$/m)).toMatch(/^250/)
  expect(await client.say('QUIT')).toMatch(/^221/)
  const { bytes } = await newestMessage(running)
  expect(Buffer.from(bytes).toString('latin1')).toBe(content.slice(0, -3))
}

/** Root has every port; nobody has none below 1024, unless the system is set so. */
const canBeNobody = process.platform === 'linux' && process.getuid?.() === 0
const nobody = 65_534

test.skipIf(!canBeNobody)(
  'a program without rights listens 2000 higher, and says why and what permits the port',
  async () => {
    const first = Number(await readFile('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8'))
    const script = join(import.meta.dirname, '../support/server/unprivileged.ts')
    const child = spawn(process.execPath, [script, '987'], {
      uid: nobody,
      gid: nobody,
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    onTestFinished(() => void child.stdin.end())
    const [line] = await once(createInterface(child.stdout), 'line')
    const status = ListenerStatus.parse(JSON.parse(String(line)))
    if (first <= 987) return expect(status.actualPort).toBe(987)
    expect(status).toMatchObject({ state: 'listening', port: 987, actualPort: 2987, mapped: { port: 2987 } })
    expect(status.mapped?.remedies[0]).toMatchObject({
      system: 'Linux',
      command: expect.stringContaining('setcap'),
    })
    await (await talk(2987)).until(/hello/)
  },
)
