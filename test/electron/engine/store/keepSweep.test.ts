import { expect, it, vi } from 'vitest'
import type { SessionOutcome } from '#shared/inbox/outcome.ts'
import { defaultKeepRules, type KeepRules } from '#shared/rpc/contract/inboxKeep.ts'
import { keepKey } from '#engine/store/keepSweep.ts'
import { settle } from '#engine/store/clockWatch.ts'
import { Tables } from '#engine/store/tables.ts'
import { leg, over, putOp, queued, queueOp } from './relaySamples.ts'
import { envelope, finish, lengthen, memoryDatabase, put } from './support.ts'

const now = new Date('2026-01-10T00:00:00.000Z')
const rules = (more: Partial<KeepRules> = {}): KeepRules => ({ ...defaultKeepRules, on: true, count: null, days: null, octets: null, ...more }) // prettier-ignore
const refused = { outcome: 'refused', words: 'Refused', phase: 'rcpt', client: '127.0.0.1:9', mailFrom: '', rcptTo: [], sealed: false, arrived: 500, decided: '550 no', seq: 7 } satisfies SessionOutcome // prettier-ignore

/** Steps until nothing is left to do; answers how many those were. */
function sweep(tables: Tables, at = now): number {
  let steps = 1
  while (tables.keep.step(at)) if (++steps > 10_000) throw new Error('the sweep does not end')
  return steps
}
const count = (db: ReturnType<typeof memoryDatabase>['db'], table: string) =>
  Number(db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n'])

function filled(size: number) {
  const box = memoryDatabase()
  for (let i = 1; i <= size; i++) {
    box.tables.apply(put(`S${i}`, 1, 2, { messages: [`S${i}.1`] }))
    box.tables.apply(finish(`S${i}`, 1, 'x', envelope({ receivedAt: `2026-01-02T03:${String(i).padStart(2, '0')}:00.000Z` }))) // prettier-ignore
  }
  return box
}

it('keeps everything while the rules are off, and until they are saved', () => {
  const { db, tables } = filled(5)
  expect(tables.keep.rules()).toEqual(defaultKeepRules)
  tables.keep.setRules(rules({ on: false, count: 1 }))
  sweep(tables)
  expect(count(db, 'messages')).toBe(5)
})

it('removes in small steps, with words, content and dialogue, and says what went', () => {
  const { db, tables } = filled(50)
  tables.keep.setRules(rules({ count: 5 }))
  expect(sweep(tables)).toBeGreaterThanOrEqual(4)
  expect(tables.box.list({ limit: 99 }).items.map(({ id }) => id)).toEqual(['S50.1', 'S49.1', 'S48.1', 'S47.1', 'S46.1']) // prettier-ignore
  for (const table of ['messages', 'contents', 'chunks', 'sessions', 'segments'])
    expect([table, count(db, table)]).toEqual([table, 5])
  const { ids, sessions } = tables.keep.take()
  expect([ids.length, sessions.length]).toEqual([45, 45])
  expect(tables.keep.take()).toEqual({ ids: [], sessions: [] })
  expect(tables.keep.removed()).toEqual({ messages: 45, sessions: 0, octets: 45, at: now.toISOString() })
  expect(tables.messages.counts.of('all')).toEqual({ total: 5, unread: 5 })
})

it('a session without mail goes too; a dialogue stays as long as anything of it is in the box, or when asked to', () => {
  const { db, tables } = filled(2)
  tables.apply(put('T1'))
  tables.messages.putSession({ session: 'T1', receivedAt: '2026-01-01T00:00:00.000Z', port: 25 }, refused)
  tables.messages.putSession({ session: 'S1', receivedAt: '2026-01-09T00:00:00.000Z', port: 25 }, refused)
  tables.keep.setRules(rules({ count: 2 }))
  sweep(tables)
  expect(tables.keep.take()).toEqual({ ids: ['T1', 'S1.1'], sessions: ['T1'] })
  expect(tables.sessions.summary('S1')).not.toBeNull()
  tables.keep.setRules(rules({ count: 1, dialogues: false }))
  sweep(tables)
  expect(tables.keep.take()).toEqual({ ids: ['S2.1'], sessions: [] })
  expect(count(db, 'sessions')).toBe(2)
  expect(tables.keep.removed()).toMatchObject({ messages: 2, sessions: 1, octets: 2 })
})

it('a dialogue of many messages goes with the last of them', () => {
  const { tables } = memoryDatabase()
  tables.apply(put('S', 1, 1, { messages: Array.from({ length: 40 }, (_, i) => `S.${i + 1}`) }))
  for (let body = 1; body <= 40; body++)
    tables.apply(finish('S', body, 'x', envelope({ receivedAt: `2026-01-02T03:${String(body).padStart(2, '0')}:00.000Z` }))) // prettier-ignore
  tables.keep.setRules(rules({ count: 1 }))
  sweep(tables)
  expect([tables.keep.take().sessions, tables.messages.get('S.40')?.id]).toEqual([[], 'S.40'])
  tables.keep.setRules(rules({ days: 1 }))
  sweep(tables)
  expect(tables.keep.take()).toEqual({ ids: ['S.40'], sessions: ['S'] })
})

it('a dialogue stays while the relay has mail from it, open or over, and so does that', () => {
  const { db, tables } = memoryDatabase()
  const [open, done] = [queued('T1'), queued('T1', 2)]
  tables.apply(put('T1'))
  tables.apply(queueOp(open, [leg(open)]))
  tables.apply(queueOp(done, [over(leg(done))]))
  tables.messages.putSession({ session: 'T1', receivedAt: '2026-01-01T00:00:00.000Z', port: 25 }, refused)
  tables.keep.setRules(rules({ days: 1 }))
  sweep(tables)
  expect(tables.keep.take()).toEqual({ ids: ['T1'], sessions: [] })
  expect([count(db, 'contents'), count(db, 'sessions')]).toEqual([2, 1])
  tables.apply(putOp(over(leg(open))))
  while (tables.sweep(now, false, false));
  expect(tables.keep.take()).toEqual({ ids: [], sessions: ['T1'] })
  for (const table of ['contents', 'sessions', 'relayMessages', 'relayLegs']) expect(count(db, table)).toBe(0)
})

it('what is held or was read a moment ago stays until it is not', () => {
  const { tables } = filled(3)
  tables.keep.hold(['S1.1'])
  tables.keep.wasRead('S2.1', now.getTime())
  tables.keep.setRules(rules({ days: 1 }))
  sweep(tables)
  expect(tables.keep.take().ids).toEqual(['S3.1'])
  tables.keep.hold([])
  sweep(tables, new Date(now.getTime() + 11 * 60_000))
  expect(tables.keep.take().ids).toEqual(['S1.1', 'S2.1'])
})

it('a large message of an older database is out of sight at once and its octets go in pieces, over a restart too', () => {
  const { db, tables } = memoryDatabase()
  tables.apply({ ...finish('L', 1, 'end'), writer: 1 })
  lengthen(db, 1, 100)
  expect(count(db, 'chunks')).toBe(101)
  expect(tables.messages.remove(['L.1'])).toBe(1)
  expect([tables.messages.get('L.1'), tables.messages.content('L.1')]).toEqual([null, null])
  const left = [count(db, 'chunks')]
  while (tables.contents.clearAway()) left.push(count(db, 'chunks'))
  expect(left).toEqual([101, 69, 37, 5, 0])
  expect(count(db, 'contents')).toBe(0)
})

it('a preview counts without removing, in stretches', () => {
  const { db, tables } = filled(20)
  const step = tables.keep.preview(rules({ count: 5 }), null, now)
  expect(step).toMatchObject({ would: { messages: 15, sessions: 0, octets: 15 }, until: '2026-01-02T03:15:00.000Z', now: { messages: 20, octets: 20 }, state: { done: true } }) // prettier-ignore
  expect(count(db, 'messages')).toBe(20)
})

it('words leave the index when it is quiet, not before', () => {
  const { db, tables } = filled(50)
  const gone = () => count(db, 'messagesGone') + count(db, 'sessionsGone')
  db.exec('WITH RECURSIVE i (n) AS (VALUES (1000) UNION ALL SELECT n + 1 FROM i WHERE n < 1700) INSERT INTO messagesGone SELECT n FROM i') // prettier-ignore
  sweep(tables)
  expect(gone()).toBe(701)
  while (tables.keep.step(now, true));
  expect(gone()).toBe(0)
})

it('a clock that jumps ahead makes nothing old at once: it has to stay there', () => {
  const { db, tables: before } = filled(5)
  before.keep.setRules(rules({ days: 30, count: 4 }))
  const tables = new Tables(db)
  const steady = vi.spyOn(performance, 'now')
  try {
    steady.mockReturnValue(performance.now())
    const later = new Date('2027-01-10T00:00:00.000Z')
    sweep(tables, later)
    expect(tables.keep.take().ids).toEqual(['S1.1'])
    sweep(tables)
    steady.mockReturnValue(performance.now() + settle + 1)
    sweep(tables)
    expect(tables.keep.take().ids).toEqual([])
    sweep(tables, later)
    steady.mockReturnValue(performance.now() + settle + 1)
    tables.keep.look()
    sweep(tables, later)
    expect(tables.keep.take().ids).toHaveLength(4)
  } finally {
    steady.mockRestore()
  }
})

it('what went in a transaction before the one that failed is told all the same', () => {
  const { tables } = filled(3)
  tables.keep.setRules(rules({ count: 1 }))
  tables.keep.step(now)
  tables.messages.putSession({ session: 'T1', receivedAt: '2026-01-01T00:00:00.000Z', port: 25 }, refused)
  tables.committed()
  tables.messages.putSession({ session: 'T2', receivedAt: '2026-01-01T00:00:00.000Z', port: 25 }, refused)
  tables.rolledBack()
  expect(tables.keep.take().ids).toEqual(['S1.1', 'S2.1'])
  expect(tables.messages.takeFresh().map(({ id }) => id)).toEqual(['T1'])
})

it('a rollback forgets what it said; rules that cannot be read keep everything', () => {
  const { db, tables } = filled(3)
  tables.keep.setRules(rules({ count: 1 }))
  tables.keep.step(now)
  tables.rolledBack()
  expect(tables.keep.take().ids).toEqual([])
  db.prepare('UPDATE settings SET json = ? WHERE key = ?').run('{"on":true}', keepKey)
  tables.rolledBack()
  expect(tables.keep.rules()).toEqual(defaultKeepRules)
})
