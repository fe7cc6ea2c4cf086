import { expect, test } from 'vitest'
import { type Opening, Slots, type SlotUser, type Standing } from '#engine/relay/queue/slots.ts'

class User implements SlotUser {
  standing: Standing = 'works'
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

const users = (count: number, standing: Standing): User[] =>
  Array.from({ length: count }, () => Object.assign(new User(), { standing }))
const takers = (slots: Slots, of: readonly User[]): number => of.filter((user) => take(slots, user)).length
const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve))
}

test('who stands behind others that want none any more is reached, though those ended while it was looked for few', async () => {
  const slots = new Slots(2)
  const [one, two, three] = users(3, 'works')
  const wanting = users(1, 'works')[0]!
  wanting.wake = () => {
    wanting.woken++
    take(slots, wanting)
  }
  expect([take(slots, one!), take(slots, two!)]).toEqual([true, true])
  expect(takers(slots, users(2, 'works'))).toBe(0)
  // From here on it is looked for one more.
  release(slots, one!)
  expect(take(slots, three!)).toBe(true)
  expect(takers(slots, [...users(3, 'works'), wanting])).toBe(0)
  release(slots, two!)
  release(slots, three!)
  await turns(60)
  expect([wanting.woken, slots.open]).toEqual([1, 1])
})

test('those that failed have half, with those never tried three quarters; the rest is for those that work', () => {
  const slots = new Slots(100)
  expect(takers(slots, users(200, 'fails'))).toBe(50)
  expect(takers(slots, users(200, 'unknown'))).toBe(25)
  expect(takers(slots, users(200, 'works'))).toBe(25)
  expect(slots.open).toBe(100)
  for (const most of [1, 2, 3]) expect(takers(new Slots(most), users(9, 'fails'))).toBe(1)
})

test('one that took a message is on trial no more, and another is tried in its stead', async () => {
  const slots = new Slots(4)
  const some = users(5, 'unknown')
  expect(takers(slots, some)).toBe(3)
  some[0]!.standing = 'works'
  slots.works(some[0]!)
  await turns(2)
  expect([some[3]!.woken, take(slots, some[3]!)]).toEqual([1, true])
  for (const user of some.slice(0, 4)) release(slots, user)
  await slots.empty()
  expect(takers(slots, users(9, 'unknown'))).toBe(3)
})

test('a kind that has no room is not looked at, however many wait', async () => {
  const slots = new Slots(4)
  const failed = users(1000, 'fails')
  expect(takers(slots, failed)).toBe(2)
  const good = users(1, 'works')[0]!
  for (let n = 0; n < 10; n++) {
    take(slots, good)
    release(slots, good)
    await turns(3)
  }
  expect(failed.every(({ woken }) => woken === 0)).toBe(true)
})

test('what does not become ready is given up where others wait, the oldest first, and nobody for those that failed', async () => {
  const clock = { micros: 0 }
  const slots = new Slots(4, { opening: 10, micros: () => clock.micros })
  const given: number[] = []
  const all = Promise.withResolvers<void>()
  const openings = [0, 1, 2].map((n): Opening => ({ giveUp: () => (given.push(n), all.resolve()) }))
  const some = users(4, 'unknown')
  for (const [n, user] of some.slice(0, 3).entries()) {
    take(slots, user)
    clock.micros += 1
    slots.opening(openings[n]!)
  }
  slots.opened(openings[0]!)
  clock.micros = 20_000
  const late = users(1, 'fails')[0]!
  expect(take(slots, late)).toBe(false)
  await turns(3)
  expect(given).toEqual([])
  expect(take(slots, some[3]!)).toBe(false)
  await all.promise
  await turns(3)
  expect(given).toEqual([1])
})
