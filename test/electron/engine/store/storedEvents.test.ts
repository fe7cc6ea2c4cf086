import { anything, assert, property, string } from 'fast-check'
import { expect, it } from 'vitest'
import { isStoredEvent, storedObjects } from '#engine/store/storedEvents.ts'
import { sessionOutcome } from '#shared/inbox/outcome.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'

const about = { words: 'w', messages: [], host: 'h' }
const base = { session: 's', seq: 1, at: 0, phase: 'mail' as const, direction: 'to-server' as const }
const good: TranscriptEvent[] = [
  { ...base, kind: 'connect', address: '127.0.0.1', port: 1, family: 4, took: 0, outcome: 'connected' },
  { ...base, kind: 'line', raw: 'MAIL FROM:<a@b>\r\n', verb: 'MAIL' },
  { ...base, kind: 'reply', raw: '250 ok\r\n', code: 250 },
  { ...base, kind: 'reply', raw: 'what\r\n', malformed: 'not a reply' },
  { ...base, kind: 'chunk', body: 1, offset: 0, size: 1, last: true, encoding: 'data' },
  { ...base, kind: 'remark', text: 't', understood: true },
  {
    ...base,
    kind: 'tls',
    phase: 'tls',
    outcome: 'failed',
    took: 1,
    fault: { code: 'tls-alert', message: 'm' },
  },
  { ...base, kind: 'end', outcome: 'closed', by: 'client', message: 'm' },
]

it('takes what was stored, as it was', () => {
  const lines = good.map((event) => JSON.stringify(event))
  expect(storedObjects(lines).filter(isStoredEvent)).toEqual(good)
})

it('leaves out a line that is no object', () => {
  expect(storedObjects(['{"a":1}', '', '{"a":', 'null', '7', '\0'])).toEqual([{ a: 1 }])
})

it.each([
  [{ ...good[1], raw: 7 }],
  [{ ...good[1], verb: 7 }],
  [{ ...good[2], code: '250' }],
  [{ ...good[4], size: '1' }],
  [{ ...good[1], phase: 'elsewhere' }],
  [{ ...good[1], seq: 1.5 }],
  [{ ...good[6], fault: { code: 'tls-alert', message: 7 } }],
  [{ ...good[6], fault: null }],
  [{ ...good[1], kind: 'toString' }],
  [{ ...good[1], kind: ['line'] }],
])('refuses what its reader could not read: %j', (damaged) => {
  expect(isStoredEvent(damaged)).toBe(false)
})

it('lets nothing through that breaks the reading of an outcome', () => {
  const cut = property(string(), anything(), (name, value) => {
    const damaged = good.map((event) => ({ ...event, [name]: value }))
    const mixed = good.flatMap((event) => Object.keys(event).map((key) => ({ ...event, [key]: value })))
    sessionOutcome(about, [...damaged, ...mixed].filter(isStoredEvent))
  })
  assert(cut, { numRuns: 500 })
})
