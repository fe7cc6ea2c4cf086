import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import type { DialogueResult } from '#shared/rpc/contract/dialogue.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { engineOf, type Feed, fakeClient, keptIo } from '#test/support/terminal/fakes.ts'
import { sendReport } from '#shared/rpc/contract/sendReport.ts'
import { send, type SendOptions } from '../../../../../electron/hosts/terminal/commands/send.ts'

const folder = mkdtempSync(join(tmpdir(), 'relayscope-send-'))
afterAll(() => rmSync(folder, { recursive: true }))

const base = { session: 's1', phase: 'other', direction: 'none' } as const
const finding: TranscriptEvent = {
  ...base,
  kind: 'finding',
  seq: 1,
  at: 10,
  code: 'accepted',
  severity: 'good',
  side: 'server',
  confidence: 'certain',
  evidence: [1],
  message: 'Taken.',
  next: '',
}
const end: TranscriptEvent = { ...base, kind: 'end', seq: 2, at: 20, outcome: 'completed', by: 'client', message: 'Done.' } // prettier-ignore
const events = [finding, end]

const result = (outcome: DialogueResult['outcome'], next?: string): DialogueResult => ({
  session: 's1',
  outcome,
  message: `It was ${outcome}.`,
  ...(next === undefined ? {} : { next }),
  recipients: [],
})

const clientWith = (answer: DialogueResult, told: readonly TranscriptEvent[] = events) =>
  fakeClient(
    {
      'dialogue.start': () => ({ ok: true, session: 's1' }),
      'dialogue.result': () => answer,
      'transcript.export': () => ({
        name: 'x',
        text: '{"case":1}',
        notes: ['Missing of content 1: 3 octets.'],
      }),
    },
    {
      'transcript.events': (feed) => {
        for (const event of told) feed.event(event)
        feed.end()
      },
    },
  )

const options: SendOptions = {
  host: 'mx.test',
  port: 587,
  tls: 'starttls',
  insecure: false,
  family: 0,
  auth: 'auto',
  allowCleartextAuth: false,
  from: 'me@x.test',
  to: ['you@x.test'],
  cc: [],
  bcc: [],
  replyTo: [],
  envelopeTo: [],
  attach: [],
  inline: [],
  header: [],
  var: [],
  subject: 'S',
  text: 'T',
  dsnOrcpt: [],
  requireTls: false,
  pipelining: 'on',
  stopAfter: { stopAfter: 'end' },
  json: false,
}

async function run(
  change: Partial<SendOptions>,
  answer = result('accepted'),
  env: Record<string, string> = {},
) {
  const io = keptIo(env)
  const client = clientWith(answer)
  const status = await send({ ...options, ...change }, io, engineOf(client).withEngine)
  return { io, status, request: client.calls[0]?.[1] }
}

test('the request holds what was typed, and nobody signs in without a user', async () => {
  const { request } = await run({
    ehlo: 'me.test',
    serverName: 'n.test',
    timeout: 50,
    insecure: true,
    pipelining: 'off',
  })
  expect(request).toEqual({
    target: {
      host: 'mx.test',
      port: 587,
      tls: 'starttls',
      family: 0,
      certificate: 'accept',
      timeouts: { connect: 50, reply: 50 },
      serverName: 'n.test',
      ehloName: 'me.test',
    },
    auth: { mechanism: 'none', user: '', password: '', allowUnprotected: false },
    message: {
      from: 'me@x.test', to: ['you@x.test'], cc: [], bcc: [], replyTo: [], subject: 'S', text: 'T', headers: [], attachments: [],
    }, // prettier-ignore
    pipelining: false,
    stopAfter: 'end',
  })
})

test('the user is the sender when none is given; the password comes from the environment', async () => {
  const { from: _from, ...rest } = options
  const io = keptIo({ P: 'secret w0rd' })
  const client = clientWith(result('accepted'))
  await send({ ...rest, user: 'me@y.test', auth: 'plain', passwordEnv: 'P' }, io, engineOf(client).withEngine)
  expect(client.calls[0]![1]).toMatchObject({
    auth: { mechanism: 'plain', user: 'me@y.test', password: 'secret w0rd' },
    message: { from: 'me@y.test' },
  })
  expect(io.written + io.said.join('\n')).not.toContain('secret w0rd')
})

test('a stop before MAIL needs no message', async () => {
  const stopAfter = { stopAfter: 'ehlo' } as const
  expect((await run({ stopAfter }, result('stopped'))).request).not.toHaveProperty('message')
})

test('a message file goes as it is', async () => {
  const eml = join(folder, 'm.eml')
  writeFileSync(eml, 'Subject: ü\r\n\r\nhi\r\n')
  const { request } = await run({ eml })
  expect(request).toMatchObject({ message: { raw: readFileSync(eml).toString('base64') } })
})

