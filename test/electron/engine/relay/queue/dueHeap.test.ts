import { assert, array, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { DueHeap } from '#engine/relay/queue/dueHeap.ts'
import { entryOf } from '#test/support/relay/legs.ts'

test('gives what is due in the order of its time, whatever was taken out or moved', () => {
  assert(
    property(
      array(integer({ min: 0, max: 50 }), { maxLength: 60 }),
      array(integer({ min: 0, max: 59 })),
      (times, changes) => {
        const heap = new DueHeap()
        const entries = times.map((nextAt) => entryOf({ nextAt }))
        for (const entry of entries) heap.push(entry)
        const gone = new Set<number>()
        for (const [turn, at] of changes.entries()) {
          const entry = entries[at]
          if (!entry || gone.has(at)) continue
          if (turn % 2 === 0) {
            heap.remove(entry)
            gone.add(at)
          } else {
            entry.leg.nextAt = (entry.leg.nextAt * 7) % 50
            heap.push(entry)
          }
        }
        const left = entries.filter((_, at) => !gone.has(at)).map(({ leg }) => leg.nextAt)
        const given: number[] = []
        for (let entry = heap.take(100); entry; entry = heap.take(100)) given.push(entry.leg.nextAt)
        expect(given).toEqual(left.toSorted((a, b) => a - b))
        expect(heap.size).toBe(0)
      },
    ),
  )
})

test('not before its time', () => {
  const heap = new DueHeap()
  const entry = entryOf({ nextAt: 10 })
  heap.push(entry)
  expect([heap.first, heap.take(9), heap.take(10), heap.first]).toEqual([10, undefined, entry, undefined])
  heap.remove(entry)
})
