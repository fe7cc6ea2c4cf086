import { fstatSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { expect, it, onTestFinished } from 'vitest'
import type { Disk } from '#engine/store/contentFolder.ts'
import { GroupCommit, type OwnWrite } from '#engine/store/groupCommit.ts'
import { openDatabase } from '#engine/store/open.ts'
import { chunkSize } from '#engine/store/schema.ts'
import { Tables } from '#engine/store/tables.ts'
import type { WriteOp } from '#engine/store/wireTypes.ts'
import {
  contents,
  faultyDisk,
  finish,
  memoryDatabase,
  octets,
  pattern,
  put,
  systemError,
  temporaryFolder,
} from './support.ts'

const setting = (key: string): WriteOp => ({ type: 'putSetting', key, json: '1' })

const chunk = (writer: number): WriteOp => ({ type: 'chunk', writer, session: `c${writer}`, body: 1, bytes: pattern(chunkSize) }) // prettier-ignore
/** So many that they are a file. */
const large = (writer: number): WriteOp[] => [chunk(writer), chunk(writer), chunk(writer)]
const end = (writer: number): WriteOp => ({ type: 'finish', writer, session: `c${writer}`, body: 1, bytes: octets('x'), message: null }) // prettier-ignore

const count = (db: DatabaseSync, table: string): number => Number(db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n']) // prettier-ignore

/** Large contents in a folder on this disk. */
function onDisk(disk?: Disk) {
  const { db } = memoryDatabase()
  const folder = contents(disk)
  const tables = new Tables(db, folder)
  return { db, folder, tables, group: new GroupCommit(db, tables) }
}

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

it('fails a content with a piece that could not be written at its end, and costs the others nothing', () => {
  const { disk, faults } = faultyDisk()
  const { db, folder, group, tables } = onDisk(disk)
  expect(group.run([...large(1), ...large(2)]).failed).toEqual([])
  faults.write = systemError('ENOSPC')
  const outcome = group.run([setting('a'), chunk(1), finish('s', 9, 'small')])
  expect(outcome).toMatchObject({ failed: [[1, { code: 'full' }]], stored: [{ stored: { size: 5 } }] })
  delete faults.write
  const later = group.run([chunk(1), end(1), setting('b'), end(2)])
  expect(later.failed).toMatchObject([[0, { code: 'full' }], [1, { code: 'full' }]]) // prettier-ignore
  expect([tables.contents.find('c1', 1), tables.contents.find('c2', 1)?.size]).toEqual([
    null,
    3 * chunkSize + 1,
  ])
  expect(['a', 'b'].map((key) => tables.read({ type: 'getSetting', key }))).toEqual(['1', '1'])
  expect([...folder.names()]).toHaveLength(1)
  expect(db.isTransaction).toBe(false)
})

it('has nothing of a content whose row could not be stored, and its file only once', () => {
  const { folder, group, tables } = onDisk()
  group.run([...large(1), end(1)])
  const again = { ...end(2), session: 'c1' } as WriteOp
  const outcome = group.run([...large(2), again, ...large(3), end(3)])
  expect(outcome.failed.map(([index]) => index)).toEqual([3])
  expect([tables.contents.find('c1', 1)?.size, tables.contents.find('c3', 1)?.size]).toEqual([3 * chunkSize + 1, 3 * chunkSize + 1]) // prettier-ignore
  tables.contents.gone.unlink(60_000)
  expect([...folder.names()]).toHaveLength(2)
  expect(tables.contents.fileOctets()).toBe(2 * (3 * chunkSize + 1))
})

it('syncs octets and names of a file before its row is committed, the names of a group once', () => {
  const done: string[] = []
  const { disk } = faultyDisk()
  const { db, group } = onDisk({
    ...disk,
    sync: (fd) => {
      const isFolder = fstatSync(fd).isDirectory()
      done.push(`${isFolder ? 'names' : 'octets'} ${count(db, 'contents')}`)
      disk.sync(fd)
    },
  })
  group.run([...large(1), ...large(2)])
  expect(done).toEqual([])
  group.run([finish('c1', 1, 'x'), finish('c2', 2, 'x'), setting('a')])
  // Of the data folder, which names the contents' own, and of that.
  expect(done).toEqual(['octets 0', 'octets 1', 'names 2', 'names 2'])
  expect(db.isTransaction).toBe(false)
  group.run([finish('s', 1, 'small')])
  expect(done).toHaveLength(4)
})

it('tells failures of its own writes without failing the others', () => {
  const { db, tables } = memoryDatabase()
  const outcome = new GroupCommit(db, tables).run([setting('a')], [() => { throw new Error('own') }, () => tables.messages.setHead(1, { from: '', to: '', subject: '', attachments: 0, tags: [] }, [])]) // prettier-ignore
  expect(outcome).toMatchObject({ failed: [], ownFailed: [{ message: 'own' }] })
  expect(tables.read({ type: 'getSetting', key: 'a' })).toBe('1')
})

const synchronous = (db: DatabaseSync): unknown => db.prepare('PRAGMA synchronous').get()?.['synchronous']

it('syncs whatever somebody waits for, and begins no transaction for pieces', () => {
  const { db, tables } = memoryDatabase()
  const group = new GroupCommit(db, tables)
  const after = (writes: WriteOp[], own: OwnWrite[] = []): unknown => {
    expect(group.run(writes, own)).toMatchObject({ failed: [], ownFailed: [] })
    return synchronous(db)
  }
  // What may have been removed before the start asks for one that is synced.
  expect(after([], [() => undefined])).toBe(2)
  expect(after([], [() => undefined])).toBe(1)
  expect(after([chunk(1), { type: 'discard', writer: 2 }])).toBe(1)
  expect([after([chunk(1), put('s')]), after([chunk(1)]), after([], [() => undefined])]).toEqual([2, 2, 1])
  expect(after([chunk(1)], [() => undefined])).toBe(1)
  expect([after([end(1)]), after([], [() => undefined]), after([put('t')], [() => undefined])]).toEqual([
    2, 1, 2,
  ])
  // What is done again one by one is synced each time.
  group.run([{ ...end(5), session: 'c1' } as WriteOp, chunk(4)])
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

it('begins the log anew when a sync has failed, and takes nothing as long as it cannot', () => {
  const folder = temporaryFolder()
  const { db } = openDatabase({ folder, busyTimeout: 0 })
  onTestFinished(() => db.close())
  const tables = new Tables(db)
  const error = Object.assign(new Error('disk I/O error'), { errcode: 1034 })
  const { database, fail } = failing(db, error)
  const log = (): number => statSync(join(folder, 'relayscope.db-wal')).size
  const group = new GroupCommit(database, tables)
  group.run([], [() => tables.apply(finish('index', 1, 'x'.repeat(300_000)))])
  const before = log()
  fail()
  expect(group.run([setting('a')]).failed).toEqual([])
  expect(log()).toBeLessThan(before / 2)
  // A reader that is not done keeps the log from being begun anew.
  const rows = db.prepare('SELECT key FROM settings').iterate()
  rows.next()
  fail()
  expect(group.run([setting('b'), put('s')]).failed.map(([index]) => index)).toEqual([0, 1])
  rows.return?.()
  expect(group.run([setting('c'), end(2)]).failed).toEqual([])
  expect(tables.read({ type: 'getSetting', key: 'c' })).toBe('1')
})

it('goes on with the log where there was no room for a commit', () => {
  const { db, tables } = memoryDatabase()
  const error = Object.assign(new Error('database or disk is full'), { errcode: 13 })
  const { database, fail } = failing(db, error)
  const group = new GroupCommit(database, tables)
  group.run([chunk(1)])
  fail()
  expect(group.run([end(1), setting('a')]).failed).toEqual([])
  expect(tables.contents.find('c1', 1)?.size).toBe(chunkSize + 1)
})
