import { afterEach, expect, test, vi } from 'vitest'
import type { PortResult, ProbeReport } from '#shared/rpc/contract/probe.ts'
import { engineOf, type Feed, fakeClient, keptIo } from '#test/support/terminal/fakes.ts'
import { portText, probe, probeJson } from '../../../../../electron/hosts/terminal/commands/probe.ts'

afterEach(() => void vi.useRealTimers())

const good: PortResult = {
  session: 's1',
  port: 587,
  mode: 'starttls',
  address: '192.0.2.1',
  connect: 'connected',
  banner: '220 mx.test ESMTP',
  capabilities: ['STARTTLS', 'SIZE 1000'],
  capabilitiesAfterTls: ['AUTH PLAIN'],
  tls: { version: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', verified: true },
  message: 'STARTTLS works.',
  tone: 'good',
  findings: [],
  took: 12_300,
}
const refused: PortResult = {
  session: 's2',
  port: 25,
  mode: 'starttls',
  connect: 'refused',
  capabilities: [],
  message: 'Refused.',
  next: 'Check the port.',
  tone: 'bad',
  findings: [
    {
      code: 'tcp-refused',
      severity: 'error',
      side: 'server',
      confidence: 'certain',
      phase: 'tcp',
      evidence: [1],
      message: 'Refused.',
      next: 'Check the port.',
    },
  ],
  took: 5000,
}
const report = (results: PortResult[], cancelled = false): ProbeReport => ({
  id: 'p1',
  host: 'mx.test',
  startedAt: '2026-11-01T10:00:00.000Z',
  results,
  cancelled,
})

const clientWith = (results: PortResult[], cancelled = false) =>
  fakeClient(
    {
      'probe.start': () => ({ ok: true, id: 'p1' }),
      'probe.report': () => report(results, cancelled),
      'probe.cancel': () => ({ ok: true }),
    },
    {
      'probe.results': (feed) => {
        for (const result of results) feed.event(result)
        feed.end()
      },
    },
  )

const options = { family: 0, timeout: 10_000, json: false } as const

test('a port in words: verdict, what was seen, how long it took', () => {
  expect(portText(good)).toBe(
    [
      '✓ 587 starttls: STARTTLS works.',
      '    address   192.0.2.1',
      '    greeting  220 mx.test ESMTP',
      '    offers    STARTTLS, SIZE 1000',
      '    TLS       TLSv1.3, TLS_AES_256_GCM_SHA384, certificate verified',
      '    after TLS AUTH PLAIN',
      '    took      12.3 ms',
      '',
    ].join('\n'),
  )
  expect(portText(refused)).toContain('✗ 25 starttls: Refused.')
  expect(portText(refused)).toContain('next      Check the port.')
})

test('a hostile greeting moves no cursor', () => {
  expect(portText({ ...good, banner: '220 \u001b[2J\r\n✓ 25' })).toContain('220 \\x1b[2J\\r\\n✓ 25')
})

test('status 0 when no port has an error, 1 when one has; results on stdout, progress on stderr', async () => {
  const io = keptIo()
  const { withEngine, folders } = engineOf(clientWith([good]))
  expect(await probe('mx.test', options, io, withEngine)).toBe(0)
  expect(io.written).toBe(portText(good))
  expect(io.said).toEqual(['Probing mx.test, the usual ports; each step may take 10 s.'])
  expect(folders).toEqual([null])
  expect(await probe('mx.test', options, keptIo(), engineOf(clientWith([good, refused])).withEngine)).toBe(1)
})

test('--json: one document on stdout, a line for each port on stderr', async () => {
  const io = keptIo()
  const { withEngine, folders } = engineOf(clientWith([good, refused]))
  await probe('mx.test', { ...options, json: true, data: '/d' }, io, withEngine)
  expect(JSON.parse(io.written)).toEqual(JSON.parse(JSON.stringify(probeJson(report([good, refused])))))
  expect(io.said.slice(1)).toEqual(['✓ 587 starttls: STARTTLS works.', '✗ 25 starttls: Refused.'])
  expect(folders).toEqual(['/d'])
})

test('the document says what is reachable', () => {
  expect(probeJson(report([good, refused]))).toMatchObject({
    schema: 'relayscope.probe/1',
    target: 'mx.test',
    results: [
      { port: 587, reachable: true },
      { port: 25, reachable: false },
    ],
  })
})

test('a wrong request: status 2, the option named', async () => {
  const io = keptIo()
  const problems = [{ field: 'host', value: 'a b', message: 'A host has no spaces.' }]
  const client = fakeClient({ 'probe.start': () => ({ ok: false, problems }) })
  expect(await probe('a b', options, io, engineOf(client).withEngine)).toBe(2)
  expect(io.said).toEqual(['<host> "a b": A host has no spaces.'])
})

test('--ca that cannot be read is named before anything is opened', async () => {
  const { withEngine, folders } = engineOf(clientWith([]))
  await expect(probe('h', { ...options, ca: '/nowhere' }, keptIo(), withEngine)).rejects.toThrow(
    '--ca /nowhere cannot be read',
  )
  expect(folders).toEqual([])
})

/** A probe whose results come when the test says so. */
function slowProbe() {
  let feed: Feed<PortResult> | null = null
  let cancelled = false
  const client = fakeClient(
    {
      'probe.start': () => ({ ok: true, id: 'p1' }),
      'probe.report': () => report([good], cancelled),
      'probe.cancel': () => {
        cancelled = true
        feed?.end()
        return { ok: true }
      },
    },
    { 'probe.results': (begun) => void (feed = begun) },
  )
  return { client, feed: () => feed! }
}

test('while a port is silent a person is told what is awaited', async () => {
  vi.useFakeTimers()
  const io = keptIo()
  const slow = slowProbe()
  const ports = [{ port: 587 }, { port: 25 }]
  const running = probe('mx.test', { ...options, ports }, io, engineOf(slow.client).withEngine)
  await vi.advanceTimersByTimeAsync(3000)
  slow.feed().event(good)
  await vi.advanceTimersByTimeAsync(3000)
  slow.feed().end()
  await running
  expect(io.said).toEqual([
    'Probing mx.test, port 587, 25; each step may take 10 s.',
    'Waiting for port 587, 25 ...',
    'Waiting for port 25 ...',
  ])
  expect(vi.getTimerCount()).toBe(0)
})

test('Ctrl+C cancels the probe: status 3', async () => {
  const io = keptIo()
  const slow = slowProbe()
  const running = probe('mx.test', options, io, engineOf(slow.client).withEngine)
  await vi.waitFor(() => expect(slow.feed()).not.toBeNull())
  io.interrupt()
  expect(await running).toBe(3)
  expect(slow.client.calls.map(([name]) => name)).toContain('probe.cancel')
})
