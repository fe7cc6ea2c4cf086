import { expect, test } from 'vitest'
import { BackOff } from '#engine/many/backOff.ts'

test('pauses grow while the server goes on asking, to half a minute', () => {
  const backOff = new BackOff()
  let now = 0
  const pauses: number[] = []
  for (let i = 0; i < 9; i++) {
    backOff.ask(now)
    pauses.push(backOff.left(now) / 1000)
    now += backOff.left(now)
  }
  expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000])
  expect(backOff.times).toBe(9)
})

test('many refusals at once are one request', () => {
  const backOff = new BackOff()
  for (let i = 0; i < 500; i++) backOff.ask(i)
  expect([backOff.times, backOff.left(0)]).toEqual([1, 500_000])
  expect(backOff.left(500_000)).toBe(0)
})

test('after enough that was taken the next pause is short again', () => {
  const backOff = new BackOff()
  backOff.ask(0)
  backOff.ask(500_000)
  for (let i = 0; i < 50; i++) backOff.took()
  backOff.ask(10_000_000)
  expect(backOff.left(10_000_000)).toBe(500_000)
})
