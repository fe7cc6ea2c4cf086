import { expect, test } from 'vitest'
import { HopMemory } from '#engine/relay/queue/hopMemory.ts'
import { hopTo } from '#test/support/relay/queue.ts'

const [one, two] = [hopTo(25, { host: 'mx1.example' }), hopTo(25, { host: 'MX2.example' })]

test('what failed is tried last for a while, from that address', () => {
  const memory = new HopMemory(1000)
  memory.failed(one, undefined, 'No answer on port 25', 0)
  expect(memory.order([one, two], undefined, 999)).toEqual({
    hops: [two, one],
    why: ['mx1.example:25 is tried last: a short while ago No answer on port 25'],
  })
  expect(memory.order([one, two], undefined, 1000).hops).toEqual([one, two])
  expect(memory.order([one, two], '192.0.2.1', 1).hops).toEqual([one, two])
  memory.worked(one, undefined)
  expect(memory.order([one, two], undefined, 1).why).toEqual([])
})

test('all of them failed: as they stand', () => {
  const memory = new HopMemory(1000)
  memory.failed(one, undefined, 'x', 0)
  memory.failed(two, undefined, 'x', 0)
  expect(memory.order([one, two], undefined, 1)).toEqual({ hops: [one, two], why: [] })
})

test('where TLS does not work', () => {
  const memory = new HopMemory(1000)
  memory.tlsFailed(two, undefined, 0)
  expect([
    memory.lacksTls(two, undefined, 1),
    memory.lacksTls(one, undefined, 1),
    memory.lacksTls(two, undefined, 1000),
  ]).toEqual([true, false, false])
})
