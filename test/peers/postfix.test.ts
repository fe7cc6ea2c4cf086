import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { TranscriptEvent } from '#shared/transcript/event.ts'
import { runCli } from '../support/cli.ts'
import { type Postfix, postfixUser, startPostfix, whyNoPostfix } from '../support/postfix.ts'
import { findSecret } from '../support/wire.ts'

const why = whyNoPostfix()
let postfix: Postfix
const folder = mkdtempSync(join(tmpdir(), 'relayscope-send-'))

beforeAll(async () => {
  if (why === null) postfix = await startPostfix()
})
afterAll(async () => {
  if (why === null) await postfix.stop()
  rmSync(folder, { recursive: true, force: true })
})

const SendAnswer = z.object({
  outcome: z.string(),
  message: z.string(),
  transcript: z.array(TranscriptEvent),
  findings: z.array(z.object({ code: z.string() })),
})
type SendAnswer = z.infer<typeof SendAnswer>

const base = ['--from', 'me@x.test', '--to', 'a@box.test', '--json']
const password = { RELAYSCOPE_TEST_PASSWORD: postfixUser.password, RELAYSCOPE_TEST_TOKEN: 'a.token' }

async function send(
  port: number,
  ...more: string[]
): Promise<{ status: number | null; answer: SendAnswer; all: string }> {
  const args = [
    'send',
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    '--ca',
    postfix.caFile,
    ...base,
    ...more,
  ]
  const run = await runCli(args, password)
  return { status: run.status, answer: SendAnswer.parse(JSON.parse(run.out)), all: run.out + run.err }
}

const signIn = (mechanism: string): string[] => [
  '--auth', mechanism, '--user', postfixUser.user, '--password-env', 'RELAYSCOPE_TEST_PASSWORD',
] // prettier-ignore

describe('a real Postfix accepts', () => {
  const ways = [
    ['a submission port like 587, STARTTLS', 'submission', 'starttls'],
    ['a port like 2525, STARTTLS', 'clearAuth', 'starttls'],
    ['implicit TLS like 465', 'submissions', 'implicit'],
  ] as const
  for (const [name, port, tls] of ways) {
    for (const mechanism of ['plain', 'login', 'cram-md5', 'scram-sha-1', 'scram-sha-256', 'auto']) {
      test(`${mechanism} over ${name}`, async ({ skip }) => {
        skip(why !== null, why ?? '')
        const { status, answer, all } = await send(postfix.ports[port], '--tls', tls, ...signIn(mechanism))
        expect(answer.outcome, answer.message).toBe('accepted')
        expect(status).toBe(0)
        expect(answer.transcript.find((event) => event.kind === 'tls')).toMatchObject({
          outcome: 'established',
          verified: true,
        })
        expectNoPassword(all)
        const line = answer.transcript.find((event) => event.kind === 'line' && event.verb === 'AUTH')
        const named = mechanism === 'auto' ? 'scram-sha-256' : mechanism
        expect(line).toMatchObject({ raw: expect.stringContaining(`AUTH ${named.toUpperCase()}`) })
      })
    }
  }

  test('without signing in, on a port like 25', async ({ skip }) => {
    skip(why !== null, why ?? '')
    const { answer } = await send(postfix.ports.starttls, '--tls', 'opportunistic')
    expect(answer.outcome).toBe('accepted')
  })
})

test('what Postfix delivers is what was sent: dots, 8-bit octets, and nothing more', async ({ skip }) => {
  skip(why !== null, why ?? '')
  const before = postfix.delivered().length
  const { answer } = await send(
    postfix.ports.implicit,
    '--tls',
    'implicit',
    '--text',
    '.one\n..two\n.\nGrüße',
    '--subject',
    'dots',
  )
  expect(answer.outcome).toBe('accepted')
  await expect.poll(() => postfix.delivered().length, { timeout: 15_000 }).toBe(before + 1)
  const found = postfix.delivered().filter((message) => message.includes('Subject: dots'))
  expect(found).toHaveLength(1)
  const text = found[0]!.toString('latin1').split('\n\n').slice(1).join('\n\n')
  const decoded = /quoted-printable/i.test(found[0]!.toString('latin1'))
    ? unquote(text)
    : Buffer.from(text, 'latin1')
  expect(decoded.toString('utf8').trimEnd()).toBe('.one\n..two\n.\nGrüße')
})

