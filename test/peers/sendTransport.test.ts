/**
 * How a message travels, at servers of our own script: what is asked for and not offered is told and does no harm, what is
 * wrong on this side is told by its field before anything is dialled.
 */
import { createPrivateKey } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { DialogueRequest } from '#shared/rpc/contract/dialogue.ts'
import { SendReport } from '#shared/rpc/contract/sendReport.ts'
import { messageSource } from '#engine/message/source.ts'
import { runCli } from '../support/cli.ts'
import { selfSigned, trusted } from '../support/dialogue/certificates.ts'
import { listen, mail, type MailScript, says, type TestServer } from '../support/dialogue/scriptedServer.ts'
import { start } from '../support/dialogue/start.ts'
import { a, startDns, zone } from '../support/dns/scriptedDns.ts'

const folder = mkdtempSync(join(tmpdir(), 'relayscope-transport-'))
afterAll(() => rmSync(folder, { recursive: true }))
const open: { close(): Promise<void> }[] = []
afterEach(async () => void (await Promise.all(open.splice(0).map((server) => server.close()))))

let authority: Awaited<ReturnType<typeof trusted>>
beforeAll(async () => {
  authority = await trusted()
})

async function serve(script: MailScript = {}): Promise<TestServer> {
  const server = await listen(mail(script))
  open.push(server)
  return server
}

type Change = Omit<Partial<DialogueRequest>, 'target'> & { target?: Partial<DialogueRequest['target']> }
const utf8 = new TextEncoder().encode('Subject: x\r\n\r\nGrüße\r\n')

async function send(script: MailScript, change: Change, bytes = utf8) {
  const server = await serve(script)
  const compose = async () => ({ ok: true, source: messageSource(bytes) }) as const
  const run = await start(server.port, change, { compose })
  const result = await run.result
  const told = (result.findings ?? []).map(({ code, message }) => `${code}: ${message}`).join('\n')
  return { result, told, heard: server.received() }
}
const secure = (): MailScript => ({ pair: authority.pair, ehloAfterTls: ['REQUIRETLS', '8BITMIME'] })
const sealed = (): Change['target'] => ({ tls: 'starttls', ca: authority.ca, host: 'localhost' })

describe('what is asked for', () => {
  test('REQUIRETLS is said inside verified TLS that offers it', async () => {
    const { result, heard } = await send(secure(), { target: sealed()!, extensions: { requireTls: true } })
    expect(result.outcome, result.message).toBe('accepted')
    expect(heard).toContain('MAIL FROM:<a@example.com> BODY=8BITMIME REQUIRETLS\r\n')
  })

  test.each([
    ['in clear', () => ({ target: { tls: 'none' } }) as const, 'not protected by TLS'],
    ['with a certificate that is not verified', () => ({ target: { ...sealed(), ca: undefined, certificate: 'accept' } }) as const, 'not verified'],
  ] as const)('REQUIRETLS %s: nothing is said of the message', async (_, change, words) => {
    const { result, told, heard } = await send(secure(), { ...change(), extensions: { requireTls: true } })
    expect(result.outcome).toBe('failed')
    expect(told).toContain(words)
    expect(heard).not.toContain('MAIL')
  }) // prettier-ignore

  test('and is not offered is left out and told in one finding, or said all the same', async () => {
    const asked = {
      dsn: { notify: ['success'], envid: 'e' },
      extensions: { chunking: 'on', size: 9 },
    } satisfies Change
    const { result, told, heard } = await send({ ehlo: ['HELP'] }, asked)
    expect(result.outcome).toBe('accepted')
    expect(heard).toContain('MAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\n')
    for (const extension of ['8BITMIME', 'DSN', 'CHUNKING', 'SIZE']) expect(told).toContain(extension)
    expect(result.findings?.filter(({ code }) => code === 'extension-missing')).toHaveLength(1)
    const forced = await send({ ehlo: ['HELP'] }, { extensions: { eightBitMime: 'on', smtputf8: 'on' } })
    expect(forced.heard).toContain('MAIL FROM:<a@example.com> BODY=8BITMIME SMTPUTF8\r\n')
    expect(forced.told).toContain('SMTPUTF8 is said although the server does not offer it')
  })

  test('UTF-8 addresses without SMTPUTF8: its own finding, and nothing is sent', async () => {
    const message = { from: 'jürgen@example.com', to: ['b@example.com'] }
    const { result, told, heard } = await send({ ehlo: ['8BITMIME'] }, { message })
    expect([result.outcome, told.startsWith('utf8-not-supported')]).toEqual(['failed', true])
    expect(heard).not.toContain('MAIL')
  })

  test('8-bit content without BODY, to see what happens', async () => {
    const { result, told, heard } = await send(
      { ehlo: ['8BITMIME'] },
      { extensions: { eightBitMime: 'off' } },
    )
    expect([result.outcome, told.includes('extension-missing')]).toEqual(['accepted', false])
    expect(heard).toContain('MAIL FROM:<a@example.com>\r\n')
  })
})

