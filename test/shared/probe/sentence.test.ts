import { expect, it } from 'vitest'
import { adviceWords, changesSentence, rowWords } from '#shared/probe/sentence.ts'
import type { ProbeChanges, RowChanges } from '#shared/probe/types.ts'
import { refused, report, working } from '#test/support/probeReport.ts'

const one = report([working])
const none: Omit<ProbeChanges, 'sentence'> = { same: false, rows: [], findings: { appeared: [], gone: [] } }
const row = (port: number, kind: RowChanges['kind'] = 'changed'): RowChanges => ({
  host: 'mx.test',
  port,
  kind,
  changes: kind === 'changed' ? [{ what: 'connection', before: 'connected', after: 'refused', tone: 'worse' }] : [], // prettier-ignore
  sessions: {},
})

it('names a port as people do', () => {
  expect(adviceWords({ port: 465, tls: 'implicit' })).toBe('port 465 with implicit TLS')
  expect(rowWords({ host: 'mx.test', port: 25 })).toBe('mx.test port 25')
})

it('tells the recommendation first, then what is reached differently, then all in numbers', () => {
  const before = { port: 465, tls: 'implicit' as const }
  expect(changesSentence({ ...none, recommendation: { before, after: null } }, one, one)).toBe(
    'Nothing can be recommended now; before it was port 465 with implicit TLS.',
  )
  const rows = [25, 465, 587, 2525].map((port) => row(port))
  expect(changesSentence({ ...none, rows }, one, one)).toBe(
    'Reached differently: mx.test port 25 (connected, now refused); mx.test port 465 (connected, now refused); mx.test port 587 (connected, now refused) and 1 more. In all 4 things changed (4 for the worse).',
  )
})

it('tells errors that came or went, and rows that only one run has', () => {
  const finding = { ...refused.findings[0]!, proof: [] }
  expect(changesSentence({ ...none, findings: { appeared: [finding, finding], gone: [] } }, one, one)).toBe(
    'New errors: tcp-refused.',
  )
  expect(changesSentence({ ...none, rows: [row(1, 'new'), row(2, 'gone')] }, one, one)).toBe(
    '1 tested only now, 1 tested only before.',
  )
  const mild = { ...finding, severity: 'info' as const }
  expect(changesSentence({ ...none, findings: { appeared: [mild], gone: [] } }, one, one)).toBe(
    'Other findings than before.',
  )
})

it('says that a cancelled run knows a part', () => {
  const cut = report([working], { cancelled: true })
  expect(changesSentence({ ...none, same: true }, cut, one)).toMatch(/The earlier run was cancelled/)
  expect(changesSentence({ ...none, same: true }, cut, cut)).toMatch(/Both runs were cancelled/)
})
