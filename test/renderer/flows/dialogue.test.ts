import { expect, test, vi } from 'vitest'
import { act, watchGate } from '#renderer/flows/dialogue.ts'
import { makeServices } from '../../support/page/render.tsx'
import { held, heldGate } from '../../support/page/scenes.ts'

test('the gate is followed; ended or unknown means none', async () => {
  const { services, stores, engine } = makeServices({ sessions: [held()], gates: { held: heldGate() } })
  const gates = () => stores.transcripts.getState().gates
  const stop = watchGate(services, 'held')
  await vi.waitFor(() => expect(gates()['held']?.why).toBe('before MAIL'))
  engine.setGate('held', { ...heldGate(), mode: 'ended' })
  await vi.waitFor(() => expect(gates()).toEqual({}))
  stop()
  watchGate(services, 'other')
  expect(gates()).toEqual({})
})
test('a gate that nobody follows any more is not shown: a dialogue may end first', async () => {
  const { services, stores } = makeServices({ sessions: [held()], gates: { held: heldGate() } })
  const gates = () => stores.transcripts.getState().gates
  const stop = watchGate(services, 'held')
  await vi.waitFor(() => expect(gates()['held']?.why).toBe('before MAIL'))
  stop()
  expect(gates()).toEqual({})
})
test('acting: undefined when done, else why not', async () => {
  const { services, engine } = makeServices({ sessions: [held()] })
  expect(await act(services, 'held', { type: 'step' })).toBeUndefined()
  expect(engine.acted).toEqual([{ session: 'held', action: { type: 'step' } }])
  const no = makeServices({ handlers: { 'dialogue.act': () => ({ ok: false, problem: 'It is over.' }) } })
  expect(await act(no.services, 'held', { type: 'skip' })).toBe('It is over.')
  const broken = makeServices({ handlers: { 'dialogue.act': () => Promise.reject(new Error('x')) } })
  expect(await act(broken.services, 'held', { type: 'skip' })).toMatch(/./)
})
