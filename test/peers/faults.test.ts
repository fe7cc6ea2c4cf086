/**
 * Fourteen faults for which today's tools say the same words, made with real sockets: fourteen findings, each its own, each
 * with evidence and a next step. The last test counts them.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { ProbeReport } from '#shared/rpc/contract/probeReport.ts'
import type { Finding } from '#shared/diagnosis/finding.ts'
import { runCli } from '../support/cli.ts'
import { selfSigned, trusted } from '../support/dialogue/certificates.ts'
import { mail, says } from '../support/dialogue/scriptedServer.ts'
import { start } from '../support/dialogue/start.ts'
import { closedPort, probe, servers } from '../support/probe.ts'
import { behindFirewall } from '../support/terminal/firewall.ts'
import { whyNot } from '../support/terminal/namespace.ts'

const folder = mkdtempSync(join(tmpdir(), 'relayscope-faults-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const scripted = servers()
afterEach(() => scripted.close())

const found = new Map<string, string>()

type Found = Pick<Finding, 'code' | 'evidence' | 'message' | 'next' | 'severity'>

/** Its codes are exactly these; the first stands for the fault. */
function expectFault(name: string, findings: readonly Found[], ...codes: string[]): void {
  const grave = findings.filter(({ severity }) => severity === 'error' || severity === 'warning')
  expect(grave.map(({ code }) => code).toSorted()).toEqual(codes.toSorted())
  for (const { evidence, message, next } of grave) {
    expect(evidence.length).toBeGreaterThan(0)
    expect(message).toMatch(/\S.*[.!?]$/)
    expect(next).toMatch(/\S.*\.$/)
  }
  found.set(name, codes[0]!)
}

type Mode = 'plain' | 'starttls' | 'implicit'
type Script = Parameters<typeof scripted.serve>[0]

async function probed(
  script: Script,
  mode: Mode,
  pair?: Parameters<typeof scripted.serve>[1],
): Promise<readonly Found[]> {
  const { port } = await scripted.serve(script, pair)
  const { results } = await probe({ ports: [{ port, mode }], timeout: 1000 }, { patience: 300 })
  return results[0]!.findings
}

async function sent(script: Script, signIn = false): Promise<readonly Found[]> {
  const { port } = await scripted.serve(script)
  const auth = { mechanism: 'plain' as const, user: 'u', password: 'wrong', allowUnprotected: true }
  const running = await start(port, signIn ? { auth } : {})
  const { session } = await running.result
  return running.hub.events(session).filter((event) => event.kind === 'finding')
}

const unknownName = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }))
/** When the kernel may have told the client of the connection already: the greeting is what it waits for then. */
const resetSoon = (socket: Socket): void => void setImmediate(() => socket.resetAndDestroy())
const noTls = (socket: Socket): void => void socket.once('data', () => socket.write('no TLS\r\n'))
const hangUp = (socket: Socket): void => void socket.end()
const resetAtRcpt: Script = (socket, received) => {
  socket.on('data', (chunk: Buffer) => {
    if (chunk.toString('latin1').includes('RCPT')) socket.resetAndDestroy()
  })
  mail({ ehlo: ['SIZE 1000000'] })(socket, received)
}

test('refused', async () => {
  const { results } = await probe({ ports: [{ port: await closedPort(), mode: 'plain' }] })
  expectFault('refused', results[0]!.findings, 'tcp-refused')
})

test('name not found', async () => {
  const { results } = await probe({ host: 'nosuch.test', ports: [{ port: 25 }] }, { lookup: unknownName })
  expectFault('name not found', results[0]!.findings, 'dns-name-not-found')
})

test('packets dropped', async ({ skip }) => {
  const why = whyNot('unshare', 'ip', 'nft', 'mkfifo')
  skip(why !== '', why)
  const args = ['probe', '127.0.0.1', '--ports', '587:plain', '--timeout', '500', '--json']
  const run = await runCli(args, {}, '', behindFirewall(folder, ['tcp dport 587 drop'], [2525]))
  expectFault('packets dropped', ProbeReport.parse(JSON.parse(run.out)).results[0]!.findings, 'tcp-timeout')
})

test('reset on accept', async () => {
  const findings = await probed(resetSoon, 'plain')
  // Told before, it is a reset while the connection was being opened.
  const early = findings[0]?.code === 'tcp-reset'
  expectFault('reset on accept', findings, early ? 'tcp-reset' : 'banner-reset')
})

test('closed on accept', async () => {
  expectFault('closed on accept', await probed((socket) => void socket.end(), 'plain'), 'banner-closed')
})

test('accepts and stays silent', async () => {
  expectFault('silent', await probed(says(''), 'plain'), 'banner-timeout')
})

test('a greeting of 554', async () => {
  expectFault('554', await probed(mail({ banner: '554 5.7.1 no\r\n' }), 'plain'), 'banner-rejected')
})

test('a plain client at an implicit port', async () => {
  const { pair } = await trusted()
  expectFault('plain to implicit', await probed(mail(), 'plain', pair), 'port-speaks-implicit-tls')
})

test('a TLS client at a plain port', async () => {
  expectFault('TLS to plain', await probed(mail(), 'implicit'), 'port-speaks-plain')
})

test('garbage after STARTTLS', async () => {
  expectFault('garbage', await probed(mail({ onStartTls: noTls }), 'starttls'), 'starttls-garbage')
})

test('close after STARTTLS', async () => {
  expectFault('close', await probed(mail({ onStartTls: hangUp }), 'starttls'), 'starttls-closed')
})

test('self-signed and for another host at once', async () => {
  const findings = await probed(mail({ pair: await selfSigned() }), 'starttls')
  expectFault('two faults', findings, 'certificate-self-signed', 'certificate-name-mismatch')
})

test('a bad password', async () => {
  const findings = await sent(mail({ replies: { AUTH: '535 5.7.8 no\r\n' } }), true)
  expect(findings.map(({ code }) => code)).toContain('auth-rejected')
  found.set('bad password', 'auth-rejected')
})

test('reset after RCPT', async () => {
  expectFault('reset after RCPT', await sent(resetAtRcpt), 'reset-unexpectedly')
})

test('fourteen faults, fourteen findings', ({ skip }) => {
  skip(found.size < 14, `${14 - found.size} faults could not be made here`)
  expect(new Set(found.values()).size).toBe(14)
})
