import { expect, test } from 'vitest'
import { Examples } from '#engine/many/examples.ts'
import { MemoryRecorder } from '#engine/many/recorder.ts'
import { clock } from '#test/support/dialogue/start.ts'
import { manyDeps } from '#test/support/many/start.ts'

const head = { source: 'send', role: 'client', host: 'mx.test', port: 25, tls: 'none' } as const

test('the first three and one for each doubling', () => {
  const examples = new Examples(head, manyDeps().deps)
  const sampled = Array.from({ length: 100 }, (_, i) => i + 1).filter((n) => examples.sampled(n))
  expect(sampled).toEqual([1, 2, 3, 4, 8, 16, 32, 64])
})

test('stores what it keeps, and not without end', async () => {
  const { deps, kept } = manyDeps()
  const examples = new Examples(head, deps)
  const ids = Array.from({ length: 200 }, () => examples.keep(new MemoryRecorder(clock, []), 'Title', []))
  await examples.stored()
  expect([kept.size, examples.kept.length, ids.filter((id) => id !== undefined).length]).toEqual([80, 80, 80])
  expect([...kept.values()][0]!.summary).toMatchObject({ ...head, title: 'Title' })
})

test('a store that takes nothing is logged and holds nothing up', async () => {
  const { deps, logged } = manyDeps({ store: { putTranscript: async () => { throw new Error('full') } } }) // prettier-ignore
  const examples = new Examples(head, deps)
  examples.keep(new MemoryRecorder(clock, []), 'Title', [])
  await examples.stored()
  expect(logged).toEqual([expect.stringContaining('could not be stored')])
})
