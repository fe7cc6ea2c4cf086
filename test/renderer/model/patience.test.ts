import { expect, test } from 'vitest'
import { appendEvents, emptyLog } from '#renderer/model/eventLog.ts'
import { hungUp, patienceWords } from '#renderer/model/patience.ts'
import type { GateState } from '#shared/rpc/contract/dialogue.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'

const gate = (change: Partial<GateState> = {}): GateState => ({
  mode: 'step',
  upcoming: [],
  breakpoints: [],
  state: 'ready',
  peer: { patienceMs: 300_000, since: 2_000_000, why: 'RFC 5321 says so' },
  ...change,
})

test('how long the other side still waits, counted from what went over the wire last', () => {
  expect(patienceWords(gate(), 1000, 12_000)).toEqual({
    words: 'The server waits 4:51 more',
    why: 'RFC 5321 says so; this one may be less patient.',
    tone: 'calm',
  })
  expect(patienceWords(gate({ role: 'server' }), 1000, 250_000)).toMatchObject({
    words: 'The client waits 0:53 more',
    tone: 'soon',
  })
  expect(patienceWords(gate(), 1000, 400_000)).toMatchObject({
    words: 'The server may give up any moment',
    tone: 'over',
  })
  expect(patienceWords({ ...gate(), peer: undefined }, 0, 0)).toBeUndefined()
})

test('one that has closed its side is told at once', () => {
  const left = gate({ role: 'server', peer: { ...gate().peer!, left: true } })
  expect(patienceWords(left, 0, 0)?.words).toContain('The client has closed its side')
})

const base = { session: 's', phase: 'mail', direction: 'none' } as const
const wait = (why: 'gate' | 'delay'): TranscriptEvent => ({
  ...base,
  seq: 1,
  at: 1,
  kind: 'wait',
  why,
  took: 302_000_000,
})
const end = (by: 'server' | 'person', outcome: 'closed' | 'completed' = 'closed'): TranscriptEvent => ({ ...base, seq: 3, at: 3, kind: 'end', outcome, by, message: '' }) // prettier-ignore
const line: TranscriptEvent = {
  ...base,
  seq: 2,
  at: 2,
  kind: 'line',
  raw: 'QUIT\r\n',
  direction: 'to-server',
}
const log = (...events: TranscriptEvent[]) => appendEvents(emptyLog(), { events, lost: 0, ended: true })

test('a peer that hung up while a line was held is told plainly', () => {
  expect(hungUp(log(wait('gate'), end('server')), 'client')).toMatch(
    /^The server hung up while you held the next line, after 5 min/,
  )
  expect(hungUp(log(wait('gate'), end('server')), 'server')).toMatch(/^The client hung up/)
})

const said = (code: number): TranscriptEvent => ({ ...base, seq: 2, at: 2, kind: 'reply', raw: `${code} x\r\n`, code, direction: 'to-client' }) // prettier-ignore
test('its 421 belongs to hanging up, an answer of ours does not', () => {
  expect(hungUp(log(wait('gate'), said(421), end('server')), 'client')).toMatch(/^The server hung up/)
  expect(hungUp(log(wait('gate'), said(250), end('server')), 'client')).toBeUndefined()
  expect(hungUp(log(wait('gate'), said(421), end('server')), 'server')).toBeUndefined()
})

test('not when something was said in between, when a person ended it, or when it only waited for its time', () => {
  expect(hungUp(log(wait('gate'), line, end('server')), 'client')).toBeUndefined()
  expect(hungUp(log(wait('gate'), end('person')), 'client')).toBeUndefined()
  expect(hungUp(log(wait('delay'), end('server')), 'client')).toBeUndefined()
  expect(hungUp(log(wait('gate'), end('server', 'completed')), 'client')).toBeUndefined()
  expect(hungUp(log(end('server')), 'client')).toBeUndefined()
})
