import { expect, test, vi } from 'vitest'
import { followShared } from '#renderer/flows/shared.ts'

test('two users share one start, and the last to go stops it', () => {
  const stop = vi.fn()
  const start = vi.fn(() => stop)
  const owner = {}
  const first = followShared(owner, 'a', start)
  const second = followShared(owner, 'a', start)
  first()
  first()
  expect(start).toHaveBeenCalledTimes(1)
  expect(stop).not.toHaveBeenCalled()
  second()
  expect(stop).toHaveBeenCalledTimes(1)
  followShared(owner, 'a', start)()
  expect(start).toHaveBeenCalledTimes(2)
})
test('other names and other owners are apart', () => {
  const start = vi.fn(() => () => {})
  const owner = {}
  followShared(owner, 'a', start)
  followShared(owner, 'b', start)
  followShared({}, 'a', start)
  expect(start).toHaveBeenCalledTimes(3)
})
