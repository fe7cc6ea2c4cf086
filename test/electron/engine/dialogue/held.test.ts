import { expect, test } from 'vitest'
import { Held } from '#engine/dialogue/held.ts'
import type { Outgoing } from '#shared/smtp/machine/types.ts'

const bytes = new TextEncoder().encode('NOOP\r\n')
const line: Outgoing = { id: 1, kind: 'command', phase: 'other', bytes, shown: { bytes, masked: [] } }
const reason = { why: 'gate', words: 'before NOOP' } as const

test('a line goes by itself when its time is up, and says when that is', async () => {
  const held = new Held(line, reason, 5)
  expect(held.goesAt).toBeUndefined()
  await new Promise<void>((resolve) => {
    held.goIn(1, 1000, resolve)
    expect(held.goesAt).toBe(2000)
  })
})

test('stopped, or given another time, the first time does not come', async () => {
  const held = new Held(line, reason, 5)
  const went: string[] = []
  held.goIn(1, 0, () => went.push('first'))
  held.stop()
  held.goIn(1, 0, () => went.push('second'))
  await new Promise<void>((resolve) => held.goIn(2, 0, resolve))
  expect(went).toEqual([])
})

test('after an added line its time begins anew, and once more with the reply that the line got', () => {
  const held = new Held(line, reason, 5)
  held.replied(10)
  expect(held.since).toBe(5)
  held.added(20, true)
  expect(held.since).toBe(20)
  held.replied(30)
  held.replied(40)
  expect(held.since).toBe(30)
  held.added(50, false)
  held.replied(60)
  expect(held.since).toBe(50)
})

test('cut off by the other side, what is left of the hold counts only when somebody went on holding', () => {
  const held = new Held(line, reason, 5)
  expect(held.toldUntil(6)).toBe(false)
  held.interrupted(500_000)
  expect(held.since).toBe(500_000)
  expect(held.toldUntil(500_040)).toBe(true)
  expect(held.toldUntil(900_000)).toBe(false)
})
