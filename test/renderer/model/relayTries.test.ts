import { expect, test } from 'vitest'
import { dialoguesOf, timeLine } from '#renderer/model/relayTries.ts'
import { queueDetail } from '#test/support/relay/page.ts'

const now = new Date('2026-03-04T10:52:00.000Z').getTime()

test('tries, the next one and the end, in order along the line', () => {
  const { dots, earlier, done } = timeLine(queueDetail(), now)
  expect(dots.map(({ kind }) => kind)).toEqual(['later', 'later', 'next', 'end'])
  expect(dots.map(({ place }) => place)).toEqual(dots.map(({ place }) => place).toSorted((a, b) => a - b))
  expect([dots[0]?.place, dots.at(-1)?.place]).toEqual([0, 1])
  expect(earlier).toBe(0)
  expect(done).toBe(dots[2]?.place)
  expect(dots[0]?.spoken).toContain('450 4.2.0 Greylisted')
})
test('more tries than there is room are told as a number', () => {
  const [one] = queueDetail().history
  const { dots, earlier } = timeLine(queueDetail({ history: Array.from({ length: 30 }, () => one!), tries: 80 }), now) // prettier-ignore
  expect(dots).toHaveLength(6)
  expect(earlier).toBe(76)
})
test('what is over neither goes on nor gives up', () => {
  const { dots } = timeLine(queueDetail({ state: 'bounced', nextAt: undefined }), now)
  expect(dots.map(({ kind }) => kind)).toEqual(['later', 'later'])
  expect(timeLine(queueDetail({ history: [], tries: 0, state: 'held' }), now).dots).toHaveLength(1)
})
test('dialogues, newest first; a try without one is none', () => {
  const history = [...queueDetail().history, { at: '2026-03-04T10:20:00.000Z', outcome: 'again', words: 'No address' } as const] // prettier-ignore
  expect(dialoguesOf(history).map(({ session }) => session)).toEqual(['d2', 'd1'])
})
