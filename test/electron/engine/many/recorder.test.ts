import { expect, test } from 'vitest'
import { MemoryRecorder } from '#engine/many/recorder.ts'
import { type EventBody, TranscriptEvent } from '#shared/transcript/event.ts'
import { clock } from '#test/support/dialogue/start.ts'

const line = (raw: string): EventBody => ({ kind: 'line', phase: 'other', direction: 'to-server', raw })
const end: EventBody = {
  kind: 'end',
  phase: 'other',
  direction: 'none',
  outcome: 'completed',
  by: 'client',
  message: 'done',
}
const found = (evidence: number[]): EventBody => ({
  kind: 'finding', phase: 'rcpt', direction: 'none', code: 'greylisted', severity: 'warning', side: 'server', confidence: 'certain', evidence, message: 'm', next: 'n',
}) // prettier-ignore

test('a short connection is kept whole', () => {
  const recorder = new MemoryRecorder(clock, [])
  recorder.write(line('EHLO\r\n'))
  recorder.write(found([1]))
  const events = recorder.read('s', [end])
  expect(events.map(({ kind, seq, session }) => [kind, seq, session])).toEqual([
    ['line', 1, 's'],
    ['finding', 2, 's'],
    ['end', 3, 's'],
  ])
})

test('of a long one the beginning and the end are, and what is between is said', () => {
  const recorder = new MemoryRecorder(clock, [])
  for (let i = 1; i <= 10_000; i++) recorder.write(line(`${i}`))
  recorder.write(found([9999]))
  recorder.write(found([500]))
  const events = recorder.read('s', [end]).map((event) => TranscriptEvent.parse(event))
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1))
  expect(events.length).toBeLessThan(130)
  expect(events.find(({ kind }) => kind === 'remark')).toMatchObject({
    text: '9882 events of further messages on this connection were not kept.',
  })
  const [near, far] = events.flatMap((event) => (event.kind === 'finding' ? [event] : []))
  expect(events[near!.evidence[0]! - 1]).toMatchObject({ raw: '9999' })
  expect(far!.evidence).toEqual([far!.seq - 1])
  const times = events.map(({ at }) => at)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
})

test('a secret that a server echoes is hidden', () => {
  const recorder = new MemoryRecorder(clock, ['hunter2'])
  recorder.conceal()
  recorder.held()
  recorder.delivered()
  recorder.write({
    kind: 'reply',
    phase: 'auth',
    direction: 'to-client',
    raw: '535 hunter2 is wrong\r\n',
    code: 535,
  })
  expect(JSON.stringify(recorder.read('s', []))).not.toContain('hunter2')
})
