import { expect, it } from 'vitest'
import { askedLines } from '#shared/probe/ticketAsked.ts'
import { ProbeRequest } from '#shared/rpc/contract/probe.ts'
import { report } from '#test/support/probeReport.ts'

it('says what was asked, with the name server and that own certificates were trusted, not which', () => {
  const request = ProbeRequest.parse({ host: 'a.test', family: 4, tlsScan: true, resolver: '192.0.2.53', resolverValidates: true, ca: 'PEM' }) // prettier-ignore
  const text = askedLines(report([], { request, cancelled: true })).join('\n')
  expect(text).toContain('cancelled before the end')
  expect(text).toContain('- Ports: the usual ones')
  expect(text).toContain('- Family: IPv4')
  expect(text).toContain('- Name server: `192.0.2.53`, called validating')
  expect(text).toContain('- TLS scan: yes')
  expect(text).not.toContain('PEM')
})

it('names control hosts; a report without a request says when', () => {
  const controls = [{ session: 's', host: 'c.test', port: 25, connect: 'connected' as const, greeted: true }]
  expect(askedLines(report([], { controls }))).toEqual([
    '## Asked',
    '',
    '- Begun `2026-11-01T10:00:00.000Z`',
    '- Control host `c.test:25`: connected, it greeted',
  ])
})