describe('Postfix refuses', () => {
  test('a mechanism that is not enabled: its own finding, and nothing was tried', async ({ skip }) => {
    skip(why !== null, why ?? '')
    const { answer, status } = await send(postfix.ports.submission, ...signIn('xoauth2').slice(0, 4), '--password-env', 'RELAYSCOPE_TEST_TOKEN') // prettier-ignore
    expect([answer.outcome, status]).toEqual(['failed', 1])
    expect(answer.findings.map(({ code }) => code)).toContain('auth-no-common-mechanism')
    expect(answer.transcript.some((event) => event.kind === 'line' && event.verb === 'AUTH')).toBe(false)
  })

  test.each(['plain', 'scram-sha-256'])(
    'a wrong password by %s: its own finding, no secret shown',
    async (mechanism) => {
      if (why !== null) return
      const args = ['--tls', 'starttls', '--auth', mechanism, '--user', 'user', '--password-env', 'WRONG']
      const all = [
        'send',
        '--host',
        '127.0.0.1',
        '--port',
        String(postfix.ports.submission),
        '--ca',
        postfix.caFile,
        ...base,
        ...args,
      ]
      const run = await runCli(all, { WRONG: 'not the one' })
      expect(run.status).toBe(1)
      const answer = SendAnswer.parse(JSON.parse(run.out))
      expect(answer.outcome).toBe('rejected')
      expect(answer.findings.map((finding) => finding.code)).toContain('auth-rejected')
      expect(run.out + run.err).not.toContain('not the one')
    },
  )

  test('a recipient, and says so for that one', async ({ skip }) => {
    skip(why !== null, why ?? '')
    const { answer, status } = await send(postfix.ports.starttls, '--to', 'reject@x.test')
    expect(answer.outcome).toBe('partly-accepted')
    expect(status).toBe(1)
  })

  test('nothing is sent when the certificate cannot be verified', async ({ skip }) => {
    skip(why !== null, why ?? '')
    const args = [
      'send',
      '--host',
      '127.0.0.1',
      '--port',
      String(postfix.ports.submission),
      ...base,
      ...signIn('plain'),
    ]
    const run = await runCli(args, password)
    const answer = SendAnswer.parse(JSON.parse(run.out))
    expect(answer.outcome).toBe('failed')
    expect(answer.transcript.filter((event) => event.kind === 'line')).toHaveLength(2)
    expectNoPassword(run.out + run.err)
  })
})

test('a password in clear needs consent', async ({ skip }) => {
  skip(why !== null, why ?? '')
  const refused = await send(postfix.ports.clearAuth, '--tls', 'none', ...signIn('plain'))
  expect(refused.answer.outcome).toBe('failed')
  const allowed = await send(
    postfix.ports.clearAuth,
    '--tls',
    'none',
    '--allow-cleartext-auth',
    ...signIn('plain'),
  )
  expect(allowed.answer.outcome).toBe('accepted')
  expectNoPassword(allowed.all)
})

test('the data folder holds the dialogue and not the password', async ({ skip }) => {
  skip(why !== null, why ?? '')
  const data = join(folder, 'data')
  const file = join(folder, 'case.json')
  const { answer } = await send(postfix.ports.submission, ...signIn('login'), '--data', data, '--save', file)
  expect(answer.outcome).toBe('accepted')
  const names = readdirSync(data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  expect(names.length).toBeGreaterThan(0)
  for (const entry of names) expectNoPassword(readFileSync(join(entry.parentPath, entry.name), 'latin1'))
  expectNoPassword(readFileSync(file, 'utf8'))
  const shown = await runCli(['show', file])
  expect(shown.out).toContain('235')
  expect(shown.status).toBe(0)
})

function expectNoPassword(text: string): void {
  expect(findSecret(text, postfixUser.password)).toBeNull()
}

function unquote(text: string): Buffer {
  const joined = text.replace(/=\n/g, '')
  return Buffer.from(
    joined.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
}
