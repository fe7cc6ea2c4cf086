import { array, assert, constantFrom, integer, nat, oneof, property, record, constant } from 'fast-check'
import type { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import type { Leg } from '#engine/relay/types.ts'
import { GroupCommit } from '#engine/store/groupCommit.ts'
import { overState } from '#engine/store/relayText.ts'
import { Tables } from '#engine/store/tables.ts'
import type { WriteOp } from '#engine/store/wireTypes.ts'
import { leg, over, putOp, queued, queueOp } from './relaySamples.ts'
import { lengthen, memoryDatabase, put } from './support.ts'

const open = (tables: Tables, after: string | null = null, max = 1000) =>
  tables.relay.openLegs(after, max).legs.map(({ id }) => id)
const count = (db: DatabaseSync, table: string) =>
  Number(db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n'])

it('has a leg open until it is over, and pages those that are', () => {
  const { tables } = memoryDatabase()
  const messages = [queued('a'), queued('b', 1), queued('b', 2)]
  for (const message of messages) tables.apply(queueOp(message, [leg(message, 1), leg(message, 2), leg(message, 3)])) // prettier-ignore
  const all = ['a.1', 'b.1', 'b.2'].flatMap((id) => [`${id}/1`, `${id}/2`, `${id}/3`])
  expect(open(tables)).toEqual(all)
  expect(open(tables, 'a.1/2', 3)).toEqual(['a.1/3', 'b.1/1', 'b.1/2'])
  tables.apply(putOp(over(leg(messages[0]!, 3)), over(leg(messages[1]!, 1), 'bounced'), leg(messages[1]!, 2, { state: 'held' }))) // prettier-ignore
  // The place where a page begins may itself be over by then.
  expect(open(tables, 'a.1/3', 2)).toEqual(['b.1/2', 'b.1/3'])
  expect(open(tables, 'gone.1/1', 2)).toEqual(['a.1/1', 'a.1/2'])
  expect(open(tables, 'b.2/3')).toEqual([])
  expect(tables.relay.openLegs(null, 2).more).toBe(true)
  expect(tables.relay.openLegs('b.2/1', 2).more).toBe(false)
  expect(tables.relay.leg('b.1/1').legs).toHaveLength(1)
  expect(tables.relay.leg('b.1/9')).toEqual({ messages: [], legs: [] })
})

it('gives large legs in small pieces, and says that more follow', () => {
  const { tables } = memoryDatabase()
  const message = queued('a')
  const large = Array.from({ length: 5 }, (_, n) => leg(message, n, { why: 'x'.repeat(600_000) }))
  tables.apply(queueOp(message, large))
  const page = tables.relay.openLegs(null, 100)
  expect([page.legs.length, page.more]).toEqual([2, true])
  expect(tables.relay.openLegs('a.1/3', 100)).toMatchObject({ legs: [{ id: 'a.1/4' }], more: false })
})

it('refuses a leg of another message, one without a message, and one that goes on without its content', () => {
  const { tables } = memoryDatabase()
  const [message, other] = [queued('relay-1', 1, { own: true }), queued('b')]
  expect(() => tables.apply(queueOp(message, [leg(other)]))).toThrow('b.1/1 is no leg of message relay-1.1.')
  expect(() => tables.apply(putOp(leg(other)))).toThrow("Leg b.1/1 belongs to no message of the relay's queue.") // prettier-ignore
  // One that was over and is removed for its age is nobody's loss.
  tables.apply(putOp(over(leg(other))))
})

it('takes up again what was over as long as its content is there', () => {
  const { tables } = memoryDatabase()
  const [message, own] = [queued('a'), queued('relay-1', 1, { own: true })]
  tables.apply(put('a'))
  for (const one of [message, own]) tables.apply(queueOp(one, [leg(one)]))
  tables.apply(putOp(over(leg(message)), over(leg(own))))
  tables.apply(putOp(leg(message)))
  expect(open(tables)).toEqual(['a.1/1'])
  expect(tables.relay.over.counts()).toEqual({ delivered: 1, bounced: 0, dropped: 0 })
  expect(() => tables.apply(putOp(leg(own)))).toThrow('The content of relay-1.1/1 is not kept any more; it cannot go on.') // prettier-ignore
  // What is split off while others are open is one leg more.
  tables.apply(putOp(leg(message, 2)))
  tables.apply(putOp(over(leg(message))))
  tables.apply({ type: 'removeTranscripts', sessions: ['a'] })
  expect(tables.contents.find('a', 1)).not.toBeNull()
  tables.apply(putOp(over(leg(message, 2))))
  expect(tables.contents.find('a', 1)).toBeNull()
})

it('finds legs by Message-ID, envelope id and id, newest first, twenty at most', () => {
  const { tables } = memoryDatabase()
  for (const [name, messageId, envid] of [['a', '<x@y>', 'E1'], ['b', 'x@y', undefined], ['c', '<z@y>', 'E1']] as const) {
    const message = queued(name, 1, { messageId, envid })
    tables.apply(queueOp(message, [leg(message, 1), over(leg(message, 2))]))
  } // prettier-ignore
  const found = (by: Parameters<Tables['relay']['find']>[0]) => tables.relay.find(by).legs.map(({ id }) => id)
  expect(found({ messageId: 'x@y' })).toEqual(['b.1/2', 'b.1/1', 'a.1/2', 'a.1/1'])
  expect(found({ envid: 'E1' })).toEqual(['c.1/2', 'c.1/1', 'a.1/2', 'a.1/1'])
  expect(found({ envid: 'E1', messageId: 'x@y' })).toHaveLength(6)
  expect([found({ id: 'b.1' }), found({ id: 'b.1/2' }), found({ id: 'b' }), found({})]).toEqual([['b.1/2', 'b.1/1'], ['b.1/2'], [], []]) // prettier-ignore
  const many = queued('d', 1, { envid: 'E2' })
  tables.apply(
    queueOp(
      many,
      Array.from({ length: 30 }, (_, n) => leg(many, n + 1)),
    ),
  )
  expect(found({ envid: 'E2' })).toHaveLength(20)
  expect(found({ envid: 'E2' })[0]).toBe('d.1/30')
})

it('holds the content of what is open against everything that removes content', () => {
  const { db, tables } = memoryDatabase()
  const message = queued('a')
  tables.apply(put('a'))
  tables.apply(queueOp(message, [leg(message, 1), leg(message, 2)]))
  const bytes = () => tables.read({ type: 'readContent', session: 'a', body: 1, from: 0, size: 9 })
  const removals: WriteOp[] = [
    { type: 'clearMessages' },
    { type: 'removeMessages', ids: ['a.1', 'a'] },
    { type: 'bulkMessages', act: 'remove', show: 'all' },
    { type: 'removeTranscripts', sessions: ['a'] },
  ]
  for (const op of removals) tables.apply(op)
  expect(bytes()).toMatchObject({ total: 3 })
  expect(tables.sessions.summary('a')).toBeNull()
  tables.apply(putOp(over(leg(message, 1))))
  expect(new Tables(db).read({ type: 'readContent', session: 'a', body: 1, from: 0, size: 9 })).toMatchObject({ total: 3 })
  tables.apply(putOp(over(leg(message, 2), 'dropped')))
  expect([bytes(), count(db, 'contents'), count(db, 'chunks'), count(db, 'relayLegs')]).toEqual([null, 0, 0, 2])
}) // prettier-ignore

it('lets a large content go in pieces, and never gives its number to another while its message is known', () => {
  const { db, tables } = memoryDatabase()
  const message = queued('relay-1', 1, { own: true })
  tables.apply(queueOp(message, [leg(message)]))
  lengthen(db, 1, 40)
  tables.apply(putOp(over(leg(message))))
  expect(tables.contents.find('relay-1', 1)).toBeNull()
  expect(count(db, 'chunks')).toBe(41)
  const now = new Date()
  while (tables.sweep(now, false, false));
  expect([count(db, 'chunks'), count(db, 'relayMessages')]).toEqual([0, 1])
  const again = new Tables(db)
  const next = queued('relay-2', 1, { own: true })
  again.apply(queueOp(next, [leg(next)]))
  expect(count(db, 'relayMessages')).toBe(2)
})

it('undoes a group that fails as a whole, and then costs only the one that failed', () => {
  const { db, tables } = memoryDatabase()
  const commit = new GroupCommit(db, tables)
  const [a, b] = [queued('a'), queued('b')]
  const outcome = commit.run([queueOp(a, [over(leg(a))]), putOp(leg(b)), queueOp(b, [leg(b)])])
  expect(outcome.failed.map(([index]) => index)).toEqual([1])
  expect(open(tables)).toEqual(['b.1/1'])
  expect(tables.relay.over.counts()).toEqual({ delivered: 1, bounced: 0, dropped: 0 })
  expect(count(db, 'contents')).toBe(2)
})

interface Known {
  session: string
  own: boolean
  removed: boolean
  legs: Leg[]
}
const states = constantFrom('waiting', 'held', 'delivered', 'bounced', 'dropped')
const isOpen = (one: Leg) => overState(one) === null
const hasContent = ({ own, removed, legs }: Known) => legs.some(isOpen) || !(own || removed)

/** One step of the property below, done to the tables and to the model. */
function act(
  tables: Tables,
  known: Known[],
  step: { what: string; at: number; state: Leg['state']; size: number },
): void {
  const one = known[step.at % Math.max(1, known.length)]
  if (step.what === 'queue' || one === undefined) {
    const own = step.size % 3 === 0
    const session = `${own ? 'relay' : 's'}-${known.length}`
    const message = queued(session, 1, own ? { own: true } : {})
    const legs = Array.from({ length: 1 + step.size }, (_, n) => leg(message, n, n === 0 ? { state: step.state } : {})) // prettier-ignore
    if (!own) tables.apply(put(session))
    tables.apply(queueOp(message, legs))
    known.push({ session, own, removed: false, legs })
  } else if (step.what === 'remove') {
    tables.apply({ type: 'removeTranscripts', sessions: [one.session] })
    one.removed = true
  } else {
    const at = step.size % one.legs.length
    const next = { ...one.legs[at]!, state: step.state }
    if (isOpen(next) && !hasContent(one)) expect(() => tables.apply(putOp(next))).toThrow('not kept any more')
    else {
      tables.apply(putOp(next))
      one.legs[at] = next
    }
  }
}

it('whatever happens in whatever order: content is there while a leg is open or its transcript is, and then no more', () => {
  const step = record({ what: oneof(constant('queue'), constant('put'), constant('put'), constant('remove')), at: nat(20), state: states, size: integer({ min: 0, max: 4 }) }) // prettier-ignore
  assert(
    property(array(step, { maxLength: 40 }), (steps) => {
      const { db, tables: first } = memoryDatabase()
      let tables = first
      const known: Known[] = []
      for (const [n, one] of steps.entries()) {
        act(tables, known, one)
        // As after a restart.
        if (n % 7 === 6) tables = new Tables(db)
      }
      const legs = known.flatMap((one) => one.legs)
      expect(open(tables)).toEqual(legs.filter(isOpen).map(({ id }) => id))
      for (const one of known) expect([one.session, tables.contents.find(one.session, 1) !== null]).toEqual([one.session, hasContent(one)]) // prettier-ignore
      const ended = (state: Leg['state']) => legs.filter((one) => one.state === state).length
      expect(tables.relay.over.counts()).toEqual({ delivered: ended('delivered'), bounced: ended('bounced'), dropped: ended('dropped') }) // prettier-ignore
    }),
    { numRuns: 60 },
  )
})
