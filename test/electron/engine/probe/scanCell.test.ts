import { createServer, type Server } from 'node:tls'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { Journal } from '#engine/dialogue/journal.ts'
import type { CellRun } from '#engine/probe/cell.ts'
import { reachWords, scanCell, scanMode } from '#engine/probe/scanCell.ts'
import { finding } from '#shared/diagnosis/finding.ts'
import type { EventBody } from '#shared/transcript/event.ts'
import { trusted } from '#test/support/dialogue/certificates.ts'
import { memoryHub } from '#test/support/dialogue/memoryHub.ts'
import { clock } from '#test/support/dialogue/start.ts'
import { connectEvent, replyEvent, tlsEvent } from '#test/support/events.ts'

const open: Server[] = []
afterEach(() => void open.splice(0).map((server) => server.close()))

function run(mode: CellRun['mode'], events: EventBody[], { port = 465, codes = [] as string[] } = {}): CellRun {
  const journal = new Journal(memoryHub().begin({ source: 'probe', role: 'client', host: 'h', port, tls: 'none' }))
  for (const event of events) journal.write(event)
  const words = { side: 'server', confidence: 'certain', evidence: [1], message: 'x', next: 'x' } as const
  for (const code of codes) journal.find({ ...finding('tls-alert', words), code })
  const head = { role: 'client', host: 'localhost', port, tls: 'implicit', startedAt: '2026-11-22T00:00:00Z' } as const
  const end = { outcome: { how: 'completed', by: 'client', message: '' }, cancelled: false } as const
  return {
    cell: { host: 'localhost', port, address: { address: '127.0.0.1', family: 4 }, asked: mode },
    ran: { session: journal.session, head, events: journal.events, journal, end, chain: [] },
    mode,
    earlier: [],
  }
} // prettier-ignore

test('a cell is scanned where TLS was in sight', () => {
  const opened = connectEvent(1)
  expect(scanMode(run('implicit', [opened]))).toBe('implicit')
  expect(scanMode(run('implicit', [connectEvent(1, { outcome: 'refused' })]))).toBeUndefined()
  expect(scanMode(run('implicit', [opened], { codes: ['port-speaks-plain'] }))).toBeUndefined()
  expect(scanMode(run('implicit', [opened], { codes: ['tls-timeout'] }))).toBeUndefined()
  expect(scanMode(run('starttls', [opened], { codes: ['port-speaks-implicit-tls'] }))).toBe('implicit')
  expect(scanMode(run('starttls', [opened]))).toBeUndefined()
  const ready = replyEvent(2, '220 go\r\n', { phase: 'starttls' })
  expect(scanMode(run('starttls', [opened, ready]))).toBe('starttls')
})

test('versions one by one, each with its line in a dialogue that proves it', async () => {
  const { pair } = await trusted()
  const server = createServer({ ...pair, minVersion: 'TLSv1.2' })
  server.on('tlsClientError', () => {})
  open.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const hub = memoryHub()
  const seen: number[] = []
  const deps = {
    hub,
    clock,
    settings: { ca: undefined, timeout: 5000 },
    signal: new AbortController().signal,
    width: 2,
    onProgress: (asks: number) => void seen.push(asks),
  }
  const failed = tlsEvent(2, { fault: { code: 'no-common-cipher', message: '' } })
  const { session, facts, known } = await scanCell(
    run('implicit', [connectEvent(1), failed], { port }),
    'implicit',
    deps,
  )
  expect(facts).toMatchObject({
    host: 'localhost',
    port,
    versions: { 'TLSv1.2': true, 'TLSv1.3': true, TLSv1: false, 'TLSv1.1': false },
    withSni: true,
    withoutSni: true,
    disordered: false,
    failedHere: true,
  })
  expect(known.length).toBeGreaterThanOrEqual(4)
  const events = hub.events(session)
  expect(hub.sessions.get(session)!.head).toMatchObject({ title: 'TLS scan', tls: 'implicit' })
  expect(facts.proof).toEqual({ session, events: events.slice(0, -1).map(({ seq }) => seq) })
  const text = events.flatMap((event) => (event.kind === 'remark' ? [event.text] : [])).join('\n')
  expect(text).toMatch(/^TLS 1\.3: accepted, in the .* order: .*TLS_AES_128_GCM_SHA256.*; groups: .*x25519/m)
  expect(text).toMatch(/^TLS 1\.0: not accepted \(/m)
  expect(events.at(-1)).toMatchObject({ kind: 'end', outcome: 'completed' })
  expect(seen.length).toBeGreaterThan(4)
})

test('a server that does not let us in is not said to accept nothing', async () => {
  const server = createServer()
  server.on('connection', (socket) => socket.end('421 4.7.0 Too many connections\r\n'))
  open.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const hub = memoryHub()
  const deps = { hub, clock, settings: { ca: undefined, timeout: 2000 }, signal: new AbortController().signal, width: 1, onProgress: () => {} } // prettier-ignore
  const scanned = await scanCell(run('starttls', [], { port }), 'starttls', deps)
  expect(scanned.facts.versions).toEqual({})
  expect(scanned.scan.stopped).toMatchObject({ why: 'rejected' })
  expect(
    hub.events(scanned.session).map((event) => (event.kind === 'remark' ? event.text : event.kind)),
  ).toEqual(['Ended early: at the greeting: 421 4.7.0 Too many connections.', 'end'])
})

test('where it ended, in words', () => {
  expect(reachWords({ kind: 'not-reached', step: 'connect', why: 'refused' })).toBe('connecting: refused')
})
