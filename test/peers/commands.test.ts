/**
 * The commands of a dialogue are run as a person would run them, against a real `serve` process: what arrives has the
 * envelope and the octets of the dialogue. And whatever a stranger put into the dialogue stays text in every shell.
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toByteString, utf8 } from '#shared/bytes/bytes.ts'
import type { EventBody, SessionHead } from '#shared/transcript/event.ts'
import {
  jsString,
  printfFormat,
  pythonBytes,
  pythonString,
  shellWord,
} from '#shared/transcript/export/commands/quote.ts'
import { formats } from '#shared/transcript/export/formats.ts'
import { commandFormats, type ExportFormatId } from '#shared/transcript/export/types.ts'
import { recordedOf } from '../shared/transcript/export/sample.ts'
import { line, reply } from '../shared/transcript/samples.ts'
import { type Serve, startServe } from '../support/cli.ts'
import { findProgram } from '../support/system.ts'
import { readKept } from '../support/terminal/kept.ts'

const exec = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'relayscope-commands-'))
const data = join(folder, 'data')
const ca = join(data, 'certs/ca.pem')
const [user, password] = ['user', 'secret w0rd$x"\'`!']
let serve: Serve

beforeAll(async () => {
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  const listeners = ['127.0.0.1:0:plain', '127.0.0.1:0:starttls', '127.0.0.1:0:implicit']
  serve = await startServe(data, listeners, ['--auth', `${user}:${password}`])
})
afterAll(async () => {
  await serve.cli.stop()
  rmSync(folder, { recursive: true })
})

const ways = ['none', 'starttls', 'implicit'] as const
interface Case {
  format: ExportFormatId
  tls: (typeof ways)[number]
  mechanism?: string
  /** The session went on with a certificate that was not right. */
  insecure?: boolean
}

const security = { none: 'in clear', starttls: 'over STARTTLS', implicit: 'over TLS from the first octet' }

/** A case as its test's title says it. */
function wordsFor({ tls, mechanism, insecure }: Case): string {
  const signIn = mechanism === undefined ? [] : [`signing in by ${mechanism}`]
  return [security[tls], ...signIn, ...(insecure ? ['although the certificate is not right'] : [])].join(', ')
}

/** All of it may stand before an @ without quotes (RFC 5322 §3.2.3). */
const odd = "b'`touch${IFS}pwned`'|!#&*$x@x.test"

const contentFor = (subject: string): string =>
  `From: a@x.test\r\nSubject: ${subject}\r\n\r\n.\r\n..dots\r\n$(touch pwned) \`touch pwned\` %s \\n ' " !x\r\nGr\u00fc\u00dfe \u00ff\u0080 \u001b[201~\r\n\r\nend\r\n`

/** The dialogue of a client that said what the commands have to say again. */
function dialogue({ tls, mechanism, insecure }: Case, content: string): EventBody[] {
  const hello = line('EHLO me.test', 'ehlo', { verb: 'EHLO' })
  const handshake: EventBody = { kind: 'tls', phase: 'tls', direction: 'none', outcome: 'established', took: 1, sni: 'localhost', verified: insecure !== true } // prettier-ignore
  return [
    ...(tls === 'implicit' ? [handshake] : []),
    reply('220 localhost ESMTP', 'banner'),
    hello,
    reply('250 localhost', 'ehlo'),
    ...(tls === 'starttls' ? [line('STARTTLS', 'starttls'), reply('220 go', 'starttls'), handshake, hello, reply('250 x', 'ehlo')] : []),
    ...(mechanism === undefined ? [] : [line(`AUTH ${mechanism}`, 'auth'), reply('334 ', 'auth'), line('********', 'auth', { masked: [{ start: 0, end: 8 }] }), reply('235 ok', 'auth')]),
    line('MAIL FROM:<a@x.test>', 'mail'),
    reply('250 ok', 'mail'),
    line(`RCPT TO:<${odd}>`, 'rcpt'),
    reply('250 ok', 'rcpt'),
    line('RCPT TO:<c@x.test>', 'rcpt'),
    reply('250 ok', 'rcpt'),
    line('DATA', 'data'),
    reply('354 go', 'data'),
    { kind: 'chunk', phase: 'body', direction: 'to-server', body: 1, offset: 0, size: content.length, last: true, encoding: 'data', raw: content },
    line('.', 'body'),
    reply('250 ok', 'body'),
    line('QUIT', 'quit'),
  ] // prettier-ignore
}

let files = 0
/** Runs the export as its file; `trusted` is whether the local authority is trusted. */
async function run(format: ExportFormatId, text: string, trusted = true): Promise<{ stdout: string; stderr: string }> {
  const { extension } = formats.get(format)!
  const path = join(folder, `script-${++files}${extension}`)
  writeFileSync(path, text)
  const trust = { SSL_CERT_FILE: ca, CURL_CA_BUNDLE: ca, NODE_EXTRA_CA_CERTS: ca }
  const env = { PATH: process.env['PATH'], HOME: folder, SMTP_USER: user, SMTP_PASSWORD: password, ...(trusted ? trust : {}) }
  const programs: Record<string, string> = { '.sh': '/bin/sh', '.mjs': process.execPath, '.py': '/usr/bin/python3' }
  return exec(programs[extension]!, [path], { env, cwd: folder, timeout: 60_000 })
} // prettier-ignore

const textOf = (format: ExportFormatId, bodies: EventBody[], head: Partial<SessionHead>): string =>
  Array.from(formats.get(format)!.write(recordedOf(bodies, head), 'relayscope test')).join('')

