import { expect, test } from 'vitest'
import { Outbox } from '#engine/dialogue/outbox.ts'
import type { Outgoing } from '#shared/smtp/machine/types.ts'

const line = (id: number): Outgoing => {
  const bytes = new TextEncoder().encode('NOOP\r\n')
  return { id, kind: 'command', phase: 'other', bytes, shown: { bytes, masked: [] } }
}

test('lines keep their order; one that a person added goes first and is known once', () => {
  const outbox = new Outbox()
  const [one, two, added] = [line(1), line(2), line(3)]
  outbox.push(one)
  outbox.push(two)
  outbox.expect(added.bytes)
  outbox.push(added)
  expect(outbox.first).toEqual({ line: added, free: true })
  outbox.remove(added)
  expect(outbox.first).toEqual({ line: one, free: false })
  expect([outbox.wasAdded(3), outbox.wasAdded(3), outbox.wasAdded(1)]).toEqual([true, false, false])
  outbox.remove(line(9))
  expect(outbox.first?.line).toBe(one)
  outbox.clear()
  expect(outbox.first).toBeUndefined()
})
