import { expect, it } from 'vitest'
import { previewKeep } from '#engine/store/keepPreview.ts'
import type { WalkState } from '#engine/store/keepWalk.ts'

it('adds the stretches up until the walk is done', async () => {
  const asked: (WalkState | null)[] = []
  const state: Omit<WalkState, 'done'> = { order: 'received', place: ['2026', 1], rows: 2, octets: 2 }
  const answer = await previewKeep(async (from) => {
    asked.push(from)
    const now = { messages: 9, sessions: 1, octets: 90 }
    const done = asked.length === 3
    const would = done ? { messages: 0, sessions: 0, octets: 0 } : { messages: 2, sessions: 1, octets: 20 }
    return { state: { ...state, done }, would, now, ...(done ? {} : { until: `day ${asked.length}` }) }
  })
  expect(asked).toEqual([null, { ...state, done: false }, { ...state, done: false }])
  expect(answer).toEqual({ would: { messages: 4, sessions: 2, octets: 40 }, now: { messages: 9, sessions: 1, octets: 90 }, until: 'day 2' }) // prettier-ignore
})
