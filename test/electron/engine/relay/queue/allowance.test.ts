import { expect, test } from 'vitest'
import { Allowance, type AllowanceUser } from '#engine/relay/queue/allowance.ts'

class User implements AllowanceUser {
  woken = 0
  idle = 0
  wake(): void {
    this.woken++
  }
  closeIdle(): boolean {
    return this.idle-- > 0
  }
}

test('so many connections over all ways; who was refused is woken when one ends, and an idle one gives way', () => {
  const allowance = new Allowance({ maxConnections: 2 }, 0)
  const [one, two] = [new User(), new User()]
  for (const user of [one, one]) {
    expect(allowance.mayConnect(user)).toBe(true)
    allowance.connect(user)
  }
  one.idle = 1
  expect([allowance.mayConnect(two), allowance.isFull, allowance.wanted, one.idle]).toEqual([
    false,
    true,
    true,
    0,
  ])
  allowance.ended(one)
  expect([two.woken, allowance.wanted, allowance.mayConnect(two)]).toEqual([1, false, true])
  allowance.connect(two)
  expect([allowance.mayConnect(one), allowance.isFresh(0)]).toEqual([false, false])
  allowance.forget(one)
  allowance.ended(one)
  allowance.ended(two)
  expect([one.woken, allowance.isFresh(0)]).toEqual([0, true])
})

test('more connections by new rules wake who waits; fewer end none, and let none begin', () => {
  const allowance = new Allowance({ maxConnections: 1 }, 0)
  const [one, two] = [new User(), new User()]
  allowance.connect(one)
  expect(allowance.mayConnect(two)).toBe(false)
  allowance.allow({ maxConnections: 2 }, 0)
  expect([two.woken, allowance.most]).toEqual([1, 2])
  allowance.allow({ maxConnections: 1 }, 0)
  expect(allowance.mayConnect(two)).toBe(false)
})

test('a rate, and what was sent by the old one counts under the new one', () => {
  const allowance = new Allowance({ maxConnections: 1 }, 0)
  expect([allowance.rate, allowance.left(0)]).toEqual([null, 0])
  allowance.allow({ maxConnections: 1, maxRate: { messages: 1, per: 1000 } }, 0)
  allowance.spend(0)
  expect([allowance.left(0), allowance.isFresh(0)]).toEqual([1_000_000, false])
  allowance.allow({ maxConnections: 1, maxRate: { messages: 1, per: 60_000 } }, 10)
  expect([allowance.left(10), allowance.isFresh(60_000_000)]).toEqual([59_999_990, true])
  allowance.allow({ maxConnections: 1 }, 10)
  expect([allowance.left(10), allowance.rate]).toEqual([0, null])
})
