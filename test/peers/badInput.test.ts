/**
 * What goes wrong every day, tried on the real command line: each gives words that name field, value and remedy, the
 * documented exit status (0 ok, 1 findings, 2 usage, 3 cancelled), no stack trace, and loses nothing.
 */
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { KeyPair } from '#engine/certs/make.ts'
import { type CliRun, runCli, startServe } from '../support/cli.ts'
import { trusted } from '../support/dialogue/certificates.ts'
import { listen, mail, type TestServer } from '../support/dialogue/scriptedServer.ts'
import { talk } from '../support/server/talk.ts'
import { apart, smallDisk, whyNot } from '../support/terminal/namespace.ts'
import { readKept } from '../support/terminal/kept.ts'

const folder = mkdtempSync(join(tmpdir(), 'relayscope-bad-'))
// Also read by the unprivileged user of some tests.
chmodSync(folder, 0o755)
let pair: KeyPair
beforeAll(async () => {
  pair = (await trusted()).pair
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const open: { close(): Promise<unknown> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})
async function serverThat(script: (socket: Socket, received: (text: string) => void) => void, tls?: KeyPair): Promise<TestServer> {
  const made = await listen(script, tls)
  open.push(made)
  return made
} // prettier-ignore

/** Every command line of this file ends here: words, no trace of the program's insides. */
async function run(args: string[], { env = {}, before = [] as string[] } = {}): Promise<CliRun> {
  const done = await runCli(args, env, '', before)
  const all = done.out + done.err
  expect(all).not.toMatch(/^\s+at .*:\d+:\d+/m)
  expect(all).not.toMatch(/node:internal|ExperimentalWarning|UnhandledPromise|TypeError/)
  return done
}

/** Refused as usage, in words on standard error and nothing on standard output. */
async function refused(args: string[], ...words: (string | RegExp)[]): Promise<void> {
  const done = await run(args)
  expect(done.status, done.err).toBe(2)
  expect(done.out).toBe('')
  for (const word of words) expect(done.err).toMatch(word)
}

/** What the tests read of both documents. */
const Answer = z.object({
  outcome: z.string().optional(),
  message: z.string(),
  next: z.string().optional(),
  findings: z.array(z.object({ code: z.string(), evidence: z.array(z.int()) })),
})
const Probed = z.object({ results: z.array(Answer) })

const sendArgs = (host: string, port: number, ...more: string[]): string[] => [
  'send', '--host', host, '--port', String(port), '--from', 'a@x.test', '--to', 'b@x.test', ...more,
] // prettier-ignore

/** Both commands find the same: the code among the findings, in words with a next step, status 1. */
async function bothFind(
  code: string,
  place: { host?: string; port: number; mode?: 'plain' | 'implicit'; timeout?: number; before?: string[] },
): Promise<void> {
  const { host = '127.0.0.1', port, mode = 'plain', timeout = 5000, before = [] } = place
  const limit = ['--timeout', String(timeout)]
  const ports = ['--ports', `${port}:${mode}`]
  const probed = await run(['probe', host, ...ports, ...limit, '--json'], { before })
  expect(probed.status).toBe(1)
  const [result] = Probed.parse(JSON.parse(probed.out)).results
  expect(result!.findings.map((finding) => finding.code)).toContain(code)
  const tls = ['--tls', mode === 'plain' ? 'none' : 'implicit']
  const sent = await run([...sendArgs(host, port), ...tls, ...limit, '--json'], { before })
  expect(sent.status).toBe(1)
  const answer = Answer.parse(JSON.parse(sent.out))
  expect(answer.outcome).toBe('failed')
  for (const { findings, message, next } of [result!, answer]) {
    const finding = findings.find((one) => one.code === code)
    expect(finding, JSON.stringify(findings)).toBeDefined()
    expect(finding!.evidence.length).toBeGreaterThan(0)
    expect(message).toMatch(/\S.*\.$/)
    expect(next).toMatch(/\S.*\.$/)
  }
  // The words also for who reads no JSON.
  expect(sent.err).toContain(answer.message)
  expect(probed.err).toContain(result!.message)
}

describe('an unknown host', () => {
  const why = whyNot('unshare', 'ip', 'mount')
  test.for([
    ['that does not exist', 'hosts-file', 'dns-name-not-found'],
    ['that no name server could be asked for', 'no-server', 'dns-server-failure'],
  ] as const)('%s', async ([, names, code], { skip }) => {
    skip(why !== '', why)
    await bothFind(code, { host: 'nosuch.test', port: 25, before: apart(folder, names) })
  })
})

describe('a port', () => {
  test('that is closed', async () => {
    const closed = await listen(() => {})
    await closed.close()
    await bothFind('tcp-refused', { port: closed.port })
  })

  test('that is silent', async () => {
    const { port } = await serverThat(() => {})
    await bothFind('banner-timeout', { port, timeout: 600 })
  })

  test('that is silent where TLS is expected', async () => {
    const { port } = await serverThat(() => {})
    await bothFind('tls-timeout', { port, mode: 'implicit', timeout: 600 })
  })

  test.each(['plain', 'implicit'] as const)('that speaks HTTP, asked %s', async (mode) => {
    const { port } = await serverThat((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\nServer: web\r\n\r\n'))
    })
    await bothFind('banner-not-smtp', { port, mode, timeout: 2000 })
  })

  test('that speaks TLS only, asked in clear', async () => {
    const { port } = await serverThat(mail(), pair)
    await bothFind('port-speaks-implicit-tls', { port, timeout: 2000 })
  })

  test('that speaks plain SMTP, asked for TLS', async () => {
    const { port } = await serverThat(mail())
    await bothFind('port-speaks-plain', { port, mode: 'implicit' })
  })
})

describe('what is typed wrong', () => {
  test('an address without @, and one with two', async () => {
    await refused([...sendArgs('127.0.0.1', 2525), '--to', 'anna'], /--to.*"anna".*missing @.*write/)
    await refused([...sendArgs('127.0.0.1', 2525), '--to', 'a@@b.test'], /--to.*"a@@b\.test".*two @.*write/)
    await refused([...sendArgs('127.0.0.1', 2525), '--from', 'x@y@z.test'], /--from.*"x@y@z\.test".*two @/)
  })

  test('no sender, no recipient, no host', async () => {
    await refused(
      ['send', '--host', '127.0.0.1'],
      /^--from: .*write one such as/m,
      /^--to: .*give at least one/m,
    )
    await refused(['send'], /--host <name>/)
    await refused(
      ['send', '--host', '', '--from', 'a@b.test', '--to', 'a@b.test'],
      /--host: .*empty.*write a name/,
    )
    await refused(
      ['probe', 'anna@example.com'],
      /<host> "anna@example\.com": .*mailbox.*write its mail server/,
    )
  })

  test.each([
    [['probe', '127.0.0.1', '--ports', '70000'], '--ports'],
    [sendArgs('127.0.0.1', 70_000), '--port'],
    [['serve', '--listen', '127.0.0.1:70000'], '--listen'],
  ])('port 70000: %j', async (args, option) => {
    await refused(args, option, '"70000" is not a port: write a number from')
  })

  test.each([['probe', 'h'], ['send', '--host', 'h'], ['serve'], ['show', 'f']])(
    'an unknown option of %s',
    async (...command) => {
      await refused([...command, '--frobnicate'], "unknown option '--frobnicate'", '--help')
    },
  )

  test('a file that cannot be read', async () => {
    const missing = join(folder, 'missing')
    const args = sendArgs('127.0.0.1', 2525)
    await refused(
      [...args, '--user', 'u', '--password-file', missing],
      `--password-file ${missing} cannot be read`,
    )
    await refused([...args, '--user', 'u', '--password-file', folder], 'it is a folder')
    await refused([...args, '--ca', missing], `--ca ${missing} cannot be read: there is no such file`)
    await refused([...args, '--eml', missing], `--eml ${missing} cannot be read`)
    await refused(['serve', '--data', join(folder, 'd'), '--auth-file', missing], `--auth-file ${missing}`)
    await refused(['show', missing], `${missing} cannot be read: there is no such file`)
  })

  test('a password file of somebody else', async ({ skip }) => {
    const why = whyNot('unshare', 'setpriv', 'ip')
    skip(why !== '', why)
    const path = join(folder, 'secret')
    writeFileSync(path, 'x', { mode: 0o600 })
    const args = [...sendArgs('127.0.0.1', 2525), '--user', 'u', '--password-file', path]
    const done = await run(args, { before: apart(folder, 'no-server', true) })
    expect(done.status).toBe(2)
    expect(done.err).toMatch(/--password-file .*secret cannot be read: this user may not.*permissions/)
  })

  test('a data folder that is a file', async () => {
    const path = join(folder, 'file')
    writeFileSync(path, 'mine')
    const words = [`The data folder ${path}`, /--data/]
    await refused(['serve', '--data', path, '--listen', '127.0.0.1:0'], ...words)
    await refused([...sendArgs('127.0.0.1', 2525), '--data', path], ...words)
    await refused(['probe', '127.0.0.1', '--ports', '9', '--data', path], ...words)
    expect(readFileSync(path, 'utf8')).toBe('mine')
  })
})

const serveOn = (data: string, ...listeners: string[]): string[] => [
  'serve', '--data', join(folder, data), ...listeners.flatMap((listener) => ['--listen', listener]),
] // prettier-ignore

describe('serve', () => {
  test('on a taken port', async () => {
    const { port } = await serverThat(() => {})
    const done = await run(serveOn('taken', `127.0.0.1:${port}`))
    expect(done.status).toBe(1)
    expect(done.err).toMatch(
      new RegExp(`127\\.0\\.0\\.1:${port}.*taken by another program.*choose another`, 'i'),
    )
  })

  test('on a taken port beside a free one: the free one serves', async () => {
    const taken = createServer(() => {})
    await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done))
    open.push({ close: () => new Promise((done) => taken.close(done)) })
    const address = taken.address()
    const port = typeof address === 'object' ? address!.port : 0
    const { cli } = await startServe(
      join(folder, 'half'),
      ['127.0.0.1:0:plain'],
      ['--listen', `127.0.0.1:${port}`],
    )
    expect(cli.err).toContain('is taken by another program')
    expect((await cli.stop()).status).toBe(0)
  })

  test('on a port below 1024 without the right to', async ({ skip }) => {
    const why = whyNot('unshare', 'setpriv', 'ip')
    skip(why !== '', why)
    const data = join(folder, 'low')
    mkdirSync(data)
    chownSync(data, 65_534, 65_534)
    const done = await run(serveOn('low', '127.0.0.1:25'), { before: apart(folder, 'no-server', true) })
    expect(done.status).toBe(1)
    expect(done.err).toMatch(/127\.0\.0\.1:25: Port 25 is below 1024.*such as 2525/)
  })

  test('for other machines needs consent', async () => {
    const done = await run(serveOn('outside', '0.0.0.0:0'))
    expect(done.status).toBe(1)
    expect(done.err).toMatch(/Other machines can reach 0\.0\.0\.0.*--allow-outside/)
  })

  test('on data that another one uses: told, and the first one goes on', async () => {
    const data = join(folder, 'used')
    const first = await startServe(data, ['127.0.0.1:0:plain'])
    await refused(
      serveOn('used', '127.0.0.1:0'),
      /Another running Relayscope uses this data folder/,
      'relayscope.db',
    )
    const port = first.ports[0]!
    expect((await run([...sendArgs('127.0.0.1', port), '--tls', 'none'])).status).toBe(0)
    await first.cli.stop()
    await readKept(data, async ({ messages }) => expect(messages).toHaveLength(1))
  })
})

