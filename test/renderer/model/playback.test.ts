import { expect, test } from 'vitest'
import type { LadderRow } from '#renderer/model/ladderRows.ts'
import {
  headAmong,
  headBefore,
  nextStop,
  pauseMs,
  previousStop,
  stopsAtEvent,
  type Rows,
} from '#renderer/model/playback.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'

const wall = 'open' as const
const list: LadderRow[] = [
  { kind: 'link', seq: 1, wall, seqs: [1, 2] },
  { kind: 'band', seq: 3, wall, segment: 0 },
  { kind: 'reply', seq: 3, wall, gap: 0 },
  { kind: 'capabilities', seq: 3, wall, before: undefined },
  { kind: 'fold', seq: 4, wall, fold: { first: 4, last: 9, times: 3, pattern: [], from: 0, to: 0 } },
  { kind: 'line', seq: 10, wall, gap: 0 },
]
const rows: Rows = {
  count: list.length,
  row: (index) => list[index],
  indexOf: (seq) => list.findLastIndex((row) => row.seq <= seq),
}

test('from row to row, a fold in one step, pictures of rows never', () => {
  const forth: number[] = []
  for (let at = nextStop(rows, 0); at !== undefined; at = nextStop(rows, at)) forth.push(at)
  expect(forth).toEqual([1, 3, 9, 10])
  const back: number[] = []
  for (let at = previousStop(rows, 10); at !== undefined; at = previousStop(rows, at)) back.push(at)
  expect(back).toEqual([9, 3, 1])
})

const at = (ms: number): TranscriptEvent => ({ session: 's', seq: 1, at: ms * 1000, phase: 'mail', direction: 'to-server', kind: 'line', raw: '', verb: 'MAIL' }) // prettier-ignore

test('pauses as recorded, times the speed, long ones folded', () => {
  expect(pauseMs(at(0), at(100), '1')).toBe(100)
  expect(pauseMs(at(0), at(100), '0.1')).toBe(1000)
  expect(pauseMs(at(0), at(60_000), '1')).toBe(1500)
  expect(pauseMs(at(0), at(100), 'max')).toBe(0)
  expect(pauseMs(at(100), at(0), '1')).toBe(0)
  expect(pauseMs(undefined, at(0), '1')).toBe(0)
})

test('played slowly, each line stays long enough to be read, without times too', () => {
  expect(pauseMs(at(0), at(2), '0.1')).toBe(1000)
  expect(pauseMs(at(0), at(0), '0.1')).toBe(1000)
  expect(pauseMs(at(0), at(120), '0.1')).toBe(1200)
  expect(pauseMs(at(0), at(2), '1')).toBe(2)
})

test('a run stops at verbs, codes, classes, the end of the content and the greeting', () => {
  const { verb: _, ...rest } = { ...at(0), verb: 'MAIL' }
  const reply = { ...rest, kind: 'reply', code: 451, phase: 'rcpt' } as TranscriptEvent
  const chunk = {
    ...rest,
    kind: 'chunk',
    body: 1,
    offset: 0,
    size: 1,
    last: true,
    encoding: 'data',
  } as TranscriptEvent
  expect(stopsAtEvent(at(0), ['MAIL'])).toBe(true)
  expect(stopsAtEvent(at(0), ['RCPT'])).toBe(false)
  expect([['451'], ['4xx'], ['5xx']].map((stops) => stopsAtEvent(reply, stops))).toEqual([true, true, false])
  expect(stopsAtEvent({ ...reply, phase: 'banner' }, ['CONNECT'])).toBe(true)
  expect(stopsAtEvent(chunk, ['.'])).toBe(true)
  expect(stopsAtEvent(undefined, ['.'])).toBe(false)
})

const places = (seq: number) => list.flatMap((_, index) => (headBefore(rows, index, seq) ? [index] : []))

test('the playhead stands before the first row that is not shown yet, and among the phases by their events', () => {
  expect([places(0), places(1), places(3), places(9), places(10)]).toEqual([[0], [1], [4], [5], []])
  const stretches = [
    { first: 1, last: 2 },
    { first: 3, last: 6 },
  ]
  expect([0, 1, 2, 3, 6].map((seq) => headAmong(stretches, seq))).toEqual([0, 0.5, 1, 1.25, 2])
  expect([headAmong(stretches, undefined), headAmong([], 1)]).toEqual([undefined, undefined])
})
