/** Owns: a rule of the policy about a rate as a bucket, so that never more than it says begin in any such span. */
import type { OutboundRules } from '#shared/relay/outbound.ts'
import { TokenBucket } from '../../many/tokenBucket.ts'

/** Seconds' worth of tokens that the bucket lets gather; above one token it makes a burst, which counts too. */
const burst = 0.1

/** Null: no limit. `now` in microseconds. */
export function bucketFor(maxRate: OutboundRules['maxRate'], now: number): TokenBucket | null {
  if (maxRate === undefined) return null
  const seconds = maxRate.per / 1000
  const rate = maxRate.messages / seconds
  return new TokenBucket(rate * burst <= 1 ? rate : maxRate.messages / (seconds + burst), now)
}
