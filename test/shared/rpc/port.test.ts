import { expect, test } from 'vitest'
import { createPortPair, Inlet } from '#shared/rpc/port.ts'
import type { Port } from '#shared/rpc/types.ts'
import { conformance } from './conformance.ts'
import { until } from './support.ts'

conformance('an in-process pair', (accept) => {
  const ends: Port[] = []
  const connect = (): Port => {
    const [ours, theirs] = createPortPair()
    ends.push(ours)
    accept(theirs)
    return ours
  }
  return Promise.resolve({ connect, stop: () => Promise.resolve(ends.forEach((end) => end.close())) })
})

test('messages that came before the listener are kept for it, in order', async () => {
  const [left, right] = createPortPair()
  left.post(1)
  left.post(2)
  await Promise.resolve()
  const got: unknown[] = []
  right.onMessage((message) => got.push(message))
  left.post(3)
  await until(() => got.length === 3)
  expect(got).toEqual([1, 2, 3])
})

test('nothing is delivered inside post', () => {
  const [left, right] = createPortPair()
  const got: unknown[] = []
  right.onMessage((message) => got.push(message))
  left.post(1)
  expect(got).toEqual([])
})

test('closing is told once at both ends, late listeners included, and posting is then nothing', async () => {
  const [left, right] = createPortPair()
  const told: string[] = []
  left.onClose(() => told.push('left'))
  right.onClose(() => told.push('right'))
  left.close()
  left.close()
  await until(() => told.length === 2)
  right.close()
  right.onClose(() => told.push('late'))
  left.post('lost')
  expect(told).toEqual(['left', 'right', 'late'])
})

test('a second listener is refused: it would steal messages', () => {
  const inlet = new Inlet()
  inlet.onMessage(() => {})
  expect(() => inlet.onMessage(() => {})).toThrow('one listener')
})
