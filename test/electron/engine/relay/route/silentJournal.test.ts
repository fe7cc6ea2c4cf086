import { expect, test } from 'vitest'
import { silentJournal } from '#engine/relay/route/silentJournal.ts'

test('numbers what is written, and keeps nothing of what is said aside', () => {
  const journal = silentJournal()
  const said = { kind: 'remark', phase: 'dns', direction: 'none', understood: true, text: 'x' } as const
  expect([journal.aside(said), journal.aside(said)]).toEqual([1, 2])
  expect(journal.events).toHaveLength(0)
  expect(journal.recorder.seq).toBe(2)
  expect(journal.elapsed()).toBeGreaterThanOrEqual(0)
})
