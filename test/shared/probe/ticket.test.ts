import { assert, property, string } from 'fast-check'
import { expect, it } from 'vitest'
import { mostTicket, probeTicket } from '#shared/probe/ticket.ts'
import { ProbeRequest } from '#shared/rpc/contract/probe.ts'
import type { PortResult } from '#shared/rpc/contract/probeReport.ts'
import { refused, report, working } from '#test/support/probeReport.ts'

const recommendation = {
  port: 587,
  tls: 'starttls' as const,
  reason: 'It works.',
  views: [{ who: 'RFC 8314', says: 'Prefer implicit TLS.', date: '2018-01' }],
  proof: [],
}
const request = ProbeRequest.parse({ host: 'MX.test', ports: [{ port: 587 }, { port: 25, mode: 'plain' }], timeouts: { connect: 500 } }) // prettier-ignore

it('has the verdict, the recommendation with its views, the ports, findings with their proof, and what was asked', () => {
  const text = probeTicket(report([working, refused], { recommendation, request, took: 1_500_000, remarks: ['Noted.'] })) // prettier-ignore
  for (const part of [
    '# Mail server `mx.test`\n',
    '**Good:** Use port 587 with STARTTLS.',
    '**Port 587, starttls.** It works.',
    '- RFC 8314 (2018-01): Prefer implicit TLS.',
    '| 587 | IPv4 | `192.0.2.1` | yes | starttls | `TLSv1.3 agreed` | holds | `PLAIN` | – | 12 ms |',
    '| 25 | IPv4 | `192.0.2.1` | no: refused | starttls | – | – | – | – | 5.0 ms |',
    '- **Error** `tcp-refused` (certain, side: server): Refused.',
    '  - Next: Check the port.',
    '  - Evidence: `mx.test port 25 over IPv4`, event 1 of `s2`',
    '- Noted.',
    '- Begun `2026-11-01T10:00:00.000Z`, in 1.50 s',
    '- Ports: `587, 25:plain`',
    '- Timeouts: 10000 ms a step, connection 500 ms',
  ])
    expect(text).toContain(part)
  expect(text).not.toContain('## Changes')
  expect(text.endsWith('\n')).toBe(true)
})

it('tells what changed since an earlier run', () => {
  const before = report([working, refused], { startedAt: '2026-10-01T10:00:00.000Z' })
  const text = probeTicket(report([working, { ...working, port: 25 }]), { before })
  expect(text).toContain('## Changes since `2026-10-01T10:00:00.000Z`')
  expect(text).toContain('| `mx.test port 25 over IPv4` | connection | `refused` | `connected` | better |')
  expect(text).toContain('Findings gone: `tcp-refused` (`mx.test port 25 over IPv4`).')
})

const hostile = '| a ` b ``` <img src=x> [l](http://x) @team #1 \u202E\n# Heading\n```'

const spoilt = (text: string): PortResult => ({
  ...refused,
  host: text,
  address: text,
  auth: [text],
  banner: text,
  findings: [{ ...refused.findings[0]!, message: text, next: text, references: [text] }],
})

const cellsOf = (line: string): number => line.replaceAll('\\|', '').split('|').length

/** A table row keeps its number of cells, and nothing begins a heading, fence, quote or HTML of its own. */
function expectHarmless(text: string): void {
  const lines = text.split('\n')
  const rows = lines.filter((line) => line.startsWith('| '))
  expect(new Set(rows.map(cellsOf)).size).toBeLessThanOrEqual(1)
  for (const line of lines) {
    expect(line).toMatch(/^(?:$|#{1,2} (?:Mail |Recomm|Ports|Findings|Notes|Asked)|\||-|\*\*| {2}- |[\w`])/)
    expect(line).not.toMatch(/^```/)
    const outside = line.replaceAll('\\|', '').replace(/(`+)(?:(?!\1).)*?[^`]\1(?!`)/g, '')
    expect(outside).not.toMatch(/[<[@]|https?:/)
  }
}

it('lets no banner, name or message of a stranger become Markdown', () => {
  const bad = report([spoilt(hostile)], {
    target: hostile,
    verdict: { tone: 'bad', message: hostile, next: hostile },
    remarks: [hostile],
    request: { ...request, host: hostile, resolver: hostile },
  })
  expectHarmless(probeTicket(bad))
  assert(
    property(string({ unit: 'binary', maxLength: 40 }), (text) => {
      expectHarmless(probeTicket(report([spoilt(text)], { target: text, remarks: [text] })))
    }),
    { numRuns: 40 },
  )
})

it('stays below what a tracker takes, and ends with a whole line', () => {
  const many = Array.from({ length: 200 }, (_, at): PortResult => ({
    ...spoilt(`${'x '.repeat(400)}${at}`),
    session: `s${at}`,
  }))
  const text = probeTicket(report(many, { remarks: many.map(({ host }) => host) }))
  expect(text.length).toBeLessThanOrEqual(mostTicket)
  expect(text).toContain('Shortened: the rest is in the report.')
})
