import { expect, it } from 'vitest'
import { changesBetween } from '#shared/probe/changes.ts'
import { changeLines } from '#shared/probe/ticketChanges.ts'
import { refused, report, working } from '#test/support/probeReport.ts'

it('has a row for each change and for each row that only one run has', () => {
  const before = report([working])
  const lines = changeLines(changesBetween(before, report([{ ...working, auth: [] }, refused])), before)
  expect(lines).toContain('| `mx.test port 587 over IPv4` | AUTH | `PLAIN` | `not offered` | worse |')
  expect(lines).toContain('| `mx.test port 25 over IPv4` | tested | no | yes | – |')
})

it('is one sentence when nothing changed', () => {
  const before = report([working])
  expect(changeLines(changesBetween(before, before), before)).toEqual([
    '## Changes since `2026-11-01T10:00:00.000Z`',
    '',
    'Nothing that matters has changed.',
  ])
})