const programOf: Record<string, string> = { swaks: 'swaks', curl: 'curl', openssl: 'openssl', python: 'python3', nodemailer: 'node' } // prettier-ignore
const sent = new Map<string, { case: Case; content: string }>()

// What most of them do is wait, as `sleep 1` between two lines does: they wait at once.
describe.concurrent.each(commandFormats)('%s', (format) => {
  const cases: Case[] = [
    ...ways.map((tls) => ({ format, tls })),
    { format, tls: 'starttls', mechanism: 'PLAIN' },
    { format, tls: 'implicit', mechanism: 'LOGIN' },
    // No program here knows it in every build: each takes what it knows of what is offered.
    { format, tls: 'starttls', mechanism: 'SCRAM-SHA-256' },
    { format, tls: 'starttls', insecure: true },
  ]
  test.for(cases.map((given) => ({ ...given, how: wordsFor(given) })))('sends the message $how', { timeout: 90_000 }, async (given, { skip }) => {
    skip(findProgram(programOf[format]!) === null, `${programOf[format]} is not installed`)
    skip(format === 'openssl' && given.tls === 'none' && findProgram('nc') === null, 'nc is not installed')
    const subject = `${format} ${given.tls} ${given.mechanism ?? 'nobody'} ${given.insecure === true}`
    const content = contentFor(subject)
    const port = serve.ports[ways.indexOf(given.tls)]!
    await run(format, textOf(format, dialogue(given, content), { host: 'localhost', port, tls: given.tls }), given.insecure !== true)
    sent.set(subject, { case: given, content })
  }) // prettier-ignore

  test('refuses a certificate that the session would have refused', async ({ skip, expect: holds }) => {
    skip(findProgram(programOf[format]!) === null, `${programOf[format]} is not installed`)
    const given: Case = { format, tls: 'implicit' }
    const text = textOf(format, dialogue(given, contentFor('never')), { host: 'localhost', port: serve.ports[2]!, tls: 'implicit' }) // prettier-ignore
    await holds(run(format, text, false)).rejects.toThrow()
  }) // prettier-ignore

  test('a session that sent nothing sends nothing', { timeout: 90_000 }, async ({ skip }) => {
    skip(findProgram(programOf[format]!) === null, `${programOf[format]} is not installed`)
    const bodies = dialogue({ format, tls: 'starttls', mechanism: 'PLAIN' }, '').slice(0, 11)
    await run(format, textOf(format, bodies, { host: 'localhost', port: serve.ports[1]!, tls: 'starttls' }))
  })
})

test('every message arrived, octet by octet, and no word became a command', async () => {
  await serve.cli.stop()
  await expect(exec('ls', [join(folder, 'pwned')])).rejects.toThrow()
  await readKept(data, async ({ messages, source }) => {
    const bySubject = new Map(messages.map((message) => [message.subject, message]))
    expect(bySubject.has('never')).toBe(false)
    expect(messages).toHaveLength(sent.size)
    for (const [subject, { case: given, content }] of sent) {
      const message = bySubject.get(subject)
      expect(message, subject).toMatchObject({
        mailFrom: 'a@x.test',
        rcptTo: [odd, 'c@x.test'],
        sealed: given.tls !== 'none',
        ...(given.mechanism === undefined ? {} : { user }),
      })
      expect((await source(message!.id)).toString('latin1'), subject).toBe(content)
    }
  })
})

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom(...Array.from(`-'"\`$\\!%;&|<>(){}*?~#\r\n\u0007\u001b a`)),
    maxLength: 20,
  }),
)
const octets = (text: string): string => toByteString(utf8(text.toWellFormed()))
const texts = fc.array(
  hostile.map((text) => text.replaceAll('\0', '').toWellFormed()),
  { minLength: 1, maxLength: 60 },
)

test.for([
  ['sh', '-c'],
  ['bash', '-c'],
])('%s gets hostile text back as it was', async ([shell, flag], { skip }) => {
  skip(findProgram(shell!) === null, `${shell} is not installed`)
  const check = fc.asyncProperty(texts, async (list) => {
    // A command's output loses line feeds at its end (POSIX 2.6.3).
    const words = list.map((text) => text.replace(/\n+$/, ''))
    const script = words.map((text) => `printf '%s\\n--\\n' ${shellWord(text)}\nprintf ${printfFormat(`${octets(text)}\n--\n`)}`).join('\n') // prettier-ignore
    const { stdout } = await exec(shell!, [flag!, script], { cwd: folder, encoding: 'buffer' })
    expect(stdout.toString('utf8')).toBe(words.map((text) => `${text}\n--\n`.repeat(2)).join(''))
  })
  await fc.assert(check, { numRuns: 25 })
})

test('Python and JavaScript get hostile text back as it was', async ({ skip }) => {
  skip(findProgram('python3') === null, 'python3 is not installed')
  const check = fc.asyncProperty(texts, async (list) => {
    const python = `import sys\nfor t in [${list.map((t) => `${pythonString(t)}.encode(), ${pythonBytes(octets(t))}`).join(', ')}]: sys.stdout.buffer.write(t)` // prettier-ignore
    const expected = list.map((text) => text.repeat(2)).join('')
    const { stdout } = await exec('/usr/bin/python3', ['-c', python], { encoding: 'buffer' })
    expect(stdout.toString('utf8')).toBe(expected)
    const script = `process.stdout.write([${list.map((t) => jsString(t.repeat(2))).join(', ')}].join(''))`
    const node = await exec(process.execPath, ['-e', script], { encoding: 'buffer' })
    expect(node.stdout.toString('utf8')).toBe(expected)
  })
  await fc.assert(check, { numRuns: 10 })
})
