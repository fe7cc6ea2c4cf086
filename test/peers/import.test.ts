/**
 * What real programs print of real dialogues is read whole: every line understood, none lost, and the same commands and
 * codes as in the transcript that the server itself recorded of that session.
 */
import { execFile, execFileSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importText } from '#shared/transcript/import/import.ts'
import type { Imported, ImportedSession } from '#shared/transcript/import/types.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { readCertificate } from '#engine/dialogue/chain.ts'
import { converse, type Turn } from '../support/converse.ts'
import { type Postfix, postfixUser, startPostfix, whyNoPostfix } from '../support/postfix.ts'
import { ended, eventsOf, type Running, runServer, session } from '../support/server/run.ts'
import { findProgram } from '../support/system.ts'
import { findSecret } from '../support/wire.ts'

const lost = (text: string, { sessions }: Imported): number =>
  text.split('\n').filter((line) => line.trim() !== '').length -
  sessions.reduce((n, { lines: { understood, unknown } }) => n + understood + unknown, 0)

/** Reads it; nothing may be lost, unknown or leaked. */
function readAll(text: string, form: string): ImportedSession[] {
  const imported = importText(text, { now: Date.now(), certificate: readCertificate })
  if (imported.form === null) throw new Error(imported.problems[0]?.message)
  const unknown = imported.sessions.flatMap(({ events }) => events).filter((event) => event.kind === 'remark' && !event.understood) // prettier-ignore
  expect([imported.form, lost(text, imported), unknown]).toEqual([form, 0, []])
  expect(findSecret(JSON.stringify(imported), postfixUser.password)).toBeNull()
  return imported.sessions
}

/** What was said, as `C: RCPT TO:<a@b>`, `S: 250`; TLS where it began. Lines without their ends, the lone dot left out. */
function said(events: readonly TranscriptEvent[]): string[] {
  return events.flatMap((event) => {
    if (event.kind === 'line') return event.raw === '.\r\n' ? [] : [`C: ${event.raw.trimEnd()}`]
    if (event.kind === 'reply') return [`S: ${event.code} ${event.raw.split('\r\n').length - 1}`]
    return event.kind === 'tls' ? [`tls ${event.outcome}`] : []
  })
}
const bySide = (lines: readonly string[]): string[][] => ['C', 'S'].map((side) => lines.filter((line) => line.startsWith(side))) // prettier-ignore
const same = <T>(lines: T): T => lines
const afterTls = (lines: readonly string[]): string[] => lines.slice(lines.indexOf('tls established') + 1)

const swaks = (port: number, ...more: string[]): Promise<string> =>
  new Promise((done, fail) =>
    execFile('swaks', ['--server', '127.0.0.1', '--port', String(port), '--from', 'a@b.test', ...more], (error, stdout, stderr) =>
      typeof error?.code === 'string' ? fail(error) : done(stdout + stderr),
    ),
  ) // prettier-ignore

const signIn = ['--auth-user', 'user@mx.peer.test', '--auth-password', postfixUser.password]

/** The server's own transcript of the session. */
const ownTranscript = async (run: Running): Promise<string[]> =>
  said(await eventsOf(run, (await session(run, ended)).id))

describe.skipIf(findProgram('swaks') === null)('swaks with the local server', () => {
  test.each([
    ['in clear', 0, [], 'none'],
    ['with STARTTLS', 1, ['--tls'], 'starttls'],
    ['with TLS at once', 2, ['--tls-on-connect'], 'implicit'],
    ['signing in by PLAIN', 3, ['--tls', '--auth', 'PLAIN', ...signIn], 'starttls'],
    ['signing in by LOGIN', 3, ['--tls', '--auth', 'LOGIN', ...signIn], 'starttls'],
    ['signing in by CRAM-MD5', 3, ['--tls', '--auth', 'CRAM-MD5', ...signIn], 'starttls'],
    ['refused without signing in', 3, ['--tls'], 'starttls'],
    [
      'with time lapses and the octets themselves',
      1,
      ['--tls', '--show-time-lapse', '--show-raw-text'],
      'starttls',
    ],
    ['pipelined', 0, ['--pipeline', '--to', 'b@x.test,c@x.test'], 'none'],
  ])('%s', async (_name, listener, more, tls) => {
    const run = await runServer()
    const text = await swaks(run.ports[listener]!, ...(more.includes('--to') ? [] : ['--to', 'b@x.test']), ...more) // prettier-ignore
    const [read, ...others] = readAll(text, 'swaks')
    expect(others).toEqual([])
    expect(read!.head).toMatchObject({ host: '127.0.0.1', port: run.ports[listener], tls })
    // A client that does not wait sees the answers later than they were said: each side is compared by itself then.
    const order = more.includes('--pipeline') ? bySide : same
    expect(order(said(read!.events))).toEqual(order(await ownTranscript(run)))
  })
})

