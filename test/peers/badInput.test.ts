/**
 * What goes wrong every day, tried on the real command line: each gives words that name field, value and remedy, the
 * documented exit status (0 ok, 1 findings, 2 usage, 3 cancelled), no stack trace, and loses nothing.
 */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { KeyPair } from '#engine/certs/make.ts'
import { trusted } from '../support/dialogue/certificates.ts'
import { listen, mail, type TestServer } from '../support/dialogue/scriptedServer.ts'
import { apart, whyNot } from '../support/terminal/namespace.ts'
import { refused, runInWords, sendArgs } from '../support/terminal/words.ts'

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

/** What the tests read of both documents. */
const Answer = z.object({
  outcome: z.string().optional(),
  message: z.string(),
  next: z.string().optional(),
  findings: z.array(z.object({ code: z.string(), evidence: z.array(z.int()) })),
})
const Probed = z.object({ results: z.array(Answer) })

/** Both commands find the same: the code among the findings, in words with a next step, status 1. */
async function bothFind(
  code: string,
  place: { host?: string; port: number; mode?: 'plain' | 'implicit'; timeout?: number; before?: string[] },
): Promise<void> {
  const { host = '127.0.0.1', port, mode = 'plain', timeout = 5000, before = [] } = place
  const limit = ['--timeout', String(timeout)]
  const ports = ['--ports', `${port}:${mode}`]
  const probed = await runInWords(['probe', host, ...ports, ...limit, '--json'], { before })
  expect(probed.status).toBe(1)
  const [result] = Probed.parse(JSON.parse(probed.out)).results
  expect(result!.findings.map((finding) => finding.code)).toContain(code)
  const tls = ['--tls', mode === 'plain' ? 'none' : 'implicit']
  const sent = await runInWords([...sendArgs(host, port), ...tls, ...limit, '--json'], { before })
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
    const done = await runInWords(args, { before: apart(folder, 'no-server', true) })
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
      const done = await runInWords(['show', path, ...json])
      expect(done.status).toBe(1)
      expect(done.err).toContain(path)
      expect(done.err).toMatch(words)
      if (json.length === 0 && !shown.test('anything')) expect(done.out).toMatch(shown)
    }
  })
})
