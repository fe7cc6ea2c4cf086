import { assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { bucketFor } from '#engine/relay/queue/rate.ts'

test('in no span more than the rule says', () => {
  assert(
    property(
      integer({ min: 1, max: 500 }),
      integer({ min: 1000, max: 20_000 }),
      integer({ min: 1, max: 50_000 }),
      (messages, per, pause) => {
        const bucket = bucketFor({ messages, per }, 0)!
        const went: number[] = []
        let now = pause * 1000
        for (let turn = 0; turn < 4 * messages + 10; turn++) {
          const wait = bucket.take(now)
          if (wait === 0) went.push(now)
          else now += wait
        }
        const most = Math.max(
          ...went.map((from) => went.filter((at) => at >= from && at < from + per * 1000).length),
        )
        expect(most).toBeLessThanOrEqual(messages)
      },
    ),
    { numRuns: 30 },
  )
})

test('no rule, no bucket', () => {
  expect(bucketFor(undefined, 0)).toBeNull()
})