/** Content of about this size, recognised by its mark. */
const content = (mark: string, size: number): string =>
  `Subject: ${mark}\r\n\r\n${`${mark.repeat(70)}\r\n`.repeat(Math.ceil(size / 72))}`

describe('a full disk', () => {
  const why = whyNot('mount', 'umount')

  test('452 while it is full, the server lives on, nothing that was kept is lost', async ({ skip }) => {
    skip(why !== '', why)
    const disk = smallDisk(folder, 24)
    try {
      const data = join(disk.path, 'data')
      const { cli, ports } = await startServe(data, ['127.0.0.1:0:plain'])
      const deliver = async (text: string): Promise<string> => {
        const client = await talk(ports[0]!)
        await client.until(/^220 /)
        await client.say('EHLO x')
        await client.say('MAIL FROM:<a@x.test>')
        await client.say('RCPT TO:<b@x.test>')
        await client.say('DATA')
        client.write(text)
        const reply = await client.say('.')
        client.socket.destroy()
        return reply
      }
      const before = content('a', 100_000)
      expect(await deliver(before)).toMatch(/^250 /)
      const filler = join(disk.path, 'filler')
      const { bavail, bsize } = statfsSync(disk.path)
      writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - 300_000)))
      expect(await deliver(content('b', 2_000_000))).toMatch(/^452 4\.3\.1 .*no space left/)
      expect(await deliver(content('c', 2_000_000))).toMatch(/^452 /)
      rmSync(filler)
      const after = content('d', 2_000_000)
      expect(await deliver(after)).toMatch(/^250 /)
      const ended = await cli.stop()
      expect(ended.status).toBe(0)
      expect(ended.err).not.toMatch(/^\s+at /m)
      await readKept(data, async ({ messages, source }) => {
        const kept = new Map(messages.map((message) => [message.subject, message.id]))
        expect([...kept.keys()].toSorted()).toEqual(['a', 'd'])
        expect((await source(kept.get('a')!)).toString()).toBe(before)
        expect((await source(kept.get('d')!)).toString()).toBe(after)
      })
    } finally {
      disk.away()
    }
  })

  test('that is full from the start is told in words', async ({ skip }) => {
    skip(why !== '', why)
    const disk = smallDisk(mkdtempSync(join(folder, 'full-')), 1)
    try {
      const { bavail, bsize } = statfsSync(disk.path)
      writeFileSync(join(disk.path, 'filler'), Buffer.alloc(bavail * bsize))
      await refused(
        ['serve', '--data', join(disk.path, 'data'), '--listen', '127.0.0.1:0'],
        /(?:full|no space)/i,
      )
    } finally {
      disk.away()
    }
  })
})

