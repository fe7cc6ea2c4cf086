import { expect, it } from 'vitest'
import { isOutcome } from '#engine/store/boxCounts.ts'
import { envelope, finish, memoryDatabase } from './support.ts'

it('counts once and then keeps count; a rollback makes it count anew', () => {
  const { db, tables } = memoryDatabase()
  const { messages } = tables
  messages.put(finish('s', 1, 'x', envelope()))
  expect(messages.counts.totals()).toEqual({ kept: 1, refused: 0, broken: 0, idle: 0 })
  messages.counts.add('idle', 2, 1)
  expect(messages.counts.of('all')).toEqual({ total: 3, unread: 2 })
  expect(messages.counts.octets()).toBe(1)
  messages.counts.add('kept', 1, 0, 41)
  expect(messages.counts.octets()).toBe(42)
  tables.rolledBack()
  expect(messages.counts.octets()).toBe(1)
  expect(messages.counts.of('all')).toEqual({ total: 1, unread: 1 })
  db.exec('DELETE FROM messages')
  messages.counts.cleared()
  expect(messages.counts.of('all')).toEqual({ total: 0, unread: 0 })
})

it('knows its outcomes', () => {
  expect(['kept', 'idle', 'lost', null].map(isOutcome)).toEqual([true, true, false, false])
})
