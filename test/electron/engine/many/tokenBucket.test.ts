import { array, assert, double, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { TokenBucket } from '#engine/many/tokenBucket.ts'

test('one goes at once, the next when its time has come', () => {
  const bucket = new TokenBucket(10, 0)
  expect(bucket.take(0)).toBe(0)
  expect(bucket.take(0)).toBe(100_000)
  expect(bucket.take(60_000)).toBe(40_000)
  expect(bucket.take(100_000)).toBe(0)
})

test('who waits as long as told may go, and in no stretch of time go more than the rate and a tenth of a second allow', () => {
  assert(
    property(
      double({ min: 0.5, max: 100_000, noNaN: true }),
      array(integer({ min: 0, max: 400_000 }), { maxLength: 60 }),
      (rate, idle) => {
        const bucket = new TokenBucket(rate, 0)
        let now = 0
        let taken = 0
        for (const pause of idle) {
          now += pause
          const wait = bucket.take(now)
          if (wait > 0) {
            now += wait
            expect(bucket.take(now)).toBe(0)
          }
          taken++
          expect(taken).toBeLessThanOrEqual((now / 1e6) * rate + Math.max(1, rate / 10) + 1e-6)
        }
      },
    ),
  )
})

test('asked without pause it gives the rate', () => {
  const bucket = new TokenBucket(250, 0)
  let now = 0
  for (let i = 0; i < 1000; i++) {
    now += bucket.take(now)
    if (now > 0 && i > 0) bucket.take(now)
  }
  expect(Math.abs(now / 1e6 - 1000 / 250)).toBeLessThan(0.05)
})

test('time that goes back gives nothing, a rate that is none is refused', () => {
  const bucket = new TokenBucket(1, 1_000_000)
  expect(bucket.take(1_000_000)).toBe(0)
  expect(bucket.take(0)).toBe(1_000_000)
  expect(() => new TokenBucket(0, 0)).toThrow('rate 0: above 0')
})
