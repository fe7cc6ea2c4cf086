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
