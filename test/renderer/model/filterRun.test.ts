import { expect, test } from 'vitest'
import { appendEvents, chunkSize, emptyLog } from '#renderer/model/eventLog.ts'
import { noFilter, type DialogueFilter } from '#renderer/model/filter.ts'
import { FilterRun } from '#renderer/model/filterRun.ts'
import { SessionModel } from '#renderer/model/session.ts'
import { longTranscript } from '../../support/longTranscript.ts'
import { accepted } from '../../support/page/scenes.ts'

const events = [...longTranscript('s', chunkSize * 5)]
const log = appendEvents(emptyLog(), { events })
const model = new SessionModel().sync(log, Infinity)
const runOf = (change: Partial<DialogueFilter>) =>
  new FilterRun({ ...noFilter, ...change }, log, model.ladder)
const seqs = (run: FilterRun) => Array.from({ length: run.matches }, (_, index) => run.seq(index))
const forever = [Infinity, () => 0] as const

test('a step stops at its deadline; the next goes on; the result does not depend on the steps', () => {
  const whole = runOf({ text: 'user unknown' })
  whole.step(log, ...forever)
  const sliced = runOf({ text: 'user unknown' })
  let clock = 0
  let steps = 0
  for (; !sliced.isDone(log); steps++) sliced.step(log, ++clock, () => clock)
  expect(steps).toBeGreaterThan(10)
  expect(seqs(sliced)).toEqual(seqs(whole))
  expect([...sliced.rows]).toEqual([...whole.rows])
  expect(whole.matches).toBe(events.filter((event) => event.kind === 'reply' && event.code === 550).length)
})
test('what the log gets later is looked at by later steps', () => {
  const half = appendEvents(emptyLog(), { events: events.slice(0, 1500) })
  const run = new FilterRun({ ...noFilter, codes: ['5xx'] }, half, model.ladder)
  run.step(half, ...forever)
  expect(run.isDone(half)).toBe(true)
  const before = run.matches
  const more = appendEvents(half, { events: events.slice(1500) })
  expect(run.isDone(more)).toBe(false)
  run.step(more, ...forever)
  expect(run.matches).toBeGreaterThan(before)
  const whole = runOf({ codes: ['5xx'] })
  whole.step(log, ...forever)
  expect(seqs(run)).toEqual(seqs(whole))
})
test('bands stand where the protection changes, and the seam is kept', () => {
  const run = runOf({ verbs: ['EHLO'] })
  run.step(log, ...forever)
  expect([...run.rows].map(({ kind, wall }) => `${kind} ${wall}`)).toEqual([
    'band open', 'line open', 'reply open', 'tls open', 'band sealed', 'line sealed', 'reply sealed',
  ]) // prettier-ignore
})
test('a body is one row, whatever it is cut into', () => {
  const scene = accepted()
  const own = appendEvents(emptyLog(), { events: scene.events })
  const run = new FilterRun({ ...noFilter, phases: ['body'] }, own, new SessionModel().sync(own).ladder)
  run.step(own, ...forever)
  expect([...run.rows].filter(({ kind }) => kind === 'body')).toHaveLength(1)
})
test('findings bring what proves them', () => {
  const run = runOf({ findings: true })
  run.step(log, ...forever)
  const found = seqs(run)
  for (const event of events)
    if (event.kind === 'finding')
      expect(found).toEqual(expect.arrayContaining([event.seq, ...event.evidence]))
})
test('the last match up to an event', () => {
  const run = runOf({ codes: ['550'] })
  run.step(log, ...forever)
  expect(run.lastUpTo(0)).toBe(-1)
  expect(run.lastUpTo(run.seq(1))).toBe(1)
  expect(run.lastUpTo(run.seq(1) - 1)).toBe(0)
  expect(run.lastUpTo(1e9)).toBe(run.matches - 1)
})
