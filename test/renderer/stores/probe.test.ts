import { expect, test } from 'vitest'
import { createProbeStore, probeKey } from '#renderer/stores/probe.ts'
import { memoryStorage } from '#test/support/page/render.tsx'
import { advised, results, summary } from '#test/support/page/compare.tsx'

test('the form is kept, what may be contacted is not', () => {
  const storage = memoryStorage()
  const store = createProbeStore(storage)
  store.getState().change({ host: 'mx.test', controls: ['c.test:25'] })
  store.getState().set({ controlsOn: ['c.test:25'] })
  const again = createProbeStore(storage).getState()
  expect(again.draft).toMatchObject({ host: 'mx.test', controls: ['c.test:25'] })
  expect(again.controlsOn).toEqual([])
  storage.setItem(probeKey, '{"version":9')
  expect(createProbeStore(storage).getState().draft.host).toBe('')
})
test('a change takes the problem of its field away, and no other', () => {
  const store = createProbeStore(memoryStorage())
  store.getState().setProblems({ host: 'a', ports: 'b' })
  store.getState().change({ host: 'x' }, 'host')
  expect(store.getState()).toMatchObject({ problems: { ports: 'b' }, attempts: 1 })
})
test('results come once each, and the report is the last word', () => {
  const store = createProbeStore(memoryStorage())
  const { addResults, know, forget } = store.getState()
  addResults('p', [results[0]!, results[1]!])
  addResults('p', [{ ...results[1]!, banner: '220 again' }])
  expect(store.getState().probes['p']!.results.map(({ banner }) => banner)).toEqual([undefined, '220 again'])
  know('p', { report: advised('p'), results })
  addResults('p', [{ ...results[1]!, banner: 'late' }])
  expect(store.getState().probes['p']!.results).toHaveLength(results.length)
  forget('p')
  expect(store.getState().probes).toEqual({})
})
test('the list is newest first; rows remember how far they are open', () => {
  const store = createProbeStore(memoryStorage())
  const { put, remove, setSummaries, setLevel, unfold } = store.getState()
  setSummaries([summary({ id: 'a' }), summary({ id: 'b', startedAt: '2026-11-02T10:00:00.000Z' })])
  put([summary({ id: 'a', running: true, startedAt: '2026-11-03T10:00:00.000Z' })])
  expect(store.getState().summaries.map(({ id, running }) => [id, running])).toEqual([['a', true], ['b', false]]) // prettier-ignore
  remove(['a'])
  setLevel('b', 'row', 'all')
  unfold('b', 'same')
  expect(store.getState()).toMatchObject({ levels: { b: { row: 'all' } }, unfolded: { b: ['same'] } })
  expect(store.getState().summaries.map(({ id }) => id)).toEqual(['b'])
})