test.each([
  ['accepted', 0],
  ['stopped', 0],
  ['partly-accepted', 1],
  ['rejected', 1],
  ['failed', 1],
] as const)('%s gives status %i, the outcome in words on stderr', async (outcome, status) => {
  const run1 = await run({}, result(outcome, 'Do this.'))
  expect(run1.status).toBe(status)
  expect(run1.io.said).toEqual([`It was ${outcome}.`, 'Do this.'])
  expect(run1.io.written).toContain('accepted: Taken.')
})

test('--json: one document on stdout', async () => {
  const { io } = await run({ json: true })
  expect(JSON.parse(io.written)).toEqual(JSON.parse(JSON.stringify(sendReport(result('accepted'), events))))
  expect(io.said).toEqual(['Connecting to mx.test, port 587.', 'It was accepted.'])
})

test('an error that was found makes status 1, whatever became of the message', async () => {
  const io = keptIo()
  const told = [{ ...finding, code: 'x', severity: 'error' } as const, end]
  expect(await send(options, io, engineOf(clientWith(result('accepted'), told)).withEngine)).toBe(1)
})

test('refused recipients are told one by one', async () => {
  const recipients = [
    { address: 'a@x.test', accepted: true, code: 250, reply: '250 ok' },
    { address: 'b@x.test', accepted: false, code: 550, reply: '550 no', findings: ['recipient-unknown'] },
  ]
  const { io } = await run({}, { ...result('partly-accepted', 'Look.'), recipients })
  expect(io.said).toEqual([
    'It was partly-accepted.',
    '✓ a@x.test: 250 ok',
    '✗ b@x.test: 550 no (recipient-unknown)',
    'Look.',
  ])
})

test('--save keeps the case file', async () => {
  const save = join(folder, 'case')
  const { io } = await run({ save })
  expect(readFileSync(save, 'utf8')).toBe('{"case":1}')
  // And says what of it could not be read.
  expect(io.said.slice(-2)).toEqual([`Saved as ${save}`, 'Missing of content 1: 3 octets.'])
})

test.each([
  [{ auth: 'plain' }, '--user: there is no user for --auth plain.'],
  [{ passwordEnv: 'P' }, '--user: there is no user for --password-env.'],
  [{ passwordFile: 'f' }, '--user: there is no user for --password-file.'],
  [{ user: 'u', passwordFile: '/nowhere' }, '--password-file /nowhere cannot be read'],
  [{ eml: '/nowhere' }, '--eml /nowhere cannot be read'],
  [{ ca: '/nowhere' }, '--ca /nowhere cannot be read'],
  [
    { save: '/nowhere/case.json' },
    '--save /nowhere/case.json cannot be written: there is no such file or folder',
  ],
] as const)('%j is told before anything is opened', async (change, words) => {
  await expect(run(change)).rejects.toThrow(words)
})

test('each problem of the plan names its option: status 2', async () => {
  const io = keptIo()
  const problems = [
    { field: 'message.from', value: '', message: 'There is no address.' },
    { field: 'message.to', value: '', message: 'There is no recipient.' },
  ]
  const client = fakeClient({ 'dialogue.start': () => ({ ok: false, problems }) })
  expect(await send(options, io, engineOf(client).withEngine)).toBe(2)
  expect(io.said).toEqual(['--from: There is no address.', '--to: There is no recipient.'])
})

test.each([
  ['stopped', 3],
  // The message had been taken before the signal came: that it is on its way is what counts.
  ['accepted', 0],
] as const)('Ctrl+C drops the connection; %s gives status %i', async (outcome, status) => {
  const io = keptIo()
  let feed: Feed<TranscriptEvent> | null = null
  const client = fakeClient(
    {
      'dialogue.start': () => ({ ok: true, session: 's1' }),
      'dialogue.result': () => result(outcome),
      'dialogue.act': () => {
        feed!.event(end)
        feed!.end()
        return { ok: true }
      },
    },
    { 'transcript.events': (begun) => void (feed = begun) },
  )
  const running = send(options, io, engineOf(client).withEngine)
  await vi.waitFor(() => expect(feed).not.toBeNull())
  io.interrupt()
  expect(await running).toBe(status)
  expect(client.calls).toContainEqual(['dialogue.act', { session: 's1', action: { type: 'drop' } }])
})

async function wordsAbout(told: TranscriptEvent): Promise<string> {
  const io = keptIo()
  await send(options, io, engineOf(clientWith(result('failed'), [told, end])).withEngine)
  return io.said.join(' ')
}

test('where we stopped before the password, the flag that gives consent is named', async () => {
  const stopped: TranscriptEvent = { ...finding, code: 'auth-needs-tls', side: 'this-computer' }
  expect(await wordsAbout(stopped)).toContain('--allow-cleartext-auth')
  expect(await wordsAbout({ ...stopped, side: 'server' })).not.toContain('--allow-cleartext-auth')
})
