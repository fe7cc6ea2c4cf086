/**
 * Owns: percentiles of durations in bounded memory: counts in buckets whose bounds grow by a constant factor, so that
 * what is read is within one per cent of the true value, whatever the number of values.
 */
import type { Percentiles } from '#shared/rpc/contract/many.ts'

/** Relative error of a percentile, at most. */
export const relativeError = 0.01
const factor = (1 + relativeError) / (1 - relativeError)
const scale = 1 / Math.log(factor)
/** A day in microseconds; longer ones count as this. */
const longest = 86_400_000_000
const buckets = Math.ceil(Math.log(longest) * scale) + 2

export class Histogram {
  /** Bucket 0 is below one microsecond; bucket i holds (factor^(i-2), factor^(i-1)]. */
  readonly #counts = new Float64Array(buckets)
  #count = 0
  #max = 0

  get count(): number {
    return this.#count
  }

  /** Microseconds; what is no duration (negative, not a number) counts as 0. */
  add(micros: number): void {
    const value = micros > 0 ? Math.min(micros, longest) : 0
    const at = value < 1 ? 0 : Math.min(buckets - 1, Math.ceil(Math.log(value) * scale) + 1)
    this.#counts[at]!++
    this.#count++
    if (value > this.#max) this.#max = value
  }

  /** The smallest value of which `share` (0 to 1) of all values are no greater, within `relativeError`; 0 of none. */
  percentile(share: number): number {
    const rank = Math.max(1, Math.ceil(share * this.#count))
    let seen = 0
    for (let i = 0; i < buckets; i++) {
      seen += this.#counts[i]!
      if (seen >= rank) return Math.min(middle(i), this.#max)
    }
    return 0
  }

  /** Whole microseconds; null of none. */
  read(): Percentiles | null {
    if (this.#count === 0) return null
    const at = (share: number): number => Math.round(this.percentile(share))
    return {
      count: this.#count,
      p50: at(0.5),
      p90: at(0.9),
      p99: at(0.99),
      p999: at(0.999),
      max: Math.round(this.#max),
    }
  }
}

/** Its distance to both bounds of the bucket is the same share of them. */
const middle = (i: number): number => (i === 0 ? 0 : (2 * factor ** (i - 1)) / (factor + 1))
