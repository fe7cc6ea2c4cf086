import { expect, test } from 'vitest'
import { Slots, type SlotUser } from '#engine/relay/queue/slots.ts'

class User implements SlotUser {
  connections = 0
  woken = 0
  idle = 0
  wake(): void {
    this.woken++
  }
  closeIdle(): boolean {
    return this.idle-- > 0
  }
}

const take = (slots: Slots, user: User): boolean => {
  const taken = slots.take(user)
  if (taken) user.connections++
  return taken
}
const release = (slots: Slots, user: User): void => {
  user.connections--
  slots.release(user)
}

test('one way takes at most half, however much it wants, and there is always room for another', () => {
  const slots = new Slots(10)
  const users = Array.from({ length: 6 }, () => new User())
  const counts = users.map((user) => {
    while (take(slots, user));
    return user.connections
  })
  expect([counts[0], counts.every((count, i) => i > 3 || count > 0), slots.open]).toEqual([5, true, 10])
})

test('who waits is woken in turn, and an idle connection gives way', async () => {
  const slots = new Slots(1)
  const [one, two] = [new User(), new User()]
  one.idle = 1
  expect([take(slots, one), take(slots, two)]).toEqual([true, false])
  expect(one.idle).toBe(0)
  const empty = slots.empty()
  release(slots, one)
  await empty
  expect([two.woken, slots.open]).toEqual([1, 0])
  await slots.empty()
})

test('of many who wait as many are woken as places are free, and the next where one wants none any more', async () => {
  const slots = new Slots(1)
  const one = new User()
  take(slots, one)
  const users = Array.from({ length: 1000 }, () => new User())
  for (const user of users) expect(take(slots, user)).toBe(false)
  const woken = (): number => users.filter((user) => user.woken > 0).length
  release(slots, one)
  expect(woken()).toBe(1)
  // The first has nothing to send any more; the second takes the place.
  users[1]!.wake = () => {
    users[1]!.woken++
    take(slots, users[1]!)
  }
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
  expect([woken(), slots.open]).toEqual([2, 1])
  release(slots, users[1]!)
  expect(woken()).toBe(3)
  for (let turn = 0; turn < 2100; turn++) await new Promise((resolve) => setImmediate(resolve))
  expect([woken(), slots.open]).toEqual([1000, 0])
})
