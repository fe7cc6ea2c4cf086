import { expect, it } from 'vitest'
import { portLines } from '#shared/probe/ticketPorts.ts'
import { refused, report, working } from '#test/support/probeReport.ts'

it('names hosts where there are several, versions that a scan saw, and the size limit', () => {
  const scanned = {
    ...working,
    host: 'mx2.test',
    capabilitiesAfterTls: ['SIZE 1048576'],
    tls: { ...working.tls!, seenBy: 'scan' as const, verified: false, problem: 'expired', versions: [{ version: 'TLSv1.2', accepted: true }, { version: 'TLSv1.3', accepted: true }, { version: 'TLSv1', accepted: false }] },
  } // prettier-ignore
  const lines = portLines(report([working, scanned]))
  expect(lines[2]).toMatch(/^\| Host \| Port/)
  expect(lines[5]).toContain('`TLSv1.2, TLSv1.3` | does not hold: `expired` | `PLAIN` | 1.0 MiB |')
})

it('says why a port was not reached, and that a size is not said', () => {
  const { address: _, connect: __, family: ___, ...nowhere } = refused
  const silent = { ...working, reachable: false, capabilitiesAfterTls: ['SIZE'] }
  const lines = portLines(report([refused, nowhere, silent]))
  expect(lines[4]).toContain('no: refused')
  expect(lines[5]).toContain('| 25 | – | – | no: no address |')
  expect(lines[6]).toContain('connected, no answer')
  expect(lines[6]).toContain('not said')
  expect(portLines(report([]))).toEqual([])
})
