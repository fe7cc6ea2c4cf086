import { expect, test } from 'vitest'
import type { ManyResult } from '#shared/rpc/contract/many.ts'
import { ManyReport, manyReport } from '#shared/rpc/contract/manyReport.ts'

const result: ManyResult = {
  phase: 'done', messages: 2, accepted: 1, partly: 0, rejected: 1, failed: 0, unsent: 0, octets: 10,
  connections: { open: 0, opened: 1, failed: 0 }, rate: 1, average: 1, elapsed: 5, connect: null, latency: null,
  failures: [{ code: 'greylisted', message: '451', count: 1, session: 's' }], backedOff: { times: 0 }, kept: ['s'], done: true,
  outcome: 'partly-accepted', message: 'One of two.',
} // prettier-ignore

test('the document names its schema and where it went, and holds the whole result', () => {
  const report = manyReport(result, { host: 'mx.test', port: 25 })
  expect(ManyReport.parse(JSON.parse(JSON.stringify(report)))).toEqual({
    schema: 'relayscope.many/1',
    host: 'mx.test',
    port: 25,
    ...result,
  })
})
