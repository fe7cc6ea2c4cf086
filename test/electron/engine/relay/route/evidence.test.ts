import { expect, test } from 'vitest'
import { Evidence } from '#engine/relay/route/evidence.ts'

const said = (text: string) => ({ kind: 'remark', phase: 'dns', direction: 'none', understood: true, text }) as const // prettier-ignore

test('numbers what is written, and keeps what is said aside', () => {
  const { journal, events } = new Evidence()
  expect([journal.aside(said('x')), journal.aside(said('y'))]).toEqual([1, 2])
  expect(journal.events).toHaveLength(0)
  expect(journal.recorder.seq).toBe(2)
  expect(journal.elapsed()).toBeGreaterThanOrEqual(0)
  expect(events).toEqual([said('x'), said('y')])
})

test('only so much is kept, and that there was more is said', () => {
  const evidence = new Evidence()
  for (let n = 0; n < 10_000; n++) evidence.journal.aside(said('x'.repeat(16_000)))
  expect(evidence.events).toHaveLength(5)
  expect(evidence.events.at(-1)).toMatchObject({ text: 'More was asked and answered than is kept here.' })
})