const reply = /(?:^|\n)\d{3} [^\n]*\n/
const typed: Turn[] = [
  ['EHLO typist.test', reply],
  ['MAIL FROM:<a@b.test>', reply],
  ['RCPT TO:<b@x.test>', reply],
  ['DATA', reply],
  ['Subject: typed', reply],
  ['', /typed/],
  ['..dot', /\n/],
  ['.', /dot/],
  ['QUIT', reply],
].map(([type, after]) => ({ type, after }) as Turn)

// A terminal may set what is typed into the middle of a line that the program writes: such a run tells nothing.
describe.skipIf(findProgram('openssl') === null || findProgram('script') === null)(
  'typed by hand',
  { retry: 3 },
  () => {
    test.each([
    ['openssl with STARTTLS', 1, ['-starttls', 'smtp'], 'starttls'],
    ['openssl with TLS at once', 2, [], 'implicit'],
    ['openssl, shortly', 1, ['-starttls', 'smtp', '-brief'], 'starttls'],
    ['openssl, TLS 1.2, telling its states and every certificate', 2, ['-tls1_2', '-state', '-showcerts'], 'implicit'],
  ])('%s', async (_name, listener, more, tls) => {
    const run = await runServer()
    const command = `openssl s_client -connect 127.0.0.1:${run.ports[listener]} -crlf -nocommands -CAfile ${run.caFile} ${more.join(' ')}` // prettier-ignore
    const [read] = readAll(`$ ${command}\n${await converse(command, typed)}`, 'openssl')
    expect(read!.head).toMatchObject({ host: '127.0.0.1', port: run.ports[listener], tls })
    const own = await eventsOf(run, (await session(run, ended)).id)
    expect(afterTls(said(read!.events))).toEqual(afterTls(said(own)))
    expect(read!.events.find(({ kind }) => kind === 'tls')).toMatchObject({ outcome: 'established' })
  }) // prettier-ignore

    test('a bare TCP connection, as telnet shows it', async () => {
      const run = await runServer()
      // Everything that comes is shown, everything typed is sent with CRLF.
      const script = `exec 3<>/dev/tcp/127.0.0.1/${run.ports[0]}; cat <&3 & while IFS= read -r line; do printf "%s\\r\\n" "$line" >&3; [ "$line" = QUIT ] && break; done; wait` // prettier-ignore
      const shown = await converse(`bash -c '${script}'`, typed)
      const text = `Trying 127.0.0.1...\nConnected to localhost.\nEscape character is '^]'.\n${shown}Connection closed by foreign host.\n` // prettier-ignore
      const [read] = readAll(text, 'telnet')
      expect(said(read!.events)).toEqual(said(await eventsOf(run, (await session(run, ended)).id)))
    })
  },
)

const why = whyNoPostfix()
describe.skipIf(why !== null || findProgram('swaks') === null)('Postfix', () => {
  let postfix: Postfix
  const etc = (): string => join(dirname(postfix.caFile), '..', 'etc')
  beforeAll(async () => {
    postfix = await startPostfix()
    execFileSync('postconf', ['-c', etc(), '-e', 'debug_peer_list=127.0.0.1', 'smtpd_tls_loglevel=1'])
    execFileSync('postfix', ['-c', etc(), 'reload'], { stdio: 'ignore' })
  })
  afterAll(() => postfix.stop())

  /** The log of what `deed` did, up to and with its disconnection. */
  async function logged(deed: () => Promise<string>): Promise<{ text: string; log: string }> {
    const before = postfix.log().length
    const text = await deed()
    for (;;) {
      const log = postfix.log().slice(before)
      // The file is written by another program, which tells nobody.
      if (/disconnect from/.test(log)) return { text, log }
      await new Promise((next) => setImmediate(next))
    }
  }

  test.each([
    ['a message, one recipient refused', 'starttls', ['--to', 'box@box.test,reject@x.test']],
    ['signing in by LOGIN inside TLS', 'submission', ['--to', 'box@box.test', '--tls', '--auth', 'LOGIN', ...signIn]],
    ['a wrong password', 'submission', ['--to', 'box@box.test', '--tls', '--auth', 'PLAIN', '--auth-user', 'user', '--auth-password', 'wrong-guess-77']],
  ] as const)('its verbose log says what swaks says: %s', async (_name, port, more) => {
    const { text, log } = await logged(() => swaks(postfix.ports[port], ...more))
    const [client] = readAll(text, 'swaks')
    const [server] = readAll(log, 'postfix')
    expect(said(server!.events)).toEqual(said(client!.events))
    expect(server!.head).toMatchObject({ role: 'server', host: '127.0.0.1', times: 'seconds' })
    for (const leak of ['wrong-guess', Buffer.from('wrong-guess-77').toString('base64')])
      expect(JSON.stringify([client, server])).not.toContain(leak)
  }) // prettier-ignore

  test('every session of its whole log, none lost', () => {
    expect(readAll(postfix.log(), 'postfix').length).toBeGreaterThan(2)
  })
})
