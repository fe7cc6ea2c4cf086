import { array, assert, constantFrom, integer, property } from 'fast-check'
import type { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { overKept } from '#engine/store/relayOver.ts'
import type { OverState } from '#engine/store/relayWireTypes.ts'
import { Tables } from '#engine/store/tables.ts'
import { leg, over, putOp, queued, queueOp } from './relaySamples.ts'
import { memoryDatabase, put } from './support.ts'

const all: OverState[] = ['delivered', 'bounced', 'dropped']
const list = (
  tables: Tables,
  more: { states?: OverState[]; words?: string[]; before?: string; limit?: number } = {},
) => tables.relay.over.list({ type: 'overLegs', states: all, words: [], limit: 99, ...more })
const ids = (page: ReturnType<typeof list>) => page.legs.map(({ id }) => id)
const rows = (db: DatabaseSync, table: string) =>
  Number(db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n'])

it('lists in the order in which they ended, newest first, by state and by words', () => {
  const { tables } = memoryDatabase()
  const message = queued('s', 1, { subject: 'Parcel 17', sender: 'ines@quay.test' })
  const legs = [1, 2, 3, 4].map((n) => leg(message, n, { domain: n === 2 ? 'tern.test' : 'gannet.test' }))
  tables.apply(queueOp(message, legs))
  tables.apply(putOp(over(legs[2]!)))
  tables.apply(putOp(over(legs[0]!, 'bounced'), over(legs[1]!)))
  expect(ids(list(tables))).toEqual(['s.1/2', 's.1/1', 's.1/3'])
  // Told again, its place stays.
  tables.apply(putOp(over(legs[2]!, 'dropped')))
  expect(ids(list(tables))).toEqual(['s.1/2', 's.1/1', 's.1/3'])
  expect(tables.relay.over.counts()).toEqual({ delivered: 1, bounced: 1, dropped: 1 })
  expect(ids(list(tables, { states: ['bounced'] }))).toEqual(['s.1/1'])
  expect(list(tables, { states: [] })).toEqual({ messages: [], legs: [], total: 0 })
  expect(list(tables, { words: ['parcel', 'tern'] })).toMatchObject({ legs: [{ id: 's.1/2' }], total: 1 })
  expect(ids(list(tables, { words: ['someone3@'] }))).toEqual(['s.1/3'])
  // A percent sign is a percent sign.
  expect(list(tables, { words: ['%'] })).toMatchObject({ legs: [], total: 0 })
  expect(() => list(tables, { before: 'x' })).toThrow('is none of a page')
})

it('pages over every state without leaving one out or telling one twice', () => {
  assert(
    property(array(constantFrom(...all), { maxLength: 25 }), integer({ min: 1, max: 7 }), (states, limit) => {
      const { tables } = memoryDatabase()
      const message = queued('s')
      tables.apply(queueOp(message, states.map((_, n) => leg(message, n)))) // prettier-ignore
      for (const [n, state] of states.entries()) tables.apply(putOp(over(leg(message, n), state)))
      const seen: string[] = []
      for (let before: string | undefined; ;) {
        const page = list(tables, { limit, ...(before === undefined ? {} : { before }) })
        expect(page.total).toBe(states.length)
        seen.push(...ids(page))
        before = page.next
        if (before === undefined) break
      }
      expect(seen).toEqual(states.map((_, n) => `s.1/${n}`).toReversed())
    }),
    { numRuns: 40 },
  )
})

it('ends a page of large legs early, and goes on where it ended', () => {
  const { tables } = memoryDatabase()
  const message = queued('s')
  const large = Array.from({ length: 5 }, (_, n) => over(leg(message, n, { why: 'x'.repeat(3 << 20) })))
  tables.apply(queueOp(message, large))
  const first = list(tables)
  expect([ids(first), first.total]).toEqual([['s.1/4', 's.1/3'], 5])
  const second = list(tables, { before: first.next! })
  expect(ids(second)).toEqual(['s.1/2', 's.1/1'])
  expect(list(tables, { before: second.next! })).toMatchObject({ legs: [{ id: 's.1/0' }], total: 5 })
  expect(list(tables, { before: second.next! }).next).toBeUndefined()
})

it('removes the oldest beyond those that are kept, a few in each step; a message with its last leg', () => {
  const { db, tables } = memoryDatabase()
  const extra = 100
  tables.apply(put('s'))
  for (let body = 1; body <= overKept / 2 + extra; body++) {
    const message = queued(body <= 40 ? 's' : 'gone', body)
    tables.apply(queueOp(message, [over(leg(message, 1), all[body % 3]), over(leg(message, 2))]))
  }
  const open = queued('open')
  tables.apply(queueOp(open, [leg(open)]))
  expect(tables.relay.over.step()).toBe(true)
  expect(rows(db, 'relayLegs') - 1).toBeGreaterThan(overKept + extra)
  let steps = 1
  while (tables.relay.over.step()) steps++
  expect(steps).toBeGreaterThan(5)
  const { delivered, bounced, dropped } = tables.relay.over.counts()
  expect([delivered + bounced + dropped, rows(db, 'relayLegs')]).toEqual([overKept, overKept + 1])
  expect(rows(db, 'relayMessages')).toBe(overKept / 2 + 1)
  // With the content; whether a dialogue goes is another matter.
  expect(tables.contents.find('s', 1)).toBeNull()
  expect(tables.contents.find('gone', 41)).toBeNull()
  expect(tables.contents.find('gone', extra + 1)).not.toBeNull()
  expect(tables.contents.totals.get()).toEqual({ messages: overKept / 2, octets: (overKept / 2) * 3 })
  expect(db.prepare('SELECT id, loose FROM sessions').all()).toEqual([{ id: 's', loose: 2 }])
  // What is removed is not brought back by a late word about it.
  tables.apply(putOp(over(leg(queued('s', 1)))))
  expect(rows(db, 'relayLegs')).toBe(overKept + 1)
  expect(tables.relay.over.step()).toBe(false)
  expect(new Tables(db).relay.over.next()).toBe(tables.relay.over.next())
})

it('keeps a message while one of its legs is open, or is over and kept', () => {
  const { db, tables } = memoryDatabase()
  const old = queued('old')
  tables.apply(queueOp(old, [over(leg(old, 1)), leg(old, 2)]))
  for (let body = 1; body <= overKept; body++) {
    const message = queued('s', body)
    tables.apply(queueOp(message, [over(leg(message))]))
  }
  while (tables.relay.over.step());
  expect(tables.relay.leg('old.1/1').legs).toEqual([])
  expect(tables.relay.leg('old.1/2').legs).toHaveLength(1)
  tables.apply(putOp(over(leg(old, 2))))
  while (tables.relay.over.step());
  expect(tables.relay.leg('old.1/2').legs).toHaveLength(1)
  expect(rows(db, 'relayLegs')).toBe(overKept)
})

it('counts anew after what was undone', () => {
  const { db, tables } = memoryDatabase()
  const message = queued('s')
  tables.apply(queueOp(message, [over(leg(message))]))
  expect(tables.relay.over.counts().delivered).toBe(1)
  tables.committed()
  db.exec('BEGIN')
  tables.apply(putOp(over(leg(message), 'bounced')))
  expect(tables.relay.over.counts()).toMatchObject({ delivered: 0, bounced: 1 })
  db.exec('ROLLBACK')
  tables.rolledBack()
  expect(tables.relay.over.counts()).toMatchObject({ delivered: 1, bounced: 0 })
})

it('leaves what is being read, and ends when nothing else would go', () => {
  const { tables } = memoryDatabase()
  const old = queued('old')
  tables.apply(queueOp(old, [over(leg(old))]))
  for (let body = 1; body <= overKept; body++) {
    const message = queued('s', body)
    tables.apply(queueOp(message, [over(leg(message))]))
  }
  expect(tables.relay.over.step(() => true)).toBe(false)
  expect(tables.relay.over.step((id) => id === 'old.1')).toBe(false)
  expect(tables.relay.over.step()).toBe(true)
  expect(tables.relay.leg('old.1/1').legs).toEqual([])
})

it('removes a message of many legs in pieces', () => {
  const { db, tables } = memoryDatabase()
  const message = queued('s')
  tables.apply(
    queueOp(
      message,
      Array.from({ length: 70 }, (_, n) => over(leg(message, n))),
    ),
  )
  const [{ n }] = db.prepare('SELECT n FROM relayMessages').all() as [{ n: number }]
  expect(tables.relay.over.messageId(n)).toBe('s.1')
  const steps = [1, 2, 3].map(() => [tables.relay.over.removeMessage(n, 32), rows(db, 'relayLegs')])
  expect(steps).toEqual([[false, 38], [false, 6], [true, 0]]) // prettier-ignore
  expect([rows(db, 'contents'), tables.relay.over.counts().delivered, tables.relay.over.messageId(n)]).toEqual([0, 0, '']) // prettier-ignore
})
