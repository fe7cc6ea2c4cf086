import { expect, test } from 'vitest'
import type { DialogueResult } from '#shared/rpc/contract/dialogue.ts'
import { SendReport, sendReport } from '#shared/rpc/contract/sendReport.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'

const base = { session: 's1', phase: 'other', direction: 'none' } as const
const words = { code: 'greylisted', severity: 'warning', side: 'server', confidence: 'likely', message: 'm', next: 'n' } as const // prettier-ignore
const finding: TranscriptEvent = {
  ...base,
  ...words,
  evidence: [1],
  kind: 'finding',
  phase: 'rcpt',
  seq: 1,
  at: 10,
}
const end: TranscriptEvent = { ...base, kind: 'end', seq: 2, at: 20, outcome: 'completed', by: 'client', message: 'Done.' } // prettier-ignore
const result: DialogueResult = {
  session: 's1',
  outcome: 'rejected',
  message: 'No.',
  recipients: [
    { address: 'a@x.test', accepted: false, code: 451, reply: '451 later', findings: ['greylisted'] },
    { address: 'b@x.test', accepted: false, reply: '' },
  ],
  timings: { tcp: 5, total: 19 },
  sentOctets: 0,
}

test('the document holds what its schema says, and nothing else', () => {
  const report = sendReport(result, [finding, end])
  expect(SendReport.strict().parse(report)).toEqual(report)
  expect(report).toMatchObject({
    schema: 'relayscope.send/1',
    findings: [{ ...words, evidence: [1], phase: 'rcpt' }],
    recipients: [{ findings: ['greylisted'] }, { findings: [] }],
    timings: { tcp: 5, total: 19 },
    sentOctets: 0,
  })
  expect(report.findings[0]).not.toHaveProperty('seq')
})

test('without measured times the last event tells the whole', () => {
  const { timings: _, ...rest } = result
  expect(sendReport(rest, [end]).timings).toEqual({ total: 20 })
  expect(sendReport(rest, []).timings).toEqual({ total: 0 })
  expect(
    sendReport({ ...rest, findings: [{ ...words, evidence: [1], phase: 'rcpt' }] }, []).findings,
  ).toHaveLength(1)
})
