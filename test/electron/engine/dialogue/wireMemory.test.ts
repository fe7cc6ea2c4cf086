import { expect, test } from 'vitest'
import { createClientSide } from '#engine/dialogue/clientSide.ts'
import { WireMemory } from '#engine/dialogue/wireMemory.ts'
import type { Outgoing } from '#shared/smtp/machine/types.ts'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const decode = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes)
const view = { state: 'ready', secured: null, plan: () => [] }
const line = (text: string, shown = text): Outgoing => ({
  id: 1,
  kind: 'command',
  phase: 'other',
  bytes: encode(text),
  shown: { bytes: encode(shown), masked: [] },
  verb: text.split(/\s/)[0]!,
})

test('the last line that can be said again, as it went out and as it may be shown', () => {
  const memory = new WireMemory(createClientSide(), () => 0)
  expect(memory.last).toBeUndefined()
  memory.sent(line('NOOP\r\n'), undefined, view)
  expect(decode(memory.last?.bytes)).toBe('NOOP\r\n')
  memory.sent(line('NOOP\r\n'), encode('AUTH PLAIN AHUAc2VjcmV0\r\n'), view)
  expect(decode(memory.last?.bytes)).toBe('AUTH PLAIN AHUAc2VjcmV0\r\n')
  expect(decode(memory.last?.shown)).toBe('AUTH PLAIN ********\r\n')
  memory.sent({ ...line('.\r\n'), kind: 'body-end' }, undefined, view)
  expect(decode(memory.last?.shown)).toBe('AUTH PLAIN ********\r\n')
})

test('the other side waits since something last went over the wire, and may have left', () => {
  let now = 7
  const memory = new WireMemory(createClientSide(), () => now)
  memory.touch()
  now = 9
  expect(memory.patience(line('MAIL'))).toMatchObject({ since: 7, patienceMs: 300_000 })
  memory.sent(line('MAIL'), undefined, view)
  memory.leave()
  expect(memory.patience(line('MAIL'))).toMatchObject({ since: 9, left: true })
})
