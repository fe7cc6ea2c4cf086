import { expect, test } from 'vitest'
import { closedGate } from '#engine/handlers/closedGate.ts'

test('it tells one state and is over; nothing can be done at it, in words', async () => {
  const gate = closedGate({ state: 'ended', role: 'server' })
  const { events, ended } = await gate.states.read(0, 10)
  expect(events).toEqual([{ mode: 'ended', upcoming: [], breakpoints: [], state: 'done', role: 'server' }])
  expect(ended).toBe(true)
  expect(gate.act({ type: 'step' })).toEqual({ ok: false, problem: 'This session has ended.' })
  const live = closedGate({ state: 'live', role: 'client' })
  expect(live.act({ type: 'run' })).toEqual({
    ok: false,
    problem: 'This session runs by itself and cannot be held.',
  })
})
