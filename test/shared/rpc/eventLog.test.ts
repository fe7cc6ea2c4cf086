import { assert, integer, nat, property } from 'fast-check'
import { expect, test } from 'vitest'
import { EventLog } from '#shared/rpc/eventLog.ts'

test('numbers from 1 and reads above `after`, at most `max`', () => {
  const log = new EventLog<string>(10)
  expect([log.append('a'), log.append('b'), log.append('c')]).toEqual([1, 2, 3])
  expect(log.read(0, 2)).toEqual({ first: 1, events: ['a', 'b'], lost: 0, ended: false })
  expect(log.read(2, 2)).toEqual({ first: 3, events: ['c'], lost: 0, ended: false })
  expect(log.read(3, 2)).toEqual({ first: 4, events: [], lost: 0, ended: false })
})

test('whatever is appended and read, what is kept is the newest and lost plus read is all', () => {
  assert(
    property(
      integer({ min: 1, max: 20 }),
      integer({ min: 0, max: 70 }),
      nat(80),
      integer({ min: 1, max: 30 }),
      (capacity, total, after, max) => {
        const log = new EventLog<number>(capacity)
        for (let number = 1; number <= total; number++) log.append(number)
        const batch = log.read(after, max)
        expect(batch.first).toBe(after + batch.lost + 1)
        expect(batch.lost).toBe(Math.max(0, total - capacity - after))
        const count = Math.min(max, Math.max(0, total - after - batch.lost))
        expect(batch.events).toEqual(Array.from({ length: count }, (_, index) => batch.first + index))
      },
    ),
  )
})

test('the end is told with the last events, and wakes who waits', () => {
  const log = new EventLog<string>(10)
  let woken = 0
  log.watch(() => woken++)
  log.append('a')
  log.append('b')
  log.end()
  log.end()
  expect(woken).toBe(3)
  expect(log.read(0, 1).ended).toBe(false)
  expect(log.read(1, 1).ended).toBe(true)
  expect(log.read(2, 1)).toEqual({ first: 3, events: [], lost: 0, ended: true })
  expect(() => log.append('c')).toThrow('ended')
})

test('who stops watching is not called', () => {
  const log = new EventLog<string>(1)
  let woken = 0
  const stop = log.watch(() => woken++)
  stop()
  log.append('a')
  expect(woken).toBe(0)
})

test('a capacity of nothing is refused', () => {
  expect(() => new EventLog(0)).toThrow('capacity 0')
})
