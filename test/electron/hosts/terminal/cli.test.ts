import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { ProbeReport } from '#shared/rpc/contract/probeReport.ts'
import { SendReport } from '#shared/rpc/contract/sendReport.ts'
import { listen, mail, type TestServer } from '#test/support/dialogue/scriptedServer.ts'
import { cliScript, runCli, startCli, startServe } from '#test/support/cli.ts'
import { openEngine } from '../../../../electron/hosts/terminal/engine.ts'

const folder = mkdtempSync(join(tmpdir(), 'relayscope-cli-'))
afterAll(() => rmSync(folder, { recursive: true }))

const open: { close(): unknown }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

async function mailServer(): Promise<TestServer> {
  const server = await listen(mail())
  open.push(server)
  return server
}

/** Takes connections and never says anything. */
async function silentServer(): Promise<number> {
  const server = await listen(() => {})
  open.push(server)
  return server.port
}

/** The documents as they are promised in contract/probeReport.ts and contract/sendReport.ts. */
const ProbeDocument = z.strictObject(ProbeReport.shape)
const SendDocument = z.strictObject(SendReport.shape)

const sendTo = (port: number, ...more: string[]): string[] => [
  'send', '--host', '127.0.0.1', '--port', String(port), '--tls', 'none', '--from', 'a@x.test', '--to', 'b@x.test', ...more,
] // prettier-ignore

