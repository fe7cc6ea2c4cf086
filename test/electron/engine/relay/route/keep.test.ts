import { expect, test } from 'vitest'
import { Keep } from '#engine/relay/route/keep.ts'

function kept(most = 10) {
  const clock = { now: 0 }
  const keep = new Keep<number>({ most, now: () => new Date(clock.now), lifeOf: (value) => value })
  return { keep, clock }
}

test('who asks at the same time asks once', async () => {
  const { keep } = kept()
  let asked = 0
  const ask = async (): Promise<number> => ++asked * 100
  expect(await Promise.all([keep.get('a', ask), keep.get('a', ask), keep.get('b', ask)])).toEqual([100, 100, 200]) // prettier-ignore
  expect(asked).toBe(2)
})
test('an answer lives as long as it says, from when it came', async () => {
  const { keep, clock } = kept()
  await keep.get('a', async () => 100)
  clock.now = 99
  expect(await keep.get('a', async () => 1)).toBe(100)
  clock.now = 100
  expect(await keep.get('a', async () => 1)).toBe(1)
})
test('one that may not be kept, and a rejection, are asked for again', async () => {
  const { keep } = kept()
  expect(await keep.get('a', async () => 0)).toBe(0)
  expect(await keep.get('a', async () => 7)).toBe(7)
  await expect(keep.get('b', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await keep.get('b', async () => 3)).toBe(3)
})
test('what is over goes when others come', async () => {
  const { keep, clock } = kept(100)
  for (let at = 0; at < 50; at++) await keep.get(`old ${at}`, async () => 10)
  clock.now = 10
  for (let at = 0; at < 10; at++) await keep.get(`new ${at}`, async () => 10)
  expect(keep.size).toBe(10)
})
test('only so many are kept; the oldest goes', async () => {
  const { keep } = kept(3)
  for (const key of ['a', 'b', 'c', 'd']) await keep.get(key, async () => 100)
  expect(keep.size).toBe(3)
  expect(await keep.get('d', async () => 1)).toBe(100)
  expect(await keep.get('a', async () => 1)).toBe(1)
})
