import { expect, test } from 'vitest'
import { queueLimits, queueTiming } from '#engine/relay/queue/limits.ts'

test('a delay is told of before a message that is given up in days', () => {
  expect(queueTiming.delayAsked).toBeLessThan(queueTiming.delayUnasked)
  expect(queueTiming.delayUnasked).toBeLessThan(86_400_000)
  expect(queueLimits.connections).toBeGreaterThan(20)
})
