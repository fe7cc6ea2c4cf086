/**
 * A recording against real programs: refused and greylisted sessions with Postfix, answered again to swaks and Python's
 * smtplib, which must meet the same failure at the same place; and what swaks said to our server, said again to Postfix.
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bench, openBench } from '../electron/engine/handlers/support.ts'
import { startCli, runCli } from '../support/cli.ts'
import { type Postfix, startPostfix, whyNoPostfix } from '../support/postfix.ts'
import { eventsOf, findings, newestOf, replayClient, replayServer } from '../support/replay.ts'
import { findProgram } from '../support/system.ts'

const exec = promisify(execFile)
const why = whyNoPostfix() ?? (findProgram('swaks') === null ? 'swaks is not installed' : null)
const folder = mkdtempSync(join(tmpdir(), 'relayscope-replay-'))
let postfix: Postfix
let bench: Bench

beforeAll(async () => {
  bench = await openBench()
  if (why === null) postfix = await startPostfix()
})
afterAll(async () => {
  await bench.stop()
  if (why === null) await postfix.stop()
  rmSync(folder, { recursive: true })
})

async function record(to: string): Promise<string> {
  const target = { host: '127.0.0.1', port: postfix.ports.starttls, tls: 'starttls', ca: postfix.ca } as const
  const message = { from: 'me@x.test', to: [to], subject: 'x', text: 'y' }
  const started = await bench.client.call('dialogue.start', { target, auth: { mechanism: 'none' }, message })
  if (!started.ok) throw new Error(JSON.stringify(started.problems))
  await bench.client.call('dialogue.result', { session: started.session })
  return started.session
}

const outcome = (run: Promise<unknown>): Promise<{ code: number; stdout: string }> =>
  run.then(
    (done) => ({ code: 0, ...(done as { stdout: string }) }),
    (error: unknown) => error as { code: number; stdout: string },
  )

const swaks = (port: number, to: string) =>
  outcome(
    exec('swaks', ['--server', '127.0.0.1', '--port', String(port), '--tls', '-f', 'a@x.test', '-t', to]),
  )

const python = `
import smtplib, ssl, sys
c = ssl._create_unverified_context()
s = smtplib.SMTP('127.0.0.1', int(sys.argv[1]))
s.starttls(context=c)
try:
    s.sendmail('a@x.test', [sys.argv[2]], 'Subject: x\\r\\n\\r\\ny\\r\\n')
except smtplib.SMTPRecipientsRefused as error:
    print(error.recipients[sys.argv[2]])
`

for (const [name, to, code, words] of [
  ['refused', 'reject@x.test', 550, '550 5.1.1 <reject@x.test>: Recipient address rejected: no such user'],
  ['greylisted', 'defer@x.test', 451, '451 4.7.1 <defer@x.test>: Recipient address rejected: greylisted'],
] as const) {
  test(`a session that Postfix ${name} at RCPT fails swaks and smtplib at the same place`, async ({
    skip,
  }) => {
    skip(why !== null, why ?? '')
    const replay = await replayServer(bench, await record(to))
    expect(replay.tls).toBe('starttls')
    const run = await swaks(replay.port, to)
    expect(run.code, run.stdout).toBe(24)
    expect(run.stdout).toContain(`<~* ${words}`)
    expect(run.stdout).not.toContain('354')
    const kept = await eventsOf(bench, await newestOf(bench, replay))
    expect(kept.some((event) => event.kind === 'reply' && event.code === code)).toBe(true)
    const { stdout } = await exec('python3', ['-c', python, String(replay.port), to])
    expect(stdout).toContain(`(${code}, `)
    expect(stdout).toContain('Recipient address rejected')
    await bench.client.call('replay.stop', { id: replay.id })
  })
}

test('what swaks said to our server is said again to Postfix, and delivered octet for octet', async ({
  skip,
}) => {
  skip(why !== null, why ?? '')
  const { client } = bench
  const { status } = await client.call('server.start', { config: { listeners: [{ port: 0, tls: 'plain' }] } })
  const port = status.listeners[0]!.actualPort!
  const content =
    'From: me@x.test\r\nTo: a@box.test\r\nDate: Fri, 2 Jan 2026 03:04:05 +0000\r\nMessage-ID: <1@x.test>\r\nSubject: replayed\r\n\r\n.\r\n..two\r\nGr\u00fc\u00dfe \u00ff\r\n\r\nend\r\n'
  const file = join(folder, 'message')
  writeFileSync(file, Buffer.from(`${content.replace(/^\./gm, '..')}.`, 'latin1'))
  await exec('swaks', ['--server', '127.0.0.1', '--port', String(port), '-f', 'me@x.test', '-t', 'a@box.test', '--data', `@${file}`, '--no-data-fixup']) // prettier-ignore
  const { items } = await client.call('transcript.list', { source: 'server' })
  const result = await replayClient(bench, items[0]!.id, {
    port: postfix.ports.starttls,
    tls: 'starttls',
    ca: postfix.ca,
  })
  expect(result.outcome, result.message).toBe('accepted')
  expect(findings(await eventsOf(bench, result.session))).not.toContain('replay-differs')
  await expect.poll(() => postfix.delivered().length, { timeout: 20_000 }).toBe(1)
  const delivered = postfix.delivered()[0]!.toString('latin1').replaceAll('\n', '\r\n')
  expect(delivered.endsWith(content)).toBe(true)
})

test('the command line does both, with a case file', async ({ skip }) => {
  skip(why !== null, why ?? '')
  const file = join(folder, 'refused.json')
  const { text } = await bench.client.call('transcript.export', {
    session: await record('reject@x.test'),
    bodies: true,
  })
  writeFileSync(file, text)
  const cli = startCli(['replay', file, '--listen', '127.0.0.1:0', '--json'])
  const [, port = ''] = await cli.until(/Answering as recorded on 127\.0\.0\.1:(\d+)/)
  const run = await swaks(Number(port), 'reject@x.test')
  expect(run.stdout).toContain('no such user')
  await cli.until(/"replayOf"/)
  expect((await cli.stop()).status).toBe(0)
  const to = ['--to', `127.0.0.1:${postfix.ports.starttls}`, '--ca', postfix.caFile]
  const again = await runCli(['replay', file, ...to, '--save', join(folder, 'again.json')])
  expect(again.out).toContain('550 5.1.1')
  expect(again.status, again.err).toBe(1)
  expect(readFileSync(join(folder, 'again.json'), 'utf8')).toContain('no such user')
  expect((await runCli(['replay', file])).err).toContain('--to HOST:PORT')
})
