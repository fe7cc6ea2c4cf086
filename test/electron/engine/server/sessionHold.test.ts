import { expect, test } from 'vitest'
import { holdSession } from '#engine/server/sessionHold.ts'
import { createServerMachine } from '#shared/smtp/machine/server.ts'
import type { Effect, Input } from '#shared/smtp/machine/types.ts'
import type { EventBody } from '#shared/transcript/event.ts'
import { fakeHub, inShort } from '#test/support/server/fakes.ts'
import { latest } from '#test/support/dialogue/start.ts'
import { serverOptions } from '#test/support/smtp/pump.ts'

function held() {
  const machine = createServerMachine(serverOptions())
  const recorder = fakeHub().hub.begin({ source: 'server', role: 'server', host: 'h', port: 1, tls: 'none' })
  const told: string[] = []
  const inputs: Input[] = []
  const events: EventBody[] = []
  const hold = holdSession({
    step: true,
    breakpoints: [],
    context: { recorder, held: () => void told.push('held') },
    machine,
    wire: () => ({
      write: (bytes) => void told.push(new TextDecoder().decode(bytes)),
      flush: () => void told.push('flush'),
      destroy: () => void told.push('destroy'),
      reset: () => void told.push('reset'),
    }),
    deadlines: { postpone: (ms) => void told.push(`postpone ${ms}`) },
    record: (event) => void events.push(event),
    say: (line, bytes) => void told.push(`say ${line.id} ${bytes?.length ?? 'own'}`),
    answer: (id) => void told.push(`answer ${id}`),
    turn: (input) => void inputs.push(input),
    later: (work) => work(),
  })
  const line = machine
    .handle({ type: 'opened' })
    .find((one): one is Extract<Effect, { type: 'send' }> => one.type === 'send')!.line
  return { hold, line, told, inputs, events }
}

test('what a person decides becomes inputs of the machine and octets on the wire', () => {
  const { hold, line, told, inputs, events } = held()
  expect(hold.offer(line)).toBeNull()
  hold.act({ type: 'insert', raw: '220-before\r\n' })
  hold.act({ type: 'skip' })
  expect(told).toEqual(['held', '220-before\r\n', 'flush', 'held', 'postpone 0'])
  expect(inputs).toEqual([
    { type: 'insert', bytes: new TextEncoder().encode('220-before\r\n') },
    { type: 'skipped', id: line.id },
  ])
  // A person's waits are recorded as long as they were, which may be no time at all.
  const acts = events.map(inShort).filter((one) => one !== 'wait')
  expect(acts).toEqual(['edit', 'S: 220-before', 'edit'])
})

test('the machine’s state is what the page sees; a drop and a reset end it by a person', async () => {
  for (const type of ['drop', 'reset'] as const) {
    const { hold, line, told, inputs } = held()
    hold.offer(line)
    expect(await latest(hold.states)).toMatchObject({ state: 'fresh', role: 'server', upcoming: [] })
    hold.act({ type })
    expect(inputs).toMatchObject([{ type: 'ended', how: 'dropped' }])
    expect(told.at(-1)).toBe(type === 'drop' ? 'destroy' : 'reset')
  }
})
