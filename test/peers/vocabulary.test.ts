/**
 * Codes of the vocabulary triggered through real sockets, each by a server that does one thing wrong, and by nothing made
 * up: the engine itself sends, reads and judges. test/house/vocabulary.test.ts holds the whole vocabulary against it.
 */
import { createServer, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import type { FindingCode } from '#shared/diagnosis/codes.ts'
import { messageSource } from '#engine/message/source.ts'
import { trusted } from '../support/dialogue/certificates.ts'
import { mail, type MailScript } from '../support/dialogue/scriptedServer.ts'
import { start } from '../support/dialogue/start.ts'
import { hasIpv6 } from '../support/peers/ports.ts'
import { codesOf, probe, servers } from '../support/probe.ts'

const scripted = servers()
afterEach(() => scripted.close())

type Script = Parameters<typeof scripted.serve>[0]
type More = NonNullable<Parameters<typeof start>[1]>

const auth = (mechanism: 'plain' | 'login' | 'cram-md5') => ({
  auth: { mechanism, user: 'u', password: 'secret w0rd', allowUnprotected: true },
})
const plain = auth('plain')
const soon = { target: { timeouts: { reply: 400, connect: 5000 } } }
const starttls = { target: { tls: 'starttls' as const, certificate: 'accept' as const } }

/** Does this instead of answering the first line that begins so. */
const at =
  (verb: string, act: (socket: Socket) => void, script: MailScript = {}): Script =>
  (socket, received) => {
    let done = false
    const { emit } = socket
    socket.emit = function (name: string | symbol, ...args: unknown[]): boolean {
      const [chunk] = args
      if (done && name === 'data') return true
      if (
        name === 'data' &&
        Buffer.isBuffer(chunk) &&
        chunk.toString('latin1').toUpperCase().includes(verb)
      ) {
        done = true
        act(socket)
        return true
      }
      return Reflect.apply(emit, socket, [name, ...args])
    }
    mail(script)(socket, received)
  }

const hangUp = (socket: Socket): void => void socket.end()
const nothing = (): void => {}
/** Says that it is ready for the content, and reads no octet of it. */
const takesNothing: Script = (socket) => {
  socket.write('220 test.example ESMTP\r\n')
  socket.on('data', (chunk: Buffer) => {
    const lines = chunk.toString('latin1').split('\r\n')
    for (const line of lines) if (/^(?:EHLO|MAIL|RCPT)/.test(line)) socket.write('250 2.0.0 ok\r\n')
    if (!lines.includes('DATA')) return
    socket.write('354 go on\r\n')
    socket.pause()
  })
}
const injected = (socket: Socket): void => void socket.write('220 go\r\n250 and this\r\n')
const replies = (verb: string, reply: string): Script => mail({ replies: { [verb]: `${reply}\r\n` } })
const offers = (...ehlo: string[]): Script => mail({ ehlo })

interface Case {
  script: Script
  more?: More
  content?: string
}

const cases: Partial<Record<FindingCode, Case>> = {
  'banner-masked': { script: mail({ banner: '220 ****************************\r\n' }) },
  'ehlo-rejected': { script: mail({ replies: { EHLO: '550 no\r\n', HELO: '550 no\r\n' } }) },
  'ehlo-closed': { script: at('EHLO', hangUp) },
  'ehlo-masked': { script: offers('SIZE', 'XXXXXXXA') },
  'helo-only': { script: replies('EHLO', '500 what') },
  'extension-missing': { script: offers('SIZE'), content: 'Subject: x\r\n\r\n\xc3\xbc\r\n' },
  'reply-malformed': { script: replies('MAIL', 'what was that') },
  'reply-too-long': { script: replies('MAIL', `250 ${'x'.repeat(2 << 20)}`) },
  'starttls-not-offered': { script: offers('SIZE'), more: starttls },
  'starttls-refused': {
    script: mail({ ehlo: ['STARTTLS'], replies: { STARTTLS: '454 4.7.0 not now\r\n' } }),
    more: starttls,
  },
  'starttls-plaintext-injected': {
    script: at('STARTTLS', injected, { ehlo: ['STARTTLS'] }),
    more: { target: { ...starttls.target, timeouts: { connect: 400 } } },
  },
  'starttls-not-enforced': { script: offers('STARTTLS') },
  'pipelining-broken': {
    script: mail({
      ehlo: ['PIPELINING'],
      replies: { RCPT: '554 5.5.0 Improper use of SMTP command pipelining\r\n' },
    }),
  },
  'auth-not-offered': { script: offers('SIZE'), more: plain },
  'auth-only-after-tls': { script: offers('STARTTLS'), more: plain },
  'auth-offered-in-clear': { script: offers('AUTH PLAIN'), more: plain },
  'auth-no-common-mechanism': { script: offers('AUTH GSSAPI'), more: plain },
  'auth-temporary': { script: replies('AUTH', '454 4.7.0 later'), more: plain },
  'auth-too-weak': { script: replies('AUTH', '534 5.7.9 too weak'), more: plain },
  'auth-closed': { script: at('AUTH', hangUp), more: plain },
  'auth-too-many': { script: replies('AUTH', '421 4.7.0 too many'), more: plain },
  'auth-mechanism-broken': {
    script: mail({ ehlo: ['AUTH CRAM-MD5'], replies: { AUTH: '334 !!!\r\n' } }),
    more: auth('cram-md5'),
  },
  'auth-required': { script: replies('MAIL', '530 5.7.0 Authentication required') },
  'sender-rejected': { script: replies('MAIL', '550 5.1.8 no') },
  'sender-needs-auth': { script: replies('MAIL', '550 5.7.1 Authentication required') },
  'size-exceeded': { script: replies('MAIL', '552 5.3.4 too big') },
  'utf8-not-supported': {
    script: offers('SIZE'),
    more: { message: { from: 'a@example.com', to: ['grün@example.com'] } },
  },
  'recipient-unknown': { script: replies('RCPT', '550 5.1.1 no such user') },
  'recipient-rejected': { script: replies('RCPT', '550 5.7.1 your address is not welcome') },
  'relay-denied': { script: replies('RCPT', '554 5.7.1 Relay access denied') },
  'mailbox-full': { script: replies('RCPT', '452 4.2.2 over quota') },
  greylisted: { script: replies('RCPT', '451 4.7.1 Greylisted, come back') },
  'rate-limited': { script: replies('RCPT', '450 4.7.1 too many messages, slow down') },
  'data-rejected': { script: replies('DATA', '554 5.5.0 no') },
  'content-rejected': { script: replies('.', '554 5.6.0 no') },
  'line-too-long': { script: replies('.', '500 5.5.2 line too long') },
  'bare-newline-rejected': { script: replies('.', '550 5.5.2 bare <LF> received') },
  'body-closed': { script: at('HELLO', hangUp) },
  'body-timeout': { script: takesNothing, more: soon, content: `${'x'.repeat(60)}\r\n`.repeat(400_000) },
  'closed-421': { script: replies('MAIL', '421 4.3.2 closing down') },
  'closed-unexpectedly': { script: at('MAIL', hangUp) },
  'reply-timeout': { script: at('MAIL', nothing), more: soon },
  'unknown-command': { script: replies('QUIT', '500 5.5.1 what') },
  'bad-sequence': { script: replies('QUIT', '503 5.5.1 not now') },
}

async function found({ script, more = {}, content }: Case): Promise<string[]> {
  const { port } = await scripted.serve(script)
  const compose = async () =>
    ({ ok: true, source: messageSource(Buffer.from(content ?? '', 'latin1')) }) as const
  const running = await start(port, more, content === undefined ? {} : { compose })
  const { session } = await running.result
  const findings = running.hub.events(session).filter((event) => event.kind === 'finding')
  for (const { evidence, next } of findings) {
    expect(evidence.length).toBeGreaterThan(0)
    expect(next).toMatch(/\S/)
  }
  return findings.map(({ code }) => code)
}

const both = { host: 'localhost', family: 0 } as const
const lookup = async (_name: string, family: 4 | 6) => [family === 4 ? '127.0.0.1' : '::1']

describe('several connections', () => {
  test('ipv6-fails-ipv4-works', async ({ skip }) => {
    skip(!(await hasIpv6()), 'no IPv6 here')
    const { port } = await scripted.serve(mail())
    const report = await probe({ ...both, ports: [{ port, mode: 'plain' }] }, { lookup })
    expect(codesOf(report)).toContain('ipv6-fails-ipv4-works')
  })

  test('ipv4-fails-ipv6-works', async ({ skip }) => {
    skip(!(await hasIpv6()), 'no IPv6 here')
    const server = createServer((socket) => mail()(socket, nothing))
    await new Promise<void>((done) => server.listen({ port: 0, host: '::1', ipv6Only: true }, done))
    const address = server.address()
    const port = typeof address === 'object' ? address!.port : 0
    const report = await probe({ ...both, ports: [{ port, mode: 'plain' }] }, { lookup })
    server.close()
    expect(codesOf(report)).toContain('ipv4-fails-ipv6-works')
  })

  test('starttls-stripped', async () => {
    const { pair } = await trusted()
    const full = await scripted.serve(mail({ pair }))
    const without = await scripted.serve(offers('SIZE'))
    const ports = [full, without].map(({ port }) => ({ port, mode: 'starttls' as const }))
    expect(codesOf(await probe({ ports }))).toContain('starttls-stripped')
  })
})

describe('a server that does one thing wrong', () => {
  for (const [code, one] of Object.entries(cases))
    test(code, async () => {
      expect(await found(one)).toContain(code)
    })
})
