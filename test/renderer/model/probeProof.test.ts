import { expect, test } from 'vitest'
import { cells, proofOf } from '#renderer/model/probeProof.ts'
import { refused, working } from '#test/support/probeReport.ts'

const events = { connect: 1, banner: 2, ehlo: 4, starttls: 6, tls: 7, ehloAfterTls: 9, last: 12 }
const numbers = (result: typeof working) => cells.map((cell) => proofOf(result, cell)?.event)

test('each cell leads to the event that shows what it says', () => {
  expect(numbers({ ...working, events })).toEqual([1, 2, 7, 7, 7, 9, 9, 12])
  expect(numbers({ ...working, mode: 'implicit', events: { connect: 1, tls: 2, banner: 3, ehlo: 5, last: 8 } })).toEqual([1, 3, 2, 2, 2, 5, 5, 8]) // prettier-ignore
  expect(numbers({ ...refused, events: { connect: 1, last: 3 } })).toEqual([1, 3, undefined, undefined, undefined, undefined, undefined, 3]) // prettier-ignore
})
test('versions that a scan found stand in its own dialogue', () => {
  const scan = { session: 's9', connections: 9, took: 1, groups: [], withoutName: 'same', compression: false, asksCertificate: false, doubtful: false } as const // prettier-ignore
  expect(proofOf({ ...working, events, tls: { ...working.tls!, scan: { ...scan, groups: [] } } }, 'versions')).toEqual({ session: 's9' }) // prettier-ignore
})
test('a report of an earlier version leads to the dialogue, and no dialogue to nothing', () => {
  expect(proofOf(working, 'auth')).toEqual({ session: 's1' })
  expect(proofOf({ ...refused, session: '' }, 'reach')).toBeUndefined()
})
