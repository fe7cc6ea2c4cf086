import { expect, test } from 'vitest'
import { ProbeReport } from '#shared/rpc/contract/probeReport.ts'
import { ProbeRequest } from '#shared/rpc/contract/probeRequest.ts'
import { Journal } from '#engine/dialogue/journal.ts'
import { reportOf, type Material } from '#engine/probe/report.ts'
import { memoryHub } from '#test/support/dialogue/memoryHub.ts'
import { connectEvent, endEvent, lineEvent, replyEvent, tlsEvent } from '#test/support/events.ts'
import { refused } from '#test/support/probeReport.ts'

function material(host: string, greeting = '220 mx\r\n'): Material {
  const tls = 'implicit' as const
  const journal = new Journal(memoryHub().begin({ source: 'probe', role: 'client', host, port: 465, tls }))
  const sealed = { sealed: true }
  for (const event of [
    connectEvent(1, { port: 465 }),
    tlsEvent(2, { outcome: 'established', version: 'TLSv1.3', cipher: 'c', verified: true }),
    replyEvent(3, greeting, sealed),
    { ...lineEvent(4, 'EHLO x\r\n', 'EHLO'), ...sealed },
    replyEvent(5, '250-mx\r\n250 AUTH PLAIN\r\n', { phase: 'ehlo', ...sealed }),
    endEvent(6),
  ])
    journal.write(event)
  const startedAt = '2026-11-22T00:00:00.000Z'
  const address = { address: '192.0.2.1', family: 4 } as const
  const run = {
    cell: { host, port: 465, address, asked: tls },
    ran: {
      session: journal.session,
      head: { role: 'client' as const, host, port: 465, tls, startedAt },
      events: journal.events,
      journal,
      end: { outcome: { how: 'completed' as const, by: 'client' as const, message: '' }, cancelled: false },
      chain: [],
    },
    mode: tls,
    earlier: [],
  }
  const plan = { kind: 'server' as const, host, unicode: undefined, ports: [], controls: [], resolver: undefined, remarks: [] }
  const lookedUp = { host, addresses: [address], left: [], findings: [] }
  return {
    id: 'p',
    startedAt,
    took: 1234,
    request: ProbeRequest.parse({ host }),
    cancelled: false,
    plan,
    remarks: ['Remark.'],
    rows: [{ run, lookedUp, index: 0 }],
    unreached: [],
    scans: new Map(),
    controls: [],
    relays: [],
    desk: undefined,
  }
} // prettier-ignore

test('the document: rows, recommendation with both views, verdict, remarks', () => {
  const report = ProbeReport.parse(reportOf(material('mx.test')))
  expect(report).toMatchObject({
    schema: 'relayscope.probe/1',
    id: 'p',
    target: 'mx.test',
    results: [{ port: 465, mode: 'implicit', tone: 'good' }],
    findings: [{ code: 'recommended-port', severity: 'good' }],
    recommendation: { port: 465, tls: 'implicit', proof: [{ session: report.results[0]!.session }] },
    remarks: ['Remark.'],
    reverse: [],
  })
  expect(report.recommendation!.views.length).toBeGreaterThan(1)
  expect(report.verdict).toEqual({ tone: 'good', message: report.recommendation!.reason })
  expect(report.provider).toBeUndefined()
})

test('a provider’s server is recognised, with the day its word was read', () => {
  const report = ProbeReport.parse(reportOf(material('smtp.sparkpostmail.com')))
  expect(report.provider).toMatchObject({ name: expect.stringMatching(/SparkPost/), checked: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) })
  expect(report.recommendation!.provider).toMatchObject({ agrees: false })
}) // prettier-ignore

test('without a name that is known the greeting may tell', () => {
  const report = ProbeReport.parse(reportOf(material('mx.test', '220 smtp.google.com ESMTP x\r\n')))
  expect(report.provider).toMatchObject({ by: 'greeting', sign: 'smtp.google.com' })
})

test('a host without an address keeps its place', () => {
  const { rows, ...rest } = material('mx.test')
  const moved = rows.map((row) => ({ ...row, index: 3 }))
  const ports = (before: number) =>
    reportOf({ ...rest, rows: moved, unreached: [{ result: refused, before }] }).results.map(
      ({ port }) => port,
    )
  expect(ports(3)).toEqual([25, 465])
  expect(ports(4)).toEqual([465, 25])
})

test('what was cancelled is said so', () => {
  const report = reportOf({ ...material('mx.test'), cancelled: true })
  expect(report).toMatchObject({ cancelled: true, verdict: { tone: 'neutral' } })
})
