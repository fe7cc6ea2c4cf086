import { expect, test } from 'vitest'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { StepTimes } from '#engine/dialogue/stepTimes.ts'

type Part = Record<string, unknown> & { kind: TranscriptEvent['kind']; at: number }
function times(...parts: Part[]): StepTimes {
  const made = new StepTimes()
  for (const part of parts)
    made.take({ session: 's', seq: 1, phase: 'other', direction: 'none', ...part } as never)
  return made
}
const line = (at: number, phase: string): Part => ({ kind: 'line', at, phase })
const reply = (at: number, phase: string, code = 250): Part => ({ kind: 'reply', at, phase, code })
const chunk = (at: number, size: number): Part => ({ kind: 'chunk', at, phase: 'body', size })
const held = (at: number, took: number): Part => ({ kind: 'wait', at, took })

test('each step from its words to the reply; what lies between two steps is nobody’s', () => {
  const made = times(
    { kind: 'resolve', at: 30, took: 30, phase: 'dns' },
    { kind: 'resolve', at: 50, took: 50, phase: 'dns' },
    { kind: 'connect', at: 60, took: 10, outcome: 'refused' },
    { kind: 'connect', at: 75, took: 15, outcome: 'connected' },
    reply(100, 'banner', 220),
    line(110, 'ehlo'), reply(130, 'ehlo'),
    line(140, 'starttls'), reply(150, 'starttls', 220),
    { kind: 'tls', at: 250, took: 90 },
    line(260, 'ehlo'), reply(265, 'ehlo'),
    line(270, 'auth'), reply(280, 'auth', 334), line(281, 'auth'), reply(301, 'auth', 235),
    line(310, 'mail'), reply(320, 'mail'), line(330, 'rcpt'), reply(350, 'rcpt'),
    line(360, 'data'), reply(370, 'data', 354), chunk(380, 100), chunk(390, 50), line(391, 'body'), reply(400, 'body'),
    { kind: 'end', at: 420 },
  ) // prettier-ignore
  expect(made.result()).toEqual({
    dns: 50, tcp: 15, tls: 90, ehlo: 25, auth: 30, envelope: 30, data: 30, total: 420,
  }) // prettier-ignore
  expect(made.sentOctets).toBe(150)
})

test('pipelined commands are one stretch', () => {
  const made = times(line(10, 'mail'), line(11, 'rcpt'), line(12, 'data'), reply(40, 'mail'), reply(41, 'rcpt'), reply(42, 'data', 354)) // prettier-ignore
  expect(made.result()).toEqual({ envelope: 31, data: 30 })
})

test('what a person held is not counted, between two steps and inside one', () => {
  const made = times(
    line(10, 'mail'),
    reply(20, 'mail'),
    held(1000, 980),
    line(1000, 'rcpt'),
    reply(1015, 'rcpt'),
  )
  expect(made.result()).toEqual({ envelope: 25 })
  const dot = times(line(0, 'data'), reply(5, 'data', 354), chunk(10, 1), held(910, 900), line(910, 'body'), reply(920, 'body')) // prettier-ignore
  expect(dot.result()).toEqual({ data: 15 })
})

test('no content, no octets; an empty message has none', () => {
  expect(times(line(1, 'mail')).sentOctets).toBeUndefined()
  expect(times(line(1, 'data'), reply(2, 'data', 354)).sentOctets).toBe(0)
})
