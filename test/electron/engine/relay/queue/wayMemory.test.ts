import { expect, test } from 'vitest'
import { WayMemory } from '#engine/relay/queue/wayMemory.ts'

test('what came of it last, and nothing of what was never tried', () => {
  const ways = new WayMemory()
  ways.note('a', 'works')
  ways.note('b', 'fails')
  ways.note('a', 'fails')
  ways.note('b', 'works')
  expect([ways.of('a'), ways.of('b'), ways.of('c')]).toEqual(['fails', 'works', 'unknown'])
})

test('the oldest are forgotten', () => {
  const ways = new WayMemory()
  for (let n = 0; n <= 20_000; n++) ways.note(`${n}`, 'works')
  expect([ways.of('0'), ways.of('1')]).toEqual(['unknown', 'works'])
})
