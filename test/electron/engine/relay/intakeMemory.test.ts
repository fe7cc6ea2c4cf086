import { expect, test } from 'vitest'
import { createMemory } from '#engine/relay/intakeMemory.ts'

test('what is taken has to fit, what is forced does not, and what is given back is there again', () => {
  const memory = createMemory(10)
  expect([memory.take(6), memory.take(5), memory.take(4)]).toEqual([true, false, true])
  memory.force(3)
  expect([memory.used, memory.take(0)]).toEqual([13, false])
  memory.give(13)
  expect([memory.used, memory.take(10)]).toEqual([0, true])
})
