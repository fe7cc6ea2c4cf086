import { expect, test } from 'vitest'
import { Fifo, removeFrom } from '#engine/relay/queue/fifo.ts'

test('first in, first out, also far beyond what is kept behind', () => {
  const fifo = new Fifo<number>()
  for (let i = 0; i < 5000; i++) fifo.push(i)
  const out = Array.from({ length: 4000 }, () => fifo.shift())
  expect([out[0], out.at(-1), fifo.length, fifo.first]).toEqual([0, 3999, 1000, 4000])
  expect(fifo.takeAll().length).toBe(1000)
  expect([fifo.shift(), fifo.length]).toEqual([undefined, 0])
})

test('one item out of a list, if it is there', () => {
  const list = [1, 2, 1]
  removeFrom(list, 1)
  removeFrom(list, 7)
  expect(list).toEqual([2, 1])
})
