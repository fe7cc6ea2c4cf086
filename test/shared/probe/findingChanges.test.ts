import { expect, it } from 'vitest'
import { alignResults } from '#shared/probe/align.ts'
import { findingChanges } from '#shared/probe/findingChanges.ts'
import type { PortResult, ProbeReport } from '#shared/rpc/contract/probeReport.ts'
import { refused, report, working } from '#test/support/probeReport.ts'

const found = refused.findings[0]!
const expired = { ...found, code: 'certificate-expired', evidence: [4, 5] }
const between = (before: ProbeReport, after: ProbeReport) =>
  findingChanges(alignResults(before.results, after.results), before, after)
const codes = (before: PortResult, after: PortResult): string[] => {
  const { appeared, gone } = between(report([before]), report([after]))
  return [...appeared.map(({ code }) => `+${code}`), ...gone.map(({ code }) => `-${code}`)]
}

it('tells what a row found only once, with its place and proof', () => {
  expect(codes(working, { ...working, findings: [expired] })).toEqual(['+certificate-expired'])
  const { gone } = between(report([{ ...working, findings: [expired] }]), report([working]))
  expect(gone).toMatchObject([
    { host: 'mx.test', port: 587, family: 4, proof: [{ session: 's1', events: [4, 5] }] },
  ])
})

it('takes nothing for mended behind a connection that was not made', () => {
  const bad = { ...working, findings: [expired] }
  const down = { ...refused, port: 587 }
  expect(codes(bad, down)).toEqual(['+tcp-refused'])
  expect(codes(down, bad)).toEqual(['-tcp-refused'])
  expect(codes(bad, { ...down, connect: 'cancelled' })).toEqual([])
})

const shared = (code: string, session: string) => ({ ...found, code, proof: [{ session, events: [1] }] })

it('tells findings about several dialogues by code and place, but not the recommendation', () => {
  const one = report([working, refused], { findings: [shared('port-blocked-here', 's2')] })
  const other = report([working, refused], {
    findings: [shared('port-blocked-here', 's1'), shared('recommended-port', 's1')],
  })
  expect(between(one, one)).toEqual({ appeared: [], gone: [] })
  expect(between(one, other)).toMatchObject({
    appeared: [{ proof: [{ session: 's1' }] }],
    gone: [{ proof: [{ session: 's2' }] }],
  })
})
