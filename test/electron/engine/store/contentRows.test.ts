import { expect, it } from 'vitest'
import { chunkSize } from '#engine/store/schema.ts'
import { memoryDatabase, octets, pattern, text } from './support.ts'

const of = { writer: 1, session: 's', body: 1 }

it('stores chunks and rest and reads any range', () => {
  const { contents } = memoryDatabase().tables
  const whole = pattern(2 * chunkSize + 1000)
  contents.chunk({ ...of, type: 'chunk', bytes: whole.slice(0, chunkSize) })
  contents.chunk({ ...of, type: 'chunk', bytes: whole.slice(chunkSize, 2 * chunkSize) })
  expect(contents.find('s', 1)).toBeNull()
  contents.finish({ ...of, type: 'finish', bytes: whole.slice(2 * chunkSize), message: null }, null)
  contents.committed()
  const found = contents.find('s', 1)!
  expect(found).toMatchObject({ size: whole.length, message: null })
  for (const [from, size] of [[0, whole.length], [0, 10], [chunkSize - 5, 10], [chunkSize, chunkSize], [chunkSize - 1, chunkSize + 2], [whole.length - 3, 99], [whole.length, 5], [whole.length + 9, 5]] as const) {
    const { bytes, total } = contents.read(found, from, size)
    expect(total).toBe(whole.length)
    expect(Buffer.compare(bytes, whole.slice(from, from + size))).toBe(0)
  }
}) // prettier-ignore

it('stores empty content', () => {
  const { contents } = memoryDatabase().tables
  const finished = contents.finish({ ...of, type: 'finish', bytes: octets(''), message: null }, null)
  expect(contents.read(finished, 0, 10)).toEqual({ bytes: new Uint8Array(0), total: 0 })
})

it('forgets a transaction that was rolled back and goes on from before it', () => {
  const { db, tables } = memoryDatabase()
  const { contents } = tables
  contents.chunk({ ...of, type: 'chunk', bytes: pattern(chunkSize) })
  contents.committed()
  db.exec('BEGIN')
  contents.chunk({ ...of, type: 'chunk', bytes: pattern(chunkSize, 2) })
  db.exec('ROLLBACK')
  contents.rolledBack()
  contents.finish({ ...of, type: 'finish', bytes: octets('end'), message: null }, null)
  const found = contents.find('s', 1)!
  expect(found.size).toBe(chunkSize + 3)
  expect(text(contents.read(found, chunkSize, 9).bytes)).toBe('end')
})

it('refuses everything of a poisoned content, so that none has a hole; discarding removes its chunks', () => {
  const { db, tables } = memoryDatabase()
  tables.contents.chunk({ ...of, type: 'chunk', bytes: pattern(chunkSize) })
  tables.contents.poison(1, new Error('full'))
  expect(() => tables.contents.chunk({ ...of, type: 'chunk', bytes: octets('x') })).toThrow('full')
  expect(() => tables.contents.finish({ ...of, type: 'finish', bytes: octets('x'), message: null }, null)).toThrow('full')
  tables.contents.discard(1)
  expect(db.prepare('SELECT (SELECT count(*) FROM chunks) + (SELECT count(*) FROM contents) AS n').get()).toEqual({ n: 0 })
}) // prettier-ignore

it('says that a chunk is missing rather than give wrong octets', () => {
  const { db, tables } = memoryDatabase()
  const finished = tables.contents.finish(
    { ...of, type: 'finish', bytes: octets('abc'), message: null },
    null,
  )
  db.exec('DELETE FROM chunks')
  expect(() => tables.contents.read(finished, 0, 3)).toThrow('lacks a chunk')
})
