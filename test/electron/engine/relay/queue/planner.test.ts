import { afterEach, expect, test, vi } from 'vitest'
import { Planner } from '#engine/relay/queue/planner.ts'
import { entryOf } from '#test/support/relay/legs.ts'

afterEach(() => void vi.useRealTimers())

test('few of one domain at once; others pass it by', async () => {
  const waiting: (() => void)[] = []
  const begun: string[] = []
  const planner = new Planner(({ leg }) => {
    begun.push(leg.domain)
    return leg.domain === 'slow.example' ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve()
  })
  for (let i = 0; i < 20; i++) planner.add(entryOf({ domain: 'slow.example' }))
  for (let i = 0; i < 20; i++) planner.add(entryOf({ domain: 'quick.example' }))
  await new Promise((resolve) => setImmediate(resolve))
  const count = (domain: string) => begun.filter((one) => one === domain).length
  expect([count('slow.example'), count('quick.example')]).toEqual([8, 20])
  for (let i = 0; i < 20; i++) {
    waiting[i]!()
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(count('slow.example')).toBe(20)
})

test('so many at once in all; what looks for long leaves its place to others, up to a bound', () => {
  vi.useFakeTimers()
  let running = 0
  const planner = new Planner(() => (running++, new Promise(() => {})))
  for (let i = 0; i < 2000; i++) planner.add(entryOf({ domain: `d${i}.example` }))
  expect(running).toBe(256)
  vi.advanceTimersByTime(3001)
  expect(running).toBe(512)
  vi.advanceTimersByTime(600_000)
  expect(running).toBe(1280)
})

test('of thousands whose way is known some hundreds go in one turn, then others have theirs', async () => {
  const seen = { planned: 0 }
  const planner = new Planner(async () => void seen.planned++)
  for (let n = 0; n < 1700; n++) planner.add(entryOf({ domain: `d${n % 3}.example` }))
  const turns: number[] = []
  while (seen.planned < 1700) {
    await new Promise((resolve) => setImmediate(resolve))
    turns.push(seen.planned)
  }
  expect(turns.length).toBeGreaterThan(2)
  expect(turns.every((count, i) => count - (turns[i - 1] ?? 0) <= 500)).toBe(true)
})