describe('a case file that', () => {
  const record = '{"record":"session","id":"s1","source":"send","role":"client","startedAt":"2026-11-01T10:00:00.000Z","host":"mx.test","port":587,"tls":"none"}' // prettier-ignore
  const event = '{"record":"event","session":"s1","seq":1,"at":1,"phase":"ehlo","direction":"to-server","kind":"line","raw":"EHLO me\\r\\n","verb":"EHLO"}' // prettier-ignore
  const file = (version: number): string =>
    `{"format":"relayscope-transcript","version":${version},"records":[\n${record},\n${event}\n]}\n`

  test.each([
    ['was cut', file(1).slice(0, -30), /line 3/, /./],
    [
      'is junk',
      '\u0089PNG\r\n\u0000\u0001',
      /not a complete JSON document[^]*holds no dialogue\. Name a case file/,
      /^$/,
    ],
    ['is JSON of another kind', '{"a":1}', /holds no dialogue\. Name a case file/, /^$/],
    ['is empty', '', /The file is empty/, /^$/],
    ['is of a newer version', file(99), /version 99/, /./s],
  ])('%s', async (_name, text, words, shown) => {
    const path = join(folder, 'case')
    writeFileSync(path, text)
    for (const json of [[], ['--json']]) {
      const done = await run(['show', path, ...json])
      expect(done.status).toBe(1)
      expect(done.err).toContain(path)
      expect(done.err).toMatch(words)
      if (json.length === 0 && !shown.test('anything')) expect(done.out).toMatch(shown)
    }
  })
})
