import { rmSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { ContentRows } from '#engine/store/contentRows.ts'
import { chunkSize } from '#engine/store/schema.ts'
import { plansOf } from './plans.ts'
import { leg, queued, queueOp } from './relaySamples.ts'
import { finish, lengthen, memoryDatabase, octets, pattern, text } from './support.ts'

const of = { writer: 1, session: 's', body: 1 }
const end = { ...of, type: 'finish', bytes: octets('end'), message: null } as const

/** A content of so many full chunks and a rest of 1000. */
function stored(contents: ContentRows, chunks: number) {
  const whole = pattern(chunks * chunkSize + 1000)
  for (let i = 0; i < chunks; i++)
    contents.chunk({ ...of, type: 'chunk', bytes: whole.slice(i * chunkSize, (i + 1) * chunkSize) })
  expect(contents.find('s', 1)).toBeNull()
  contents.finish({ ...end, bytes: whole.slice(chunks * chunkSize) }, null)
  contents.prepare(true)
  contents.committed()
  return { whole, found: contents.find('s', 1)! }
}
const count = (db: DatabaseSync, table: string): unknown => db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n'] // prettier-ignore

it.each([[0, 1], [2, 3], [3, 0], [5, 0]])('stores %i chunks and a rest, as %i rows or a file, and reads any range', (chunks, rows) => {
  const { db, tables: { contents } } = memoryDatabase()
  const { whole, found } = stored(contents, chunks)
  expect([count(db, 'chunks'), contents.fileOctets()]).toEqual([rows, rows === 0 ? whole.length : 0])
  expect(found).toMatchObject({ size: whole.length, message: null })
  for (const [from, size] of [[0, whole.length], [0, 10], [chunkSize - 5, 10], [chunkSize, chunkSize], [chunkSize - 1, chunkSize + 2], [whole.length - 3, 99], [whole.length, 5], [whole.length + 9, 5]] as const) {
    const { bytes, total } = contents.read(found, from, size)
    expect(total).toBe(whole.length)
    expect(Buffer.compare(bytes, whole.slice(from, from + size))).toBe(0)
  }
}) // prettier-ignore

it('reads large contents of databases of before', () => {
  const { db, tables } = memoryDatabase()
  const { n } = tables.contents.finish(end, null)
  lengthen(db, n, 40)
  const found = tables.contents.find('s', 1)!
  expect(found.size).toBe(40 * chunkSize + 3)
  expect(text(tables.contents.read(found, 40 * chunkSize, 9).bytes)).toBe('end')
  tables.contents.drop(n, found.size)
  expect([tables.contents.find('s', 1), count(db, 'chunks')]).toEqual([null, 41])
  while (tables.contents.clearAway());
  expect([count(db, 'chunks'), count(db, 'contents')]).toEqual([0, 0])
})

it('stores empty content', () => {
  const { contents } = memoryDatabase().tables
  const finished = contents.finish({ ...end, bytes: octets('') }, null)
  expect(contents.read(finished, 0, 10)).toEqual({ bytes: new Uint8Array(0), total: 0 })
})

it.each([1, 3])('a content of %i chunks outlives a transaction that was rolled back', (chunks) => {
  const { db, tables } = memoryDatabase()
  const { contents } = tables
  for (let i = 0; i < chunks; i++) contents.chunk({ ...of, type: 'chunk', bytes: pattern(chunkSize, i) })
  db.exec('BEGIN')
  contents.finish(end, null)
  contents.prepare(true)
  db.exec('ROLLBACK')
  contents.rolledBack()
  expect([contents.isNew(1), contents.find('s', 1), contents.fileOctets()]).toEqual([false, null, 0])
  contents.finish(end, null)
  contents.prepare(true)
  contents.committed()
  const found = contents.find('s', 1)!
  expect([contents.isNew(1), found.size]).toEqual([true, chunks * chunkSize + 3])
  expect(text(contents.read(found, chunks * chunkSize, 9).bytes)).toBe('end')
  contents.discard(1)
  expect(contents.read(found, 0, 1).bytes).toHaveLength(1)
})

it('discarding leaves nothing', () => {
  const { db, tables } = memoryDatabase()
  for (let i = 0; i < 4; i++) tables.contents.chunk({ ...of, type: 'chunk', bytes: pattern(chunkSize) })
  expect([...tables.contents.files.folder.names()]).toHaveLength(1)
  tables.contents.discard(1)
  tables.contents.gone.unlink(5)
  expect([...tables.contents.files.folder.names(), count(db, 'contents')]).toEqual([0])
})

it('takes the database for no damaged one when what is read was removed since', () => {
  const { tables } = memoryDatabase()
  const small = tables.contents.finish({ ...end, body: 2 }, null)
  const { found: large } = stored(tables.contents, 3)
  for (const finished of [small, large]) {
    tables.contents.remove(finished.n)
    expect(() => tables.contents.read(finished, 0, 3)).toThrow(expect.objectContaining({ code: 'failed', message: `Content ${finished.n} was removed.` })) // prettier-ignore
  }
})

it('says that a chunk or a file is missing rather than give wrong octets', () => {
  const { db, tables } = memoryDatabase()
  const finished = tables.contents.finish({ ...end, body: 2 }, null)
  db.exec('DELETE FROM chunks')
  expect(() => tables.contents.read(finished, 0, 3)).toThrow('lacks a chunk')
  const { found } = stored(tables.contents, 3)
  const [name = ''] = tables.contents.files.folder.names()
  rmSync(tables.contents.files.folder.pathOf(name))
  expect(() => tables.contents.read(found, 0, 3)).toThrow(/^The content of s\.1 is lost: its file .*ENOENT/)
  db.prepare('UPDATE contents SET file = ? WHERE n = ?').run('../../etc/passwd', found.n)
  expect(() => tables.contents.read(found, 0, 3)).toThrow('"../../etc/passwd" is no name of a content')
})

it('counts what a session gave to the relay, and no other body, by index', () => {
  const { db, tables } = memoryDatabase()
  for (const message of [queued('s', 1), queued('s', 2), queued('other', 1)]) tables.apply(queueOp(message, [leg(message)])) // prettier-ignore
  tables.apply(finish('s', 3, 'beside them', null))
  tables.apply(finish('s', 4, 'in the box'))
  expect(['s', 'other', 'none'].map((id) => tables.contents.relayedOf(id))).toEqual([2, 1, 0])
  // Of each as it is stored: relayedOf and a session's removal look at what is no message only.
  expect(db.prepare('SELECT count(*) AS n FROM contents WHERE relayed = 1 AND message IS NOT NULL').get()).toEqual({ n: 0 }) // prettier-ignore
  const plans = plansOf(db, 'relayed', () => void new ContentRows(db)).filter(({ sql }) => sql.startsWith('SELECT')) // prettier-ignore
  expect(plans.map(({ steps }) => steps)).toEqual([
    ['SEARCH contents USING INDEX contents_beside (session=?)'],
  ])
})
