import { array, assert, constantFrom, integer, nat, property, record } from 'fast-check'
import type { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import type { Leg } from '#engine/relay/types.ts'
import { LooseSessions } from '#engine/store/looseSessions.ts'
import { type KeepNow, RelayKeep } from '#engine/store/relayKeep.ts'
import { overState } from '#engine/store/relayText.ts'
import { SessionTies } from '#engine/store/sessionTies.ts'
import type { Tables } from '#engine/store/tables.ts'
import { leg, over, putOp, queued, queueOp } from './relaySamples.ts'
import { lengthen, memoryDatabase, put } from './support.ts'

const now = Date.parse('2026-01-10T00:00:00.000Z')
const hour = 3_600_000
const rules = (more: Partial<NonNullable<KeepNow['rules']>> = {}) => ({ count: null, days: null, octets: null, ...more }) // prettier-ignore
const at = (more: Partial<KeepNow> = {}): KeepNow => ({ now, rules: null, isSafe: () => false, ...more })

function setUp(mostOctets?: number) {
  const { db, tables } = memoryDatabase()
  const keep = new RelayKeep(db, tables.contents, tables.relay.over, mostOctets)
  /** Messages m1 to mCOUNT, of ten octets each, one in an hour, the last an hour ago; those in `open` are. */
  const fill = (count: number, open: readonly number[] = []) => {
    for (let i = 1; i <= count; i++) {
      const message = queued(`m${i}`, 1, { receivedAt: now - (count + 1 - i) * hour })
      const one = leg(message)
      tables.apply(queueOp(message, [open.includes(i) ? one : over(one)], '0123456789'))
    }
  }
  const sweep = (given: KeepNow) => {
    keep.look()
    for (let steps = 1; keep.step(given); steps++) if (steps > 1000) throw new Error('the sweep does not end')
  }
  const left = () => ids(db, 'SELECT id FROM relayMessages ORDER BY n').map((id) => id.slice(0, -2))
  const full = () => ids(db, 'SELECT session AS id FROM contents WHERE done = 1 ORDER BY n')
  return { db, tables, keep, fill, sweep, left, full }
}
const ids = (db: DatabaseSync, sql: string) => db.prepare(sql).all().map((row) => String(row['id'])) // prettier-ignore

it('keeps the newest contents up to a size though there are no rules, and all that is told of the mail', () => {
  const { tables, fill, sweep, left, full } = setUp(45)
  fill(10, [2])
  sweep(at())
  expect([left().length, full()]).toEqual([10, ['m2', 'm7', 'm8', 'm9', 'm10']])
  expect(tables.relay.leg('m1.1/1').legs).toHaveLength(1)
  expect(() => tables.apply(putOp(leg(queued('m1'))))).toThrow('is not kept any more; it cannot go on')
  // What was open goes when it is over and the oldest.
  tables.apply(putOp(over(leg(queued('m2')))))
  sweep(at())
  expect(full()).toEqual(['m7', 'm8', 'm9', 'm10'])
})

it.each([
  ['number', { count: 3 }],
  ['age', { days: 1 }],
  ['size', { octets: 39 }],
])('by a rule of %s the oldest go whole, and nothing that is open', (name, rule) => {
  const { db, fill, sweep, left, full } = setUp()
  fill(30, [1, 28])
  sweep(at({ rules: rules(rule) }))
  const stay =
    name === 'age' ? Array.from({ length: 24 }, (_, i) => `m${i + 7}`) : ['m27', 'm28', 'm29', 'm30']
  expect(left()).toEqual(['m1', ...stay])
  expect([full(), db.prepare('SELECT count(*) AS n FROM relayLegs').get()?.['n']]).toEqual([left(), left().length]) // prettier-ignore
})

it('leaves what is being read and what has just come, and takes the next older ones for them', () => {
  const { tables, fill, sweep, left } = setUp()
  fill(6)
  const fresh = queued('fresh', 1, { receivedAt: now - 59_000 })
  tables.apply(queueOp(fresh, [over(leg(fresh))]))
  sweep(at({ rules: rules({ count: 2 }), isSafe: (id) => id === 'm2.1' }))
  expect(left()).toEqual(['m2', 'fresh'])
  sweep(at({ rules: rules({ count: 1 }) }))
  expect(left()).toEqual(['fresh'])
})

it('is not held up by mail from the future, or by a row that cannot be read', () => {
  const { db, tables, fill, sweep, left } = setUp()
  const ahead = queued('ahead', 1, { receivedAt: now + 99 * hour })
  tables.apply(queueOp(ahead, [over(leg(ahead))]))
  fill(40)
  db.exec("UPDATE relayMessages SET json = '{' WHERE id = 'm40.1'")
  sweep(at({ rules: rules({ days: 1 }) }))
  expect(left()).toEqual(['ahead', ...Array.from({ length: 23 }, (_, i) => `m${i + 17}`), 'm40'])
  sweep(at({ rules: rules({ count: 1 }) }))
  expect(left()).toEqual(['m40'])
})

it('removes a message of many recipients in pieces, and large contents too', () => {
  const { db, tables, keep, sweep, left } = setUp()
  const message = queued('many', 1, { receivedAt: now - hour })
  tables.apply(
    queueOp(
      message,
      Array.from({ length: 100 }, (_, n) => over(leg(message, n))),
    ),
  )
  lengthen(db, tables.contents.find('many', 1)!.n, 40)
  const legs = () => Number(db.prepare('SELECT count(*) AS n FROM relayLegs').get()?.['n'])
  const seen: number[] = []
  while (keep.step(at({ rules: rules({ octets: 1 }) }))) seen.push(legs())
  expect(seen).toEqual([68, 36, 4, 0])
  sweep(at())
  expect([left(), tables.contents.find('many', 1)]).toEqual([[], null])
  const chunks = () => Number(db.prepare('SELECT count(*) AS n FROM chunks').get()?.['n'])
  expect([chunks(), tables.contents.clearAway(), chunks(), tables.contents.clearAway(), chunks()]).toEqual([41, true, 9, true, 0]) // prettier-ignore
})

it('sheds a content that is lost otherwise once, not for ever', () => {
  const { db, fill, sweep, tables } = setUp(5)
  fill(2)
  db.exec('DELETE FROM chunks; DELETE FROM contents')
  sweep(at())
  expect(tables.contents.totals.get()).toEqual({ messages: 2, octets: 0 })
})

interface Known {
  id: string
  session: string
  body: number
  size: number
  legs: Leg[]
}
const isOpen = ({ legs }: Known) => legs.some((one) => overState(one) === null)

/** One step of the property below, done to the tables and to the model. */
function act(tables: Tables, known: Known[], { what, place, size }: { what: string; place: number; size: number }): void {
  const one = known[place % Math.max(1, known.length)]
  if (what === 'queue' || one === undefined) {
    const session = `s${place % 5}`
    const body = known.length + 1
    const message = queued(session, body, { receivedAt: now - (500 - known.length) * hour })
    const legs = Array.from({ length: 1 + (size % 3) }, (_, n) => leg(message, n))
    if (tables.sessions.summary(session) === null) tables.apply({ ...put(session, 1, 1, { queued: 1 }) })
    tables.apply(queueOp(message, legs, 'x'.repeat(size)))
    known.push({ id: message.id, session, body, size, legs })
    return
  }
  // Tried on a dialogue that may be another leg's too, and mostly over with it; its history is short, and forgets.
  const n = size % one.legs.length
  const before = one.legs[n]!
  if (overState(before) !== null) return
  const dialogue = `d${place % 7}`
  if (tables.sessions.summary(dialogue) === null) tables.apply(put(dialogue, 1, 1, { source: 'relay', role: 'client' }))
  const history = [...before.history, { at: '2026-01-01T00:00:00.000Z', outcome: 'again' as const, words: 'no', session: dialogue }].slice(-2)
  const next = { ...before, history, tries: before.tries + 1, state: size % 4 < 2 ? ('waiting' as const) : ('bounced' as const) }
  tables.apply(putOp(next))
  one.legs[n] = next
} // prettier-ignore

it('whatever comes in whatever order: nothing open is touched, every bound holds in the end, and no dialogue is left over', () => {
  const step = record({ what: constantFrom('queue', 'queue', 'put', 'put', 'put'), place: nat(40), size: integer({ min: 1, max: 40 }) }) // prettier-ignore
  const given = record({ count: constantFrom(null, 1, 4), days: constantFrom(null, 1, 20), octets: constantFrom(null, 1, 60) }) // prettier-ignore
  const ends = record({ rules: constantFrom(true, false), most: constantFrom(30, 1000) })
  assert(
    property(array(step, { maxLength: 60 }), given, ends, (steps, rule, { rules: on, most }) => {
      const { db, tables, keep, sweep, left } = setUp(most)
      const { sessions, relay } = tables
      const loose = new LooseSessions(db, { sessions, tries: relay.tries, ties: new SessionTies(db) })
      const known: Known[] = []
      const state = at({ rules: on ? rule : null })
      for (const [index, one] of steps.entries()) {
        act(tables, known, one)
        // Now and then a single step of each, in the middle of it all.
        if (index % 3 === 0) keep.step(state)
        if (index % 4 === 0) loose.step(now, () => false)
      }
      db.exec('UPDATE sessions SET indexed = 1')
      sweep(state)
      // The walk that is under way, and a whole one.
      for (const _ of [1, 2]) {
        while (loose.step(now, () => false) !== null);
        loose.look()
      }
      const there = new Set(ids(db, 'SELECT id FROM relayMessages'))
      const kept = known.filter(({ id }) => there.has(id))
      for (const one of known.filter(isOpen)) {
        expect(there).toContain(one.id)
        expect([one.id, tables.contents.find(one.session, one.body)?.size]).toEqual([one.id, one.size])
        expect(tables.sessions.summary(one.session)).not.toBeNull()
        for (const each of one.legs) expect(tables.relay.leg(each.id).legs).toHaveLength(1)
      }
      const done = kept.filter((one) => !isOpen(one))
      const octets = done.reduce((sum, { session, body }) => sum + (tables.contents.find(session, body)?.size ?? 0), 0) // prettier-ignore
      expect(tables.contents.totals.get()).toEqual({ messages: done.length, octets })
      expect(octets).toBeLessThanOrEqual(most)
      if (on) {
        expect(done.length).toBeLessThanOrEqual(rule.count ?? Infinity)
        expect(octets).toBeLessThanOrEqual(rule.octets ?? Infinity)
        const young = now - (rule.days ?? 9999) * 24 * hour
        for (const one of done) expect(one.legs[0]!.message.receivedAt).toBeGreaterThanOrEqual(young)
      } else expect(left()).toHaveLength(known.length)
      const dialogues = new Set(ids(db, 'SELECT id FROM sessions'))
      const wanted = kept.flatMap(({ session, legs }) => [session, ...legs.flatMap(({ history }) => history.map((tried) => tried.session!))]) // prettier-ignore
      expect([...dialogues].toSorted()).toEqual([...new Set(wanted)].toSorted())
      expect(ids(db, 'SELECT DISTINCT session AS id FROM relayTries').every((id) => dialogues.has(id))).toBe(true) // prettier-ignore
    }),
    { numRuns: 150 },
  )
})
