import { assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { Rate } from '#engine/relay/queue/rate.ts'

/** The moments at which messages begin, each as soon as it may. */
function run(rate: Rate, from: number, count: number): number[] {
  const went: number[] = []
  for (let now = from; went.length < count;) {
    const wait = rate.left(now)
    if (wait === 0) {
      rate.spend(now)
      went.push(now)
    } else now += wait
  }
  return went
}
const mostIn = (went: readonly number[], span: number): number =>
  Math.max(...went.map((from) => went.filter((at) => at >= from && at < from + span).length))

test('in no span more than the rule says, and as many as it says in the long run', () => {
  assert(
    property(
      integer({ min: 1, max: 500 }),
      integer({ min: 1000, max: 20_000 }),
      integer({ min: 1, max: 50_000 }),
      (messages, per, pause) => {
        const went = run(new Rate({ messages, per }, 0), pause * 1000, 4 * messages + 10)
        expect(mostIn(went, per * 1000)).toBeLessThanOrEqual(messages)
        const even = (went.at(-1)! - went[0]!) / (went.length - 1)
        expect(even).toBeLessThanOrEqual(((per * 1000 + 100_000) / messages) * 1.01 + 1)
      },
    ),
    { numRuns: 30 },
  )
})

test('a rule that replaces another goes on from what was sent: nothing goes at once', () => {
  assert(
    property(
      integer({ min: 1, max: 100 }),
      integer({ min: 1, max: 100 }),
      integer({ min: 0, max: 30 }),
      (before, after, sent) => {
        const rate = new Rate({ messages: before, per: 1000 }, 0)
        const old = run(rate, 0, sent)
        const now = (old.at(-1) ?? 0) + 1
        rate.change({ messages: after, per: 2000 }, now)
        const went = run(rate, now, 2 * after)
        expect(mostIn(went, 2_000_000)).toBeLessThanOrEqual(after)
        if (sent > 0) expect(went[0]! - old.at(-1)!).toBeGreaterThanOrEqual(2_000_000 / after)
      },
    ),
    { numRuns: 50 },
  )
})

test('the same rule again changes nothing', () => {
  const rate = new Rate({ messages: 2, per: 1000 }, 0)
  run(rate, 0, 3)
  const before = rate.left(1_000_001)
  rate.change({ messages: 2, per: 1000 }, 1_000_001)
  expect([before > 0, rate.left(1_000_001), rate.rule.messages]).toEqual([true, before, 2])
})
