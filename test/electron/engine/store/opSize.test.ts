import { expect, it } from 'vitest'
import { octetsOf } from '#engine/store/opSize.ts'
import { leg, over, putOp, queued, queueOp } from './relaySamples.ts'
import { finish, octets, put } from './support.ts'

it('counts what a write carries, and nothing for one that only names', () => {
  expect(octetsOf({ ...put('s'), lines: '12345' })).toBe(5)
  expect(octetsOf({ type: 'chunk', writer: 1, session: 's', body: 1, bytes: octets('abc') })).toBe(3)
  expect(octetsOf(finish('s', 1, 'abcd'))).toBe(4)
  expect(octetsOf({ type: 'putProbe', row: { id: 'p', startedAt: 't', summary: '', report: '123' } })).toBe(3)
  expect(octetsOf({ type: 'putReport', id: 'r', leg: null, json: '{}' })).toBe(2)
  expect(octetsOf({ type: 'putAttempts', rows: [{ refused: true, json: '{}' }, { refused: true, json: '{"a":1}' }] })).toBe(9) // prettier-ignore
  expect(octetsOf({ type: 'clearMessages' })).toBe(0)
})

it('counts a message of the relay with its content and its legs', () => {
  const message = queued('s')
  const legs = [leg(message, 1), leg(message, 2)]
  const op = queueOp(message, legs, 'x'.repeat(10_000))
  const texts = JSON.stringify(message).length + octetsOf(putOp(...legs))
  expect(octetsOf(op)).toBe(10_000 + texts)
  expect(octetsOf(putOp(over(legs[0]!)))).toBeGreaterThan(octetsOf(putOp(legs[0]!)))
})
