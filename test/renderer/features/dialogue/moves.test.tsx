import { expect, test, vi } from 'vitest'
import { canMove, isPaused, isRecording, move, playOn } from '#renderer/features/dialogue/moves.ts'
import type { Session } from '#renderer/features/dialogue/useSession.ts'
import { appendEvents, emptyLog } from '#renderer/model/eventLog.ts'
import { SessionModel } from '#renderer/model/session.ts'
import { makeServices } from '../../../support/page/render.tsx'
import { accepted, held, heldGate } from '../../../support/page/scenes.ts'

function session(change: Partial<Session> = {}): Session {
  const { events } = accepted()
  const log = appendEvents(emptyLog(), { events, lost: 0, ended: true })
  const model = new SessionModel().sync(log)
  const base: Session = { id: 'accepted', summary: undefined, log, model, gate: undefined, cursor: events.length, live: false, problem: undefined } // prettier-ignore
  return { ...base, ...change }
}

test('a recording can be moved in every way; a live dialogue only as its gate allows', () => {
  expect(isRecording(session())).toBe(true)
  const paused = session({ gate: heldGate(), live: true })
  const delayed = session({ gate: { ...heldGate(), goesAt: 5 }, live: true })
  const foreign = session({ live: true })
  expect([paused, delayed, foreign].map(isPaused)).toEqual([true, false, false])
  expect((['first', 'back', 'step', 'run', 'stop'] as const).map((one) => canMove(foreign, one))).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
})

test('who steps can run on while nothing is held: the next line is not waited for', async () => {
  const { services, engine } = makeServices({ sessions: [held()] })
  const { held: _, ...between } = heldGate()
  const stepping = session({ gate: { ...between, mode: 'step' }, live: true })
  expect([canMove(stepping, 'run'), canMove(stepping, 'step')]).toEqual([true, false])
  expect(canMove(session({ gate: { ...between, mode: 'run' }, live: true }), 'run')).toBe(false)
  await move(services, stepping, 'run')
  await vi.waitFor(() => expect(engine.acted.at(-1)?.action).toEqual({ type: 'run' }))
})

test('back on a live dialogue moves the selection and nothing else', async () => {
  const { services, stores, engine } = makeServices({ sessions: [held()] })
  const live = session({ gate: heldGate(), live: true })
  await move(services, live, 'back')
  expect(stores.view.getState().cursors['accepted']).toBeLessThan(live.cursor)
  expect(stores.playback.getState().at['accepted']).toBeUndefined()
  await move(services, live, 'first')
  expect(stores.view.getState().cursors['accepted']).toBe(1)
  expect(engine.acted).toEqual([])
  await move(services, live, 'stop')
  await vi.waitFor(() => expect(engine.acted.at(-1)?.action).toEqual({ type: 'finish' }))
})

test('a recording is stepped to its end, where everything is shown', async () => {
  const { services, stores } = makeServices()
  await move(services, session(), 'first')
  let steps = 0
  while (playOn(services, session()) && steps < 200) steps++
  expect(steps).toBeGreaterThan(10)
  expect(stores.playback.getState().at['accepted']).toBeUndefined()
})

test('run starts from the beginning and runs until it is stopped', async () => {
  const { services, stores } = makeServices()
  await move(services, session(), 'run')
  expect(stores.playback.getState()).toMatchObject({ running: 'accepted', at: { accepted: 1 } })
  await move(services, session(), 'stop')
  expect(stores.playback.getState()).toMatchObject({ running: '', at: { accepted: 1 } })
})
