import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { expect, it, onTestFinished } from 'vitest'
import { GroupCommit } from '#engine/store/groupCommit.ts'
import { openDatabase } from '#engine/store/open.ts'
import { Tables } from '#engine/store/tables.ts'
import type { WriteOp } from '#engine/store/wireTypes.ts'
import { finish, memoryDatabase, octets, pattern, put, temporaryFolder } from './support.ts'

const setting = (key: string): WriteOp => ({ type: 'putSetting', key, json: '1' })

const chunk = (writer: number): WriteOp => ({ type: 'chunk', writer, session: `c${writer}`, body: 1, bytes: pattern(300_000) }) // prettier-ignore
const end = (writer: number): WriteOp => ({ type: 'finish', writer, session: `c${writer}`, body: 1, bytes: octets('x'), message: null }) // prettier-ignore

it('runs all writes in one transaction and names messages and counts', () => {
  const { db, tables } = memoryDatabase()
  const group = new GroupCommit(db, tables)
  const outcome = group.run([put('s'), finish('s', 1, 'a'), { type: 'removeTranscripts', sessions: ['s'] }])
  expect(outcome).toMatchObject({ failed: [], counts: [[2, 1]], stored: [{ stored: { message: 1 } }] })
  expect(db.isTransaction).toBe(false)
})

it('lets one bad write cost the others nothing', () => {
  const { db, tables } = memoryDatabase()
  const group = new GroupCommit(db, tables)
  group.run([put('s', 1, 5)])
  const outcome = group.run([
    setting('a'),
    put('s', 2, 1),
    finish('s', 1, 'a'),
    finish('s', 1, 'again'),
    setting('b'),
  ])
  expect(outcome.failed.map(([index]) => index)).toEqual([1, 3])
  expect(tables.box.list({ limit: 9 })).toMatchObject({ total: 1 })
  expect([tables.read({ type: 'getSetting', key: 'a' }), tables.read({ type: 'getSetting', key: 'b' })]).toEqual(['1', '1']) // prettier-ignore
})

it('poisons a content whose chunk failed, and keeps the numbering of others', () => {
  const { db, tables } = memoryDatabase()
  const group = new GroupCommit(db, tables)
  group.run([chunk(1), chunk(2)])
  db.exec('PRAGMA max_page_count = 160')
  const outcome = group.run([chunk(1), setting('small')])
  expect(outcome.failed).toHaveLength(1)
  db.exec('PRAGMA max_page_count = 100000')
  const later = group.run([end(1), end(2), { type: 'discard', writer: 1 }])
  expect(later.failed.map(([index]) => index)).toEqual([0])
  expect(String(later.failed[0]![1])).toContain('full')
  expect(tables.contents.find('c1', 1)).toBeNull()
  expect(tables.contents.find('c2', 1)?.size).toBe(300_001)
})

it('tells failures of its own writes without failing the others', () => {
  const { db, tables } = memoryDatabase()
  const outcome = new GroupCommit(db, tables).run([setting('a')], [() => { throw new Error('own') }, () => tables.messages.setHead(1, { from: '', to: '', subject: '', attachments: 0, tags: [] }, [])]) // prettier-ignore
  expect(outcome).toMatchObject({ failed: [], ownFailed: [{ message: 'own' }] })
  expect(tables.read({ type: 'getSetting', key: 'a' })).toBe('1')
})

const synchronous = (db: DatabaseSync): unknown => db.prepare('PRAGMA synchronous').get()?.['synchronous']

