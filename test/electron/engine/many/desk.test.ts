import { assert, boolean, constantFrom, integer, option, property, record } from 'fast-check'
import { expect, test } from 'vitest'
import { Desk, type DeskOptions, type Job } from '#engine/many/desk.ts'

/** A desk with a clock that only the test moves, and connections that do what the test says. */
function play(options: DeskOptions) {
  let now = 0
  let alarm: { at: number; wake: () => void } | undefined
  const opened: Job[] = []
  const desk = new Desk(options, {
    now: () => now,
    after: (micros, wake) => {
      const own = { at: now + micros, wake }
      alarm = own
      return () => void (alarm === own && (alarm = undefined))
    },
    open: (job) => void opened.push(job),
  })
  return {
    desk,
    opened,
    now: () => now,
    /** Moves to the next alarm; false when none is set. */
    wait(): boolean {
      const due = alarm
      if (!due) return false
      alarm = undefined
      now = due.at
      due.wake()
      return true
    },
  }
}

test('opens as many connections as there are messages, at most as many as allowed', () => {
  const few = play({ messages: 2, connections: 5 })
  few.desk.begin()
  expect([few.opened.map(({ n }) => n), few.desk.open]).toEqual([[1, 2], 2])
  const many = play({ messages: 10, connections: 3 })
  many.desk.begin()
  expect([many.opened.length, many.desk.waiting]).toEqual([3, 7])
})

test('a scout goes ahead alone until it is ready, and few are sent after one that fails', () => {
  const { desk, opened } = play({ messages: 10, connections: 4, scout: true })
  desk.begin()
  expect(opened).toHaveLength(1)
  desk.ready()
  expect(opened).toHaveLength(4)
  desk.ready()
  expect(opened).toHaveLength(4)
  const lost = play({ messages: 1000, connections: 500, scout: true })
  lost.desk.begin()
  while (!lost.desk.stopped) {
    lost.desk.closed(false)
    lost.wait()
  }
  expect(lost.opened.length).toBeLessThan(8)
})

test('with a rate an idle connection goes before a new one', () => {
  const { desk, opened, wait } = play({ messages: 3, connections: 3, rate: 1 })
  desk.begin()
  const given: (Job | null)[] = []
  desk.take((job) => given.push(job))
  expect(wait()).toBe(true)
  expect([opened.length, given]).toEqual([1, [{ n: 2, tries: 0 }]])
})

test('a server that asks for it is left alone, and then goes on', () => {
  const { desk, opened, now, wait } = play({ messages: 2, connections: 1 })
  desk.begin()
  desk.pause()
  desk.back(opened[0]!)
  desk.closed(true)
  expect([opened.length, desk.pausing, desk.pauses]).toEqual([1, true, 1])
  wait()
  expect([now(), opened.at(-1), desk.pausing]).toEqual([500_000, { n: 1, tries: 1 }, false])
})

test('gives up when no connection works any more', () => {
  const { desk, opened, wait } = play({ messages: 1000, connections: 2 })
  desk.begin()
  for (let i = 0; i < opened.length && i < 100; i++) {
    desk.closed(false)
    while (desk.open === 0 && !desk.stopped && wait());
  }
  expect([desk.stopped, opened.length < 10]).toEqual([true, true])
})

test('after a stop nothing is begun, and who waits is let go', () => {
  const { desk, wait } = play({ messages: 9, connections: 1, rate: 1 })
  desk.begin()
  const given: (Job | null)[] = []
  desk.take((job) => given.push(job))
  desk.stop()
  expect([given, wait()]).toEqual([[null], false])
})

test('who has gone gets nothing', () => {
  const { desk, wait } = play({ messages: 3, connections: 1, rate: 1 })
  desk.begin()
  const given: (Job | null)[] = []
  const give = (job: Job | null): void => void given.push(job)
  desk.take(give)
  desk.leave(give)
  wait()
  expect(given).toEqual([])
})

const run = record({
  messages: integer({ min: 1, max: 60 }),
  connections: integer({ min: 1, max: 8 }),
  rate: option(integer({ min: 1, max: 1000 }), { nil: undefined }),
  seed: integer(),
  per: integer({ min: 0, max: 5 }),
  fails: constantFrom(0, 0.1, 0.3),
  asks: boolean(),
})

test('whatever connections do: each message is settled once, never more connections than allowed, never above the rate', () => {
  assert(
    property(run, ({ messages, connections, rate, seed, per, fails, asks }) => {
      const settled = new Map<number, number>()
      const begun: number[] = []
      const { desk, opened, now, wait } = play({ messages, connections, rate })
      let state = Math.abs(seed) + 1
      const chance = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
      const carry = (first: Job): void => {
        let job: Job | null = first
        for (let count = 1; job; count++) {
          begun.push(now())
          if (job.tries < 2 && chance() < fails) {
            if (asks) desk.pause()
            desk.back(job)
            break
          }
          settled.set(job.n, (settled.get(job.n) ?? 0) + 1)
          desk.took()
          if (per > 0 && count >= per) break
          const answers: (Job | null)[] = []
          desk.take((given) => answers.push(given))
          while (answers.length === 0 && wait());
          job = answers[0] ?? null
        }
        desk.closed(true)
      }
      desk.begin()
      for (let steps = 0; steps < 2000 && (desk.open > 0 || desk.waiting > 0); steps++) {
        expect(desk.open).toBeLessThanOrEqual(connections)
        const job = opened.shift()
        if (job) carry(job)
        else if (!wait()) break
      }
      expect([...settled.values()].every((times) => times === 1)).toBe(true)
      expect([settled.size, desk.open, desk.waiting]).toEqual([messages, 0, 0])
      if (rate !== undefined)
        expect(begun.length).toBeLessThanOrEqual((now() / 1e6) * rate + Math.max(1, rate / 10) + 1e-6)
    }),
  )
})
