import { expect, it } from 'vitest'
import { findingLines } from '#shared/probe/ticketFindings.ts'
import { refused, report, working } from '#test/support/probeReport.ts'

it('puts the gravest first, says once what several ports share, and leaves the recommendation to its place', () => {
  const note = { ...refused.findings[0]!, code: 'banner-slow', severity: 'info' as const, message: 'Slow.' }
  const shared = { ...note, code: 'recommended-port', proof: [{ session: 's1', events: [1] }] }
  const lines = findingLines(
    report([{ ...working, findings: [note] }, refused, { ...refused, session: 's3', port: 26 }], {
      findings: [shared],
    }),
  )
  expect(lines.filter((line) => line.startsWith('- **'))).toEqual([
    '- **Error** `tcp-refused` (certain, side: server): Refused.',
    '- **Note** `banner-slow` (certain, side: server): Slow.',
  ])
  expect(lines).toContain(
    '  - Evidence: `mx.test port 25 over IPv4`, event 1 of `s2`; `mx.test port 26 over IPv4`, event 1 of `s3`',
  )
  expect(lines).toContain('  - See: RFC 9293')
  expect(findingLines(report([working]))).toEqual([])
})
