import { expect, it } from 'vitest'
import { RelayTotals } from '#engine/store/relayTotals.ts'
import { leg, over, putOp, queued, queueOp } from './relaySamples.ts'
import { memoryDatabase, put } from './support.ts'

it('counts messages that are over and their octets, whatever becomes of them, as a count anew would', () => {
  const { db, tables } = memoryDatabase()
  const { totals } = tables.contents
  const same = (messages: number, octets: number) => {
    expect(totals.get()).toEqual({ messages, octets })
    expect(new RelayTotals(db).get()).toEqual({ messages, octets })
  }
  const [one, two, own] = [queued('a'), queued('a', 2), queued('relay-1', 1, { own: true })]
  tables.apply(put('a'))
  same(0, 0)
  tables.apply(queueOp(one, [leg(one, 1), leg(one, 2)], '12345'))
  tables.apply(queueOp(two, [over(leg(two))], '1234567'))
  tables.apply(queueOp(own, [over(leg(own))]))
  // The relay's own keep no content.
  same(2, 7)
  tables.apply(putOp(over(leg(one, 1))))
  same(2, 7)
  tables.apply(putOp(over(leg(one, 2))))
  same(3, 12)
  tables.apply(putOp(leg(one, 1)))
  tables.apply(putOp(leg(one, 2)))
  same(2, 7)
  tables.apply(putOp(over(leg(one, 1)), over(leg(one, 2), 'dropped')))
  tables.contents.drop(1, 5)
  tables.contents.drop(1, 5)
  same(3, 7)
  tables.apply({ type: 'removeTranscripts', sessions: ['a'] })
  same(3, 0)
})

it('counts anew after what was undone', () => {
  const { db, tables } = memoryDatabase()
  const message = queued('a')
  expect(tables.contents.totals.get().messages).toBe(0)
  db.exec('BEGIN')
  tables.apply(queueOp(message, [over(leg(message))]))
  db.exec('ROLLBACK')
  tables.rolledBack()
  expect(tables.contents.totals.get()).toEqual({ messages: 0, octets: 0 })
})
