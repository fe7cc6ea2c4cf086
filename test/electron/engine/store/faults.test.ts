import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { codeOf, faultOf, toStoreError } from '#engine/store/faults.ts'
import { StoreError } from '#engine/store/types.ts'

const sqlite = (errcode: number) => Object.assign(new Error('why'), { code: 'ERR_SQLITE_ERROR', errcode })

it.each([
  [sqlite(13), 'full'],
  [sqlite(5), 'locked'],
  [sqlite(517), 'locked'],
  [sqlite(8), 'readonly'],
  [sqlite(776), 'readonly'],
  [sqlite(14), 'readonly'],
  [sqlite(11), 'corrupt'],
  [sqlite(26), 'corrupt'],
  [sqlite(19), 'failed'],
  [Object.assign(new Error('x'), { code: 'ENOSPC' }), 'full'],
  [Object.assign(new Error('x'), { code: 'EACCES' }), 'readonly'],
  [new StoreError('closed', 'x'), 'closed'],
  [new Error('x'), 'failed'],
  ['x', 'failed'],
  [null, 'failed'],
])('tells the code of %o', (error, code) => {
  expect(codeOf(error)).toBe(code)
})

it('says of a folder in the place of the database what to do about it', () => {
  const error = Object.assign(new Error('EISDIR: illegal operation'), { code: 'EISDIR' })
  expect(faultOf(error, '/data/relayscope.db').message).toBe('/data/relayscope.db: A folder is where the database belongs. Move it away, or choose another data folder. (EISDIR: illegal operation)') // prettier-ignore
})

it('names the file, the remedy and the reason', () => {
  const fault = faultOf(sqlite(13), '/data/relayscope.db')
  expect(fault.message).toBe('/data/relayscope.db: The disk is full. Free some space; nothing that was confirmed is lost. (why)') // prettier-ignore
  expect(toStoreError(fault)).toMatchObject({ code: 'full', name: 'StoreError' })
  expect(faultOf(new StoreError('failed', 'as is'), '/x')).toEqual({ code: 'failed', message: 'as is' })
})

it('knows a full database from SQLite itself', () => {
  const db = new DatabaseSync(':memory:')
  db.exec('CREATE TABLE t (x); PRAGMA max_page_count = 2')
  let error: unknown
  try {
    db.prepare('INSERT INTO t VALUES (zeroblob(100000))').run()
  } catch (thrown) {
    error = thrown
  }
  expect(codeOf(error)).toBe('full')
})
