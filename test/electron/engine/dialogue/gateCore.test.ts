import { expect, test } from 'vitest'
import { GateCore } from '#engine/dialogue/gateCore.ts'
import type { Outgoing } from '#shared/smtp/machine/types.ts'
import type { EventBody } from '#shared/transcript/event.ts'

const bytes = new TextEncoder().encode('MAIL FROM:<>\r\n')
const line: Outgoing = {
  id: 1,
  kind: 'command',
  phase: 'mail',
  bytes,
  shown: { bytes, masked: [] },
  verb: 'MAIL',
}
const reason = { why: 'gate', words: 'before MAIL' } as const

function core() {
  const told: unknown[] = []
  const journal = {
    recorder: {
      held: (value: boolean) => void told.push(value),
      conceal: (secret: string) => void told.push(secret),
    },
    elapsed: () => 1000,
    write: (event: EventBody) => void told.push(event.kind),
  }
  return { made: new GateCore({ step: true, breakpoints: [], journal }), told }
}
const last = (made: GateCore) => made.log.read(0, 100).events.at(-1)

test('a line that a person holds is told to the list; one that only waits for its time is not', () => {
  const { made, told } = core()
  made.hold(line, reason)
  expect(last(made)).toMatchObject({ held: { verb: 'MAIL' }, why: 'before MAIL', peer: { since: 0 } })
  expect(told).toEqual([true])
  expect(made.let()).toBe(line)
  expect(told).toEqual([true, false, 'wait'])
  made.hold(line, { why: 'delay', words: '' }, 60_000)
  expect(last(made)).toMatchObject({ goesAt: 60_001_000 })
  expect(last(made)?.why).toBeUndefined()
  made.end()
  expect(told).toEqual([true, false, 'wait', false, 'wait'])
})

test('a typed secret is concealed from its first mention on', () => {
  const { made, told } = core()
  made.read('AUTH PLAIN AHUAc2VjcmV0LXdvcmQ=\r\n')
  expect(told).toEqual(['AHUAc2VjcmV0LXdvcmQ=', 'secret-word'])
})

test('the end is told once and ends the stream', () => {
  const { made } = core()
  made.end()
  made.end()
  made.tell()
  const { events, ended } = made.log.read(0, 100)
  expect([events.map(({ mode }) => mode), ended]).toEqual([['ended'], true])
})