test('--help and --version go to standard output with status 0; no command is wrong usage', async () => {
  const help = await runCli(['--help'])
  expect(help).toMatchObject({ status: 0, err: '' })
  for (const command of ['probe', 'send', 'serve', 'show']) expect(help.out).toContain(`  ${command} `)
  expect((await runCli(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/)
  const nothing = await runCli([])
  expect(nothing.status).toBe(2)
  expect(nothing.out).toBe('')
})

test('probe --json has the promised shape, with findings and without', async () => {
  const server = await mailServer()
  const closed = await mailServer()
  await closed.close()
  const run = await runCli(['probe', '127.0.0.1', '--ports', `${server.port},${closed.port}`, '--json'])
  const report = ProbeDocument.parse(JSON.parse(run.out))
  expect(run.status).toBe(1)
  expect(report.results.map(({ port, reachable }) => [port, reachable])).toEqual([
    [server.port, true],
    [closed.port, false],
  ])
  expect(run.err).toContain('Probing 127.0.0.1;')
  const good = await runCli(['probe', '127.0.0.1', '--ports', `${server.port}:plain`, '--json'])
  expect(good.status).toBe(0)
})

test('send --json has the promised shape, accepted and refused', async () => {
  const server = await mailServer()
  const run = await runCli(sendTo(server.port, '--json'))
  const answer = SendDocument.parse(JSON.parse(run.out))
  expect([run.status, answer.outcome]).toEqual([0, 'accepted'])
  expect(answer.transcript.at(-1)).toMatchObject({ kind: 'end', outcome: 'completed' })
  await server.close()
  const refused = await runCli(sendTo(server.port, '--json'))
  expect(SendDocument.parse(JSON.parse(refused.out))).toMatchObject({ outcome: 'failed' })
  expect(refused.status).toBe(1)
})

test('what send saves, show shows', async () => {
  const server = await mailServer()
  const file = join(folder, 'case')
  expect((await runCli(sendTo(server.port, '--save', file))).status).toBe(0)
  const shown = await runCli(['show', file])
  expect(shown).toMatchObject({ status: 0, err: '' })
  expect(shown.out).toContain('→ MAIL FROM:<a@x.test>')
  const piped = await runCli(['show', '-'], {}, 'junk')
  expect(piped.status).toBe(1)
  expect(piped.err).not.toBe('')
})

test('a command without --data leaves nothing behind', async () => {
  const server = await mailServer()
  const temporary = mkdtempSync(join(folder, 'tmp-'))
  await runCli(sendTo(server.port), { TMPDIR: temporary })
  expect(readdirSync(temporary)).toEqual([])
})

test('a reader that has seen enough is no fault', async () => {
  const server = await mailServer()
  const temporary = mkdtempSync(join(folder, 'tmp-'))
  const cli = startCli(sendTo(server.port), { env: { TMPDIR: temporary } })
  cli.child.stdout.destroy()
  const { status, err } = await cli.ended
  expect([status, err.includes('EPIPE')]).toEqual([0, false])
  // The message still went out, and what was opened was closed again.
  expect(server.received()).toContain('\r\n.\r\nQUIT')
  expect(readdirSync(temporary)).toEqual([])
})

/** `plain`: connected, awaiting the greeting. `implicit`: still shaking hands. */
test.each(['none', 'implicit'])(
  'Ctrl+C ends a send over TLS mode %s: status 3, and the transcript says so',
  async (tls) => {
    const port = await silentServer()
    const data = join(folder, `cancel-${tls}`)
    const cli = startCli([...sendTo(port, '--data', data), '--tls', tls])
    await cli.until(/Connected to 127\.0\.0\.1/)
    const run = await cli.stop('SIGINT')
    expect(run.status).toBe(3)
    expect(run.err).not.toMatch(/^\s+at /m)
    const opened = await openEngine(data, pathToFileURL(cliScript).href)
    try {
      const { items } = await opened.client.call('transcript.list', {})
      expect(items).toMatchObject([{ state: 'ended', source: 'send' }])
      const { text } = await opened.client.call('transcript.export', { session: items[0]!.id })
      expect(text).toMatch(/"kind":"end".*"outcome":"(?:dropped|cancelled)","by":"person"/)
    } finally {
      await opened.close()
    }
  },
)

test('Ctrl+C ends a probe: status 3, and --json still gives its document', async () => {
  const port = await silentServer()
  const cli = startCli(['probe', '127.0.0.1', '--ports', String(port), '--json'])
  await cli.until(/Probing 127\.0\.0\.1/)
  const run = await cli.stop('SIGINT')
  expect(run.status).toBe(3)
  expect(ProbeDocument.parse(JSON.parse(run.out)).cancelled).toBe(true)
})

test.each(['SIGINT', 'SIGTERM'] as const)(
  'serve ends regularly by %s and can be started again',
  async (signal) => {
    const data = join(folder, `serve-${signal}`)
    for (let round = 0; round < 2; round++) {
      const { cli, ports } = await startServe(data, ['127.0.0.1:0:plain', '127.0.0.1:0:implicit'])
      expect(ports.every((port) => port > 0)).toBe(true)
      expect(await cli.stop(signal)).toMatchObject({ status: 0, out: '' })
    }
  },
)

test('serve tells each message as one line, or as one document a line', async () => {
  for (const json of [true, false]) {
    const data = join(folder, `arrivals-${json}`)
    const { cli, ports } = await startServe(data, ['127.0.0.1:0:plain'], json ? ['--json'] : [])
    expect((await runCli(sendTo(ports[0]!, '--subject', 'Grüße'))).status).toBe(0)
    await cli.until(/Grüße/)
    const { out } = await cli.stop()
    expect(out.trimEnd().split('\n')).toHaveLength(1)
    if (json) expect(JSON.parse(out)).toMatchObject({ subject: 'Grüße', mailFrom: 'a@x.test', sealed: false })
    else expect(out).toContain('a@x.test -> b@x.test  Grüße')
  }
})

test('the authority of a running serve, and a client certificate that it signs', async () => {
  const data = join(folder, 'authority')
  const { cli } = await startServe(data, ['127.0.0.1:0:starttls'])
  const [outCert, outKey] = [join(folder, 'ann.pem'), join(folder, 'ann.key')]
  const given = await runCli(['authority', '--data', data])
  const made = await runCli(['client-certificate', 'ann', '--data', data, '--out-cert', outCert, '--out-key', outKey]) // prettier-ignore
  expect([given.status, made.status]).toEqual([0, 0])
  expect(new X509Certificate(readFileSync(outCert)).verify(new X509Certificate(given.out).publicKey)).toBe(true) // prettier-ignore
  await cli.stop()
  expect((await runCli(['authority', '--data', data])).out).toBe(given.out)
})