it('syncs whatever somebody waits for, and lets pieces of a content wait for its end', () => {
  const { db, tables } = memoryDatabase()
  const group = new GroupCommit(db, tables)
  const after = (...writes: WriteOp[]): unknown => {
    expect(group.run(writes).failed).toEqual([])
    return synchronous(db)
  }
  expect([after(chunk(1)), after(chunk(2), { type: 'discard', writer: 2 })]).toEqual([1, 1])
  expect([after(chunk(1), put('s')), after(chunk(1)), after(end(1))]).toEqual([2, 1, 2])
  group.run([chunk(3)], [() => undefined])
  expect(synchronous(db)).toBe(1)
  group.run([put('t')], [() => undefined])
  expect(synchronous(db)).toBe(2)
  group.run([], [() => undefined])
  expect(synchronous(db)).toBe(1)
  // What is done again one by one is synced each time.
  group.run([chunk(4)])
  group.run([{ ...end(5), bytes: pattern(9), session: 'c1' } as WriteOp, chunk(4)])
  expect(synchronous(db)).toBe(2)
})

/** The database, but for one commit, which fails so once `fail` was called. */
function failing(db: DatabaseSync, error: Error): { database: DatabaseSync; fail: () => void } {
  let due = false
  const prepare = (sql: string) => {
    const statement = db.prepare(sql)
    if (sql !== 'COMMIT') return statement
    const run = () => {
      if (!due) return statement.run()
      due = false
      throw error
    }
    return { run }
  }
  const database = new Proxy(db, {
    get(target, name) {
      if (name === 'prepare') return prepare
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return { database, fail: () => (due = true) }
}

it('fails every content whose pieces were not synced when a sync fails, and the others not', () => {
  const { db, tables } = memoryDatabase()
  const error = Object.assign(new Error('disk I/O error'), { errcode: 1034 })
  const { database, fail } = failing(db, error)
  const group = new GroupCommit(database, tables)
  group.run([chunk(1), setting('synced')])
  group.run([chunk(2), chunk(3)])
  fail()
  expect(group.run([end(2), setting('a')]).failed).toEqual([[0, error]])
  expect(group.run([chunk(3)]).failed).toEqual([[0, error]])
  expect(group.run([end(3)]).failed).toEqual([[0, error]])
  expect(group.run([end(1)]).failed).toEqual([])
})

it('counts no piece as synced by a commit that changes nothing', () => {
  const { db, tables } = memoryDatabase()
  const error = Object.assign(new Error('disk I/O error'), { errcode: 1034 })
  const { database, fail } = failing(db, error)
  const group = new GroupCommit(database, tables)
  group.run([chunk(1)])
  group.run([{ type: 'markMessages', ids: ['nobody.1'], unread: false }])
  fail()
  expect(group.run([end(1)]).failed).toEqual([[0, error]])
})

it('begins the log anew when a sync has failed, and takes nothing as long as it cannot', () => {
  const folder = temporaryFolder()
  const { db } = openDatabase({ folder, busyTimeout: 0 })
  onTestFinished(() => db.close())
  const tables = new Tables(db)
  const error = Object.assign(new Error('disk I/O error'), { errcode: 1034 })
  const { database, fail } = failing(db, error)
  const log = (): number => statSync(join(folder, 'relayscope.db-wal')).size
  const group = new GroupCommit(database, tables)
  group.run([], [() => tables.apply(setting('index'))])
  group.run([chunk(1)])
  const before = log()
  fail()
  expect(group.run([setting('a')]).failed).toEqual([])
  expect(log()).toBeLessThan(before / 2)
  // A reader that is not done keeps the log from being begun anew.
  const rows = db.prepare('SELECT key FROM settings').iterate()
  rows.next()
  fail()
  expect(group.run([setting('b'), chunk(2)]).failed.map(([index]) => index)).toEqual([0, 1])
  rows.return?.()
  expect(group.run([setting('c'), end(2)]).failed.map(([index]) => index)).toEqual([1])
  expect(tables.read({ type: 'getSetting', key: 'c' })).toBe('1')
})

it('fails none where there was no room for the others', () => {
  const { db, tables } = memoryDatabase()
  const error = Object.assign(new Error('database or disk is full'), { errcode: 13 })
  const { database, fail } = failing(db, error)
  const group = new GroupCommit(database, tables)
  group.run([chunk(1)])
  fail()
  expect(group.run([end(1), setting('a')]).failed).toEqual([])
})
