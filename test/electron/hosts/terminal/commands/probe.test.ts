import { afterEach, expect, test, vi } from 'vitest'
import type { ProbeProgress } from '#shared/rpc/contract/probe.ts'
import type { PortResult } from '#shared/rpc/contract/probeReport.ts'
import { refused, report, working as good } from '#test/support/probeReport.ts'
import { engineOf, type Feed, fakeClient, keptIo } from '#test/support/terminal/fakes.ts'
import { probe, type ProbeOptions } from '../../../../../electron/hosts/terminal/commands/probe.ts'
import { probeTicket } from '#shared/probe/ticket.ts'
import { probeText } from '../../../../../electron/hosts/terminal/commands/probeText.ts'

afterEach(() => void vi.useRealTimers())

const clientWith = (results: PortResult[], more: Partial<ReturnType<typeof report>> = {}) =>
  fakeClient(
    {
      'probe.start': () => ({ ok: true, id: 'p1' }),
      'probe.report': () => report(results, more),
      'probe.cancel': () => ({ ok: true }),
    },
    {
      'probe.results': (feed) => {
        for (const result of results) feed.event(result)
        feed.end()
      },
      'probe.progress': (feed) => feed.end(),
    },
  )

const options: ProbeOptions = {
  family: 0,
  timeout: 10_000,
  json: false,
  markdown: false,
  tlsScan: false,
  validating: false,
  control: [],
  mx: false,
  ptr: false,
}

test('status 0 when nothing has an error, 1 when something has; the report on stdout, progress on stderr', async () => {
  const io = keptIo()
  const { withEngine, folders } = engineOf(clientWith([good]))
  expect(await probe('mx.test', options, io, withEngine)).toBe(0)
  expect(io.written).toBe(probeText(report([good])))
  expect(io.said).toEqual([
    'Probing mx.test; each step may take 10 s.',
    '✓ 587 starttls 192.0.2.1: STARTTLS works.',
  ])
  expect(folders).toEqual([null])
  expect(await probe('mx.test', options, keptIo(), engineOf(clientWith([good, refused])).withEngine)).toBe(1)
  const findings = [{ ...refused.findings[0]!, code: 'host-down', proof: [{ session: 's1', events: [1] }] }]
  expect(
    await probe('mx.test', options, keptIo(), engineOf(clientWith([good], { findings })).withEngine),
  ).toBe(1)
})

test('what was asked for reaches the engine', async () => {
  const client = clientWith([good])
  const all = { ...options, mx: true, ptr: true, tlsScan: true, resolver: '192.0.2.53', validating: true, control: ['c.test:25'] } // prettier-ignore
  await probe(
    'example.com',
    { ...all, family: 4, ports: [{ port: 25 }] },
    keptIo(),
    engineOf(client).withEngine,
  )
  expect(client.calls[0]).toEqual([
    'probe.start',
    {
      host: 'example.com', kind: 'domain', family: 4, timeout: 10_000, ports: [{ port: 25 }], tlsScan: true,
      resolver: '192.0.2.53', resolverValidates: true, controls: ['c.test:25'], reverse: true,
    },
  ]) // prettier-ignore
})

test('--json: one document on stdout, a line for each port on stderr', async () => {
  const io = keptIo()
  const { withEngine, folders } = engineOf(clientWith([good, refused]))
  await probe('mx.test', { ...options, json: true, data: '/d' }, io, withEngine)
  expect(JSON.parse(io.written)).toEqual(JSON.parse(JSON.stringify(report([good, refused]))))
  expect(io.said.slice(1)).toEqual([
    '✓ 587 starttls 192.0.2.1: STARTTLS works.',
    '✗ 25 starttls 192.0.2.1: Refused.',
  ])
  expect(folders).toEqual(['/d'])
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

/** A probe whose news come when the test says so. */
function slowProbe() {
  let feed: Feed<PortResult> | null = null
  let progress: Feed<ProbeProgress> | null = null
  let cancelled = false
  const end = (): void => {
    feed?.end()
    progress?.end()
  }
  const client = fakeClient(
    {
      'probe.start': () => ({ ok: true, id: 'p1' }),
      'probe.report': () => report([good], { cancelled }),
      'probe.cancel': () => {
        cancelled = true
        end()
        return { ok: true }
      },
    },
    {
      'probe.results': (begun) => void (feed = begun),
      'probe.progress': (begun) => void (progress = begun),
    },
  )
  return { client, feed: () => feed!, progress: () => progress!, end }
}

test('while a port is silent a person is told what is awaited', async () => {
  vi.useFakeTimers()
  const io = keptIo()
  const slow = slowProbe()
  const running = probe('mx.test', options, io, engineOf(slow.client).withEngine)
  await vi.advanceTimersByTimeAsync(3000)
  const active = ['192.0.2.1 port 587', '192.0.2.1 port 25']
  slow.progress().event({ stage: 'ports', done: 0, total: 2, active })
  slow.feed().event(good)
  slow.progress().event({ stage: 'ports', done: 1, total: 2, active: active.slice(1) })
  await vi.advanceTimersByTimeAsync(3000)
  slow.end()
  await running
  expect(io.said).toEqual([
    'Probing mx.test; each step may take 10 s.',
    'Waiting for an answer ...',
    '✓ 587 starttls 192.0.2.1: STARTTLS works.',
    'Waiting for 192.0.2.1 port 25 ...',
  ])
  expect(vi.getTimerCount()).toBe(0)
})

test('a TLS scan is announced', async () => {
  const io = keptIo()
  const slow = slowProbe()
  const running = probe('mx.test', options, io, engineOf(slow.client).withEngine)
  await vi.waitFor(() => expect(slow.feed()).not.toBeNull())
  slow.progress().event({ stage: 'tls-scan', done: 0, total: 1, active: [] })
  slow.end()
  await running
  expect(io.said[1]).toBe('Enumerating TLS versions and ciphers of 1 port ...')
})

test('Ctrl+C cancels the probe: status 3, and what is known is printed', async () => {
  const io = keptIo()
  const slow = slowProbe()
  const running = probe('mx.test', options, io, engineOf(slow.client).withEngine)
  await vi.waitFor(() => expect(slow.feed()).not.toBeNull())
  io.interrupt()
  expect(await running).toBe(3)
  expect(slow.client.calls.map(([name]) => name)).toContain('probe.cancel')
  expect(io.written).toContain('587 starttls')
})

test('--markdown prints the ticket', async () => {
  const io = keptIo()
  await probe('mx.test', { ...options, markdown: true }, io, engineOf(clientWith([good])).withEngine)
  expect(io.written).toBe(probeTicket(report([good])))
})

test('a relay trial is asked for only with its recipient; a sender alone is named', async () => {
  const client = clientWith([good])
  const { withEngine } = engineOf(client)
  await probe('mx.test', { ...options, relayTrial: 'b@x.test' }, keptIo(), withEngine)
  expect(client.calls[0]![1]).toMatchObject({ relayTrial: { to: 'b@x.test', from: '' } })
  const alone = { ...options, relayTrialFrom: 'a@y.test' }
  await expect(probe('mx.test', alone, keptIo(), withEngine)).rejects.toThrow(/--relay-trial ADDRESS/)
})
