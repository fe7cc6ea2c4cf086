import { appendEvents, emptyLog } from '#renderer/model/eventLog.ts'
import { expect, test } from 'vitest'
import { createTranscriptsStore } from '#renderer/stores/transcripts.ts'
import { accepted, held, heldGate, refused } from '../../support/page/scenes.ts'

const [a, h, r] = [accepted().summary, held().summary, refused().summary]
test('newest first, whatever the order they come in; a change keeps its place', () => {
  const { getState } = createTranscriptsStore()
  getState().put([r], { next: 'older', total: 9 })
  getState().put([h])
  getState().put([a])
  expect(getState()).toMatchObject({ order: ['held', 'accepted', 'refused'], next: 'older', total: 11 })
  const { order } = getState()
  getState().put([{ ...a, words: 'Changed' }])
  expect(getState().order).toBe(order)
  expect(getState().summaries['accepted']?.words).toBe('Changed')
})
test('removing takes the events along', () => {
  const { getState } = createTranscriptsStore()
  getState().put([h, a])
  getState().setLog('held', appendEvents(emptyLog(), { events: held().events }))
  getState().setGate('held', heldGate())
  getState().remove(['held'])
  expect(getState()).toMatchObject({ order: ['accepted'], total: 1, logs: {}, gates: {} })
})
test('one session’s events leave the other’s log untouched', () => {
  const { getState } = createTranscriptsStore()
  getState().setLog('held', appendEvents(emptyLog(), { events: held().events }))
  const log = getState().logs['held']
  getState().setLog('accepted', appendEvents(emptyLog(), { events: accepted().events }))
  expect(getState().logs['held']).toBe(log)
  getState().setProblem('held', 'why')
  getState().close('held')
  expect(getState().logs['held']).toBeUndefined()
  expect(getState().problems).toEqual({})
})
test('one that a search found was counted with the page already', () => {
  const { getState } = createTranscriptsStore()
  getState().put([h], { next: 'older', total: 9 })
  getState().put([{ ...r, startedAt: '2020-01-01T00:00:00.000Z' }])
  expect(getState().total).toBe(9)
})
