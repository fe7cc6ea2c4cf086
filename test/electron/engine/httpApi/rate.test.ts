import { expect, it } from 'vitest'
import { Rate } from '#engine/httpApi/rate.ts'

it('takes so many a minute, and says when it may be tried again', () => {
  let [now, most] = [0, 2]
  const rate = new Rate(
    () => most,
    () => now,
  )
  expect([rate.take(), rate.take(), rate.take()]).toEqual([0, 0, 60])
  now = 59_500_000
  expect(rate.take()).toBe(1)
  now = 60_000_000
  expect(rate.take()).toBe(0)
  most = 0
  expect([rate.take(), rate.take(), rate.take()]).toEqual([0, 0, 0])
})
