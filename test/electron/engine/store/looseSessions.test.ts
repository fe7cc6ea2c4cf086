import { expect, it } from 'vitest'
import { localBody } from '#engine/relay/queue/local.ts'
import { LooseSessions, unpointedFor } from '#engine/store/looseSessions.ts'
import { SessionTies } from '#engine/store/sessionTies.ts'
import type { SessionSummary } from '#shared/transcript/event.ts'
import { leg, over, putOp, queued, queueOp } from './relaySamples.ts'
import { finish, memoryDatabase, put } from './support.ts'

const now = Date.parse('2026-01-10T00:00:00.000Z')
const before = (ms: number) => new Date(now - ms).toISOString()

function setUp(mostOctets?: number) {
  const { db, tables } = memoryDatabase()
  const { sessions, relay } = tables
  const loose = new LooseSessions(db, { sessions, tries: relay.tries, ties: new SessionTies(db) }, mostOctets)
  const safe = new Set<string>()
  /** All of one walk; answers with what went. */
  const walk = () => {
    const gone: string[] = []
    loose.look()
    for (let steps = 0; ; steps++) {
      const some = loose.step(now, (id) => safe.has(id))
      if (some === null) return gone
      gone.push(...some)
      if (steps > 1000) throw new Error('the walk does not end')
    }
  }
  const delivery = (id: string, more: Partial<SessionSummary> = {}) =>
    tables.apply(put(id, 1, 1, { source: 'relay', role: 'client', startedAt: before(unpointedFor * 2), ...more })) // prettier-ignore
  /** A message whose leg, over or not, points to these. */
  const points = (session: string, to: string[], isOver = true) => {
    const message = queued(session)
    const tried = to.map((one) => ({ at: before(9), outcome: 'again' as const, words: 'no', session: one }))
    const one = leg(message, 1, { history: tried, tries: tried.length })
    tables.apply(queueOp(message, [isOver ? { ...one, state: 'delivered' } : one]))
  }
  return { db, tables, loose, safe, walk, delivery, points }
}

it('removes deliveries that no leg points to when they are some time old, and those of legs that are gone', () => {
  const { db, tables, walk, delivery, points } = setUp()
  for (const id of ['d1', 'd2', 'd3', 'd4']) delivery(id)
  delivery('live', { state: 'live' })
  delivery('lasted', { took: unpointedFor * 2000 - 1000 })
  delivery('young', { startedAt: before(1000) })
  delivery('later', { startedAt: before(500) })
  points('m1', ['d1', 'd2'])
  points('m2', ['d2', 'live'], false)
  expect(walk()).toEqual(['d3', 'd4'])
  expect(walk()).toEqual([])
  const [row] = db.prepare("SELECT n FROM relayMessages WHERE id = 'm1.1'").all()
  tables.relay.over.removeMessage(Number(row?.['n']), 9)
  expect(walk()).toEqual(['d1'])
  expect(db.prepare('SELECT id FROM sessions WHERE loose > 0 ORDER BY id').all().map(({ id }) => id)).toEqual(['lasted', 'later', 'live', 'young']) // prettier-ignore
})

it('leaves what is being read, and comes back to it', () => {
  const { safe, walk, delivery } = setUp()
  delivery('d1')
  delivery('d2')
  safe.add('d1')
  expect(walk()).toEqual(['d2'])
  safe.clear()
  expect(walk()).toEqual(['d1'])
})

it('removes a dialogue of a client when nothing it brought is left, and what was refused in it is in the box', () => {
  const { db, tables, walk } = setUp()
  const remove = (id: string) => tables.relay.over.removeMessage(Number(db.prepare('SELECT n FROM relayMessages WHERE id = ?').get(id)?.['n']), 9) // prettier-ignore
  for (const [id, startedAt] of [['indexed', before(0)], ['todo', before(60_000)], ['old', before(4_000_000)], ['two', before(4_000_000)]] as const) {
    const [message, other] = [queued(id), queued(id, 2)]
    tables.apply(put(id, 1, 1, { startedAt, queued: 1 }))
    tables.apply(queueOp(message, [over(leg(message))]))
    if (id === 'two') tables.apply(queueOp(other, [leg(other)]))
  } // prettier-ignore
  db.exec("UPDATE sessions SET indexed = 1 WHERE id = 'indexed'")
  expect(walk()).toEqual([])
  for (const id of ['indexed', 'todo', 'old', 'two']) remove(`${id}.1`)
  expect(walk()).toEqual(['indexed', 'old'])
  const other = leg(queued('two', 2))
  tables.apply(putOp(over(other)))
  remove('two.2')
  expect(walk()).toEqual(['two'])
  db.exec('UPDATE sessions SET indexed = 1')
  expect(walk()).toEqual(['todo'])
})

it('leaves a dialogue whose mail the relay delivered into the Inbox until that is removed too', () => {
  const { db, tables, walk } = setUp()
  const message = queued('in')
  const done = over(leg(message))
  tables.apply(put('in', 1, 1, { startedAt: before(4_000_000), queued: 1 }))
  tables.apply(queueOp(message, [done]))
  tables.apply(finish('in', localBody(done), 'delivered here'))
  tables.relay.over.removeMessage(Number(db.prepare('SELECT n FROM relayMessages').get()?.['n']), 9)
  expect(walk()).toEqual([])
  tables.messages.remove([`in.${localBody(done)}`])
  db.exec('UPDATE sessions SET loose = 2')
  expect(walk()).toEqual(['in'])
})

it('goes in small steps, and what came meanwhile waits for the next walk', () => {
  const { db, loose, delivery } = setUp()
  for (let i = 0; i < 100; i++) delivery(`d${i}`)
  const sizes: (number | undefined)[] = []
  for (;;) {
    const gone = loose.step(now, () => false)
    sizes.push(gone?.length)
    if (gone === null) break
  }
  expect(sizes).toEqual([0, 16, 16, 16, 16, 16, 16, 4, undefined])
  delivery('late')
  expect(loose.step(now, () => false)).toBeNull()
  expect(db.prepare('SELECT id FROM sessions').all()).toEqual([{ id: 'late' }])
})

it('removes the oldest deliveries of all when they are too large together, whatever points to them', () => {
  const { db, safe, walk, delivery, points } = setUp(1000)
  for (let i = 10; i < 50; i++) delivery(`d${i}`)
  points('m', Array.from({ length: 40 }, (_, i) => `d${i + 10}`), false) // prettier-ignore
  const each = Number(db.prepare('SELECT octets FROM sessions LIMIT 1').get()?.['octets'])
  safe.add('d11')
  const left = Math.floor(1000 / each)
  expect(walk()).toEqual(Array.from({ length: 41 - left }, (_, i) => `d${i + 10}`).filter((id) => id !== 'd11')) // prettier-ignore
  expect(each).toBeGreaterThan(50)
})

it('takes a summary that cannot be read, and one from the future, for old', () => {
  const { db, walk, delivery } = setUp()
  delivery('damaged')
  db.exec("UPDATE sessions SET summary = '{' WHERE id = 'damaged'")
  delivery('ahead', { startedAt: before(-9 * unpointedFor) })
  delivery('d1')
  expect(walk()).toEqual(['damaged', 'ahead', 'd1'])
})

it('walks anew after what was undone', () => {
  const { loose, walk, delivery } = setUp()
  expect(walk()).toEqual([])
  delivery('d1')
  loose.rolledBack()
  expect([loose.step(now, () => false), loose.step(now, () => false)]).toEqual([[], ['d1']])
})