describe('from here', () => {
  test('an address of this computer, seen by the server; the name server that was named', async () => {
    const seen: (string | undefined)[] = []
    const server = await listen((socket, received) => {
      seen.push(socket.remoteAddress)
      mail()(socket, received)
    })
    open.push(server)
    const dns = await startDns(zone([a('mx.example.test', '127.0.0.1')]))
    const target = { host: 'mx.example.test', resolver: dns.server, source: '127.0.0.55' }
    const run = await start(server.port, { target })
    expect((await run.result).outcome).toBe('accepted')
    expect(seen).toEqual(['127.0.0.55'])
    // From an IPv4 address nobody is asked for IPv6 ones.
    expect(dns.asked.map(({ type }) => type)).toEqual(['A'])
    await dns.stop()
  })

  test('each phase has a limit of its own', async () => {
    const silent = await listen(says(''))
    open.push(silent)
    const greeting = await start(silent.port, { target: { timeouts: { connect: 5000, reply: 60_000, greeting: 60 } } }) // prettier-ignore
    expect((await greeting.result).findings?.map(({ code }) => code)).toContain('banner-timeout')
    const tls = await start(silent.port, {
      target: { tls: 'implicit', timeouts: { connect: 60_000, tls: 60 } },
    })
    expect((await tls.result).findings?.map(({ code }) => code)).toContain('tls-timeout')
  })
})

const cli = (port: number, ...more: string[]) =>
  runCli(['send', '--host', '127.0.0.1', '--port', String(port), '--tls', 'none', '--from', 'a@x.test', '--to', 'b@x.test', ...more], { PASS: 'wrong' }) // prettier-ignore

function file(name: string, text: string | Buffer): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

describe('on the command line', () => {
  test('the field that is wrong is named, and nothing is dialled', async () => {
    const server = await serve()
    const good = await selfSigned()
    const old = await selfSigned({ from: -90, to: -30 })
    const other = await selfSigned()
    const key = createPrivateKey(good.key).export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'right' }) // prettier-ignore
    const wrong: [string, string[]][] = [
      ['--client-cert', ['--client-cert', file('old', `${old.cert}\n${old.key}`)]],
      ['--client-key', ['--client-cert', file('cert', good.cert), '--client-key', file('other', other.key)]],
      ['--client-key-passphrase-env', ['--client-cert', file('cert', good.cert), '--client-key', file('sealed', key), '--client-key-passphrase-env', 'PASS']],
      ['--source', ['--source', '192.0.2.200']],
      ['--resolver', ['--resolver', 'dns.example']],
      ['--dsn-envid', ['--dsn-envid', 'Grüße']],
      ['--dsn-orcpt', ['--dsn-orcpt', 'a@x.test', '--dsn-orcpt', 'b@x.test']],
    ] // prettier-ignore
    for (const [option, args] of wrong) {
      const run = await cli(server.port, ...args)
      expect([run.status, run.out, run.err.startsWith(option)], run.err).toEqual([2, '', true])
    }
    expect(server.connections()).toBe(0)
  }, 60_000)

  test('the document is what its schema promises, for a message that was taken in part', async () => {
    let recipients = 0
    const server = await listen((socket, received) => {
      socket.write('220 test.example ESMTP\r\n')
      let content = false
      socket.on('data', (chunk) => {
        for (const line of chunk
          .toString('latin1')
          .split('\r\n')
          .filter((one) => one !== '')) {
          received(`${line}\n`)
          if (content && line !== '.') continue
          if (line.startsWith('RCPT'))
            socket.write(recipients++ === 0 ? '250 ok\r\n' : '450 4.2.0 Greylisted\r\n')
          else socket.write(line === 'DATA' ? '354 go\r\n' : line === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n')
          content = line === 'DATA'
          if (line === 'QUIT') socket.end()
        }
      })
    })
    open.push(server)
    const run = await cli(server.port, '--to', 'c@x.test', '--json')
    const report = SendReport.strict().parse(JSON.parse(run.out))
    expect([run.status, report.outcome]).toEqual([1, 'partly-accepted'])
    expect(report.recipients.map(({ findings }) => findings)).toEqual([[], ['greylisted']])
    expect(run.err).toContain('✗ c@x.test: 450 4.2.0 Greylisted (greylisted)')
    expect(report.sentOctets).toBeGreaterThan(0)
    expect(report.timings.data).toBeGreaterThan(0)
  })
})
