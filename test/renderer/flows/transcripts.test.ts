import { expect, test, vi } from 'vitest'
import {
  exportTranscript,
  filterTranscripts,
  followList,
  loadBody,
  loadOlder,
  removeTranscripts,
  watchEvents,
  wordsOf,
} from '#renderer/flows/transcripts.ts'
import { makeServices } from '../../support/page/render.tsx'
import { accepted, held, refused } from '../../support/page/scenes.ts'

const setup = () => makeServices({ sessions: [held(), accepted()] })

test('the list: the newest page, then every change', async () => {
  const { services, stores, engine } = setup()
  const stop = followList(services)
  await vi.waitFor(() => expect(stores.transcripts.getState().list).toBe('ready'))
  engine.put(refused())
  engine.changes.append({ type: 'gone', session: 'accepted' })
  await vi.waitFor(() => expect(stores.transcripts.getState().order).toEqual(['held', 'refused']))
  stop()
  await loadOlder(services)
  expect(stores.transcripts.getState().order).toHaveLength(2)
})
test('two watchers read once; the last one out lets go', async () => {
  const { services, stores } = setup()
  const stops = [watchEvents(services, 'accepted'), watchEvents(services, 'accepted')]
  await vi.waitFor(() => expect(stores.transcripts.getState().logs['accepted']?.ended).toBe(true))
  expect(stores.transcripts.getState().logs['accepted']?.length).toBe(30)
  stops[0]!()
  expect(stores.transcripts.getState().logs['accepted']).toBeDefined()
  stops[1]!()
  expect(stores.transcripts.getState().logs['accepted']).toBeUndefined()
})
test('an unknown session is told in words', async () => {
  const { services, stores } = setup()
  watchEvents(services, 'nope')
  await vi.waitFor(() => expect(stores.transcripts.getState().problems['nope']).toContain('no session nope'))
})
test('the filter keeps what the engine found, unless the text has changed', async () => {
  const { services, stores } = setup()
  stores.view.getState().set({ filter: 'Greylisted' })
  await filterTranscripts(services, 'Greylisted')
  expect(stores.transcripts.getState().filtered).toEqual({ text: 'Greylisted', ids: ['accepted'] })
  await filterTranscripts(services, 'late')
  expect(stores.transcripts.getState().filtered?.text).toBe('Greylisted')
  await filterTranscripts(services, ' ')
  expect(stores.transcripts.getState().filtered).toBeNull()
})
test('bodies by range, removal', async () => {
  const { services, engine, stores } = setup()
  const part = await loadBody(services, 'accepted', { body: 1, from: 9, size: 5 })
  expect([new TextDecoder().decode(part.bytes), part.total > 5]).toEqual(['Order', true])
  await removeTranscripts(services, ['accepted'])
  expect(engine.removed).toEqual(['accepted'])
  expect(stores.transcripts.getState().order).toEqual([])
  expect(wordsOf('odd')).toBe('odd')
})
test('a case file is given to the person under its own name', async () => {
  const { services } = setup()
  const made = vi.fn(() => 'blob:1')
  Object.assign(URL, { createObjectURL: made, revokeObjectURL: () => {} })
  const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {})
  expect(await exportTranscript(services, 'accepted')).toBe('accepted.relayscope.json')
  expect([made.mock.calls.length, clicked.mock.calls.length]).toEqual([1, 1])
  clicked.mockRestore()
})
test('a list that could not be had is asked for again when the connection is back', async () => {
  const { services, stores, engine } = setup()
  const { call } = services.client
  Object.assign(services.client, { call: () => Promise.reject(new Error('lost')) })
  const stop = followList(services)
  await vi.waitFor(() => expect(stores.transcripts.getState().list).toBe('failed'))
  Object.assign(services.client, { call: call.bind(engine.client) })
  stores.connection.getState().set({ state: 'open' })
  await vi.waitFor(() => expect(stores.transcripts.getState().list).toBe('ready'))
  expect(stores.transcripts.getState().total).toBe(2)
  stop()
})
test('a change told again of a session that a later page brings makes no hole in the list', async () => {
  const { services, stores, engine } = makeServices({
    sessions: [held()],
    handlers: { 'transcript.list': () => ({ items: [held().summary], total: 7, next: 'older' }) },
  })
  const stop = followList(services)
  await vi.waitFor(() => expect(stores.transcripts.getState().list).toBe('ready'))
  const old = refused()
  engine.put({ ...old, summary: { ...old.summary, id: 'old', startedAt: '2020-01-01T00:00:00.000Z' } })
  engine.put({ ...old, summary: { ...old.summary, id: 'new', startedAt: '2999-01-01T00:00:00.000Z' } })
  await vi.waitFor(() => expect(stores.transcripts.getState().order).toEqual(['new', 'held']))
  expect(stores.transcripts.getState().total).toBe(8)
  stop()
})
