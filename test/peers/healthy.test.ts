/**
 * Every code of the vocabulary has healthy servers that do not trigger it: Postfix, Exim, OpenSMTPD and our own are probed
 * with TLS scans over IPv4 and IPv6 and sent a whole message with AUTH, and nothing may be said of them but what is true.
 */
import { expect, onTestFinished, test } from 'vitest'
import { findingCodes, type FindingCode } from '#shared/diagnosis/codes.ts'
import { diagnoseTranscript } from '#shared/diagnosis/transcript.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { start } from '../support/dialogue/start.ts'
import { head } from '../support/diagnosis/script.ts'
import { healthyServers, modesOf, type Healthy, type HealthyPort } from '../support/peers/healthy.ts'
import { peerUser } from '../support/peers/peer.ts'
import { probe } from '../support/probe.ts'

type Activity = 'probe' | 'send'

type Codes = Partial<Record<FindingCode, string>>

/** What is said of every healthy server, and why it is true. Any other code is a false finding. */
const ofAll: Record<Activity, Codes> = {
  probe: { 'recommended-port': 'it is good: which port to use' },
  send: { accepted: 'it is good: the message was taken' },
}

/** What a server's default settings make true of it as well; sslscan sees the same (tlsScan.test.ts). */
const ofOne: Record<string, Codes> = {
  Postfix: {
    'tls-old-version-accepted': 'smtpd_tls_protocols is >=TLSv1 before 3.8',
    'tls-weak-cipher-accepted': 'suites without a certificate (aNULL) are on for opportunistic clients',
  },
  Exim: { 'tls-old-version-accepted': 'GnuTLS takes TLS 1.0 and 1.1 with its priority NORMAL' },
}

/** By server and activity, the codes that were seen. */
const seen = new Map<string, Set<string>>()

function note(server: string, activity: Activity, codes: readonly string[]): void {
  const key = `${server}, ${activity}`
  seen.set(key, new Set([...(seen.get(key) ?? []), ...codes]))
  const may = { ...ofAll[activity], ...(activity === 'probe' ? ofOne[server] : {}) }
  expect(codes.filter((code) => !(code in may))).toEqual([])
}

const lookup = (addresses: readonly string[]) => (_name: string, family: 4 | 6) => {
  const found = addresses.filter((address) => address.includes(':') === (family === 6))
  return found.length > 0
    ? Promise.resolve([...found])
    : Promise.reject(Object.assign(new Error('no address of this kind'), { code: 'ENODATA' }))
}

async function probed({ ports, addresses, ca }: Healthy): Promise<string[]> {
  const all = await Promise.all(
    [0, 1].map((turn) =>
      probe(
        {
          host: 'localhost',
          ports: ports.map((port) => ({ port: port.port, mode: modesOf(port)[turn] })),
          ca,
          tlsScan: turn === 0,
          timeout: 10_000,
        },
        { lookup: lookup(addresses), patience: 1000 },
      ),
    ),
  )
  for (const report of all) {
    expect(report.results).toHaveLength(ports.length * addresses.length)
    expect(report.results.map(({ tls }) => tls?.verified)).toEqual(report.results.map(() => true))
    for (const { tls } of report.results) {
      expect(tls?.scan?.stopped).toBeUndefined()
      expect(tls?.scan?.limited).toBeUndefined()
    }
  }
  return all.flatMap(({ findings, results }) =>
    [...findings, ...results.flatMap((result) => result.findings)].map(({ code }) => code),
  )
}

async function sent({ port, tls }: HealthyPort, address: string, ca: string): Promise<TranscriptEvent[]> {
  const running = await start(port, {
    target: { host: address, tls, ca },
    auth: { mechanism: 'plain', ...peerUser },
    message: { from: 'me@x.test', to: ['a@box.test'] },
  })
  const { session } = await running.result
  return running.hub.events(session)
}

const verbs = ['EHLO', 'AUTH', 'MAIL', 'RCPT', 'DATA', 'QUIT']
const verbsOf = (events: readonly TranscriptEvent[]): string[] =>
  events.flatMap((event) => (event.kind === 'line' && event.verb !== undefined ? [event.verb] : []))

const bare = (events: readonly TranscriptEvent[]): TranscriptEvent[] =>
  events.filter(({ kind }) => kind !== 'finding')

for (const { name, why, start: begin } of healthyServers) {
  test(`${name}: nothing is said of it that is not true`, async ({ skip }) => {
    const reason = why()
    skip(reason !== null, reason ?? '')
    const server = await begin()
    onTestFinished(() => server.stop())
    note(name, 'probe', await probed(server))
    // What is true of it is said, too.
    for (const code of Object.keys({ ...ofAll.probe, ...ofOne[name] }))
      expect(seen.get(`${name}, probe`)).toContain(code)
    for (const address of server.addresses)
      for (const { port, tls } of server.ports) {
        const events = await sent({ port, tls }, address, server.ca)
        const said = events.flatMap((event) => (event.kind === 'finding' ? [event.code] : []))
        expect(said).toContain('accepted')
        expect(verbsOf(events)).toEqual(tls === 'starttls' ? ['EHLO', 'STARTTLS', ...verbs] : verbs)
        note(name, 'send', said)
        // And again from what was recorded, as when a case file is opened.
        const again = diagnoseTranscript(head({ host: address, port, tls }), bare(events))
        note(
          name,
          'send',
          again.map(({ code }) => code),
        )
      }
  })
}

test('every code has healthy servers that do not trigger it', ({ skip }) => {
  skip(seen.size === 0, 'no healthy server ran')
  for (const code of findingCodes.keys()) {
    const without = [...seen].filter(([, codes]) => !codes.has(code))
    expect(without.length, code).toBeGreaterThanOrEqual(seen.size / 2)
  }
})
