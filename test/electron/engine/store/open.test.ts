import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { databasePath, markSuspect, openDatabase } from '#engine/store/open.ts'
import { Tables } from '#engine/store/tables.ts'
import { finish, octets, put, temporaryFolder } from './support.ts'

const options = (folder: string) => ({ folder, busyTimeout: 10 })

it('makes folder and file for their owner only', () => {
  const folder = join(temporaryFolder(), 'data')
  const { db, path } = openDatabase(options(folder))
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(statSync(`${path}-wal`).mode & 0o777).toBe(0o600)
  expect(db.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 })
  expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
  db.close()
  chmodSync(path, 0o644)
  openDatabase(options(folder)).db.close()
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

it('lets one user in at a time', () => {
  const folder = temporaryFolder()
  const { db } = openDatabase(options(folder))
  expect(() => openDatabase(options(folder))).toThrow(/locked/)
  db.close()
  openDatabase(options(folder)).db.close()
})

it('sets a damaged file aside, keeps it, and says where', () => {
  const folder = temporaryFolder()
  writeFileSync(databasePath(folder), 'this is no database, but it may be all that somebody has'.repeat(100))
  const { db, notices } = openDatabase(options(folder), new Date('2026-01-02T03:04:05Z'))
  const aside = join(folder, 'relayscope.damaged-2026-01-02T03-04-05-000Z.db')
  expect(notices[0]).toContain(aside)
  expect(readFileSync(aside, 'utf8')).toContain('no database')
  db.close()
})

it('checks the whole file on the start after damage was met', () => {
  const folder = temporaryFolder()
  const first = openDatabase(options(folder))
  const tables = new Tables(first.db)
  for (let i = 1; i < 200; i++) tables.apply(finish(`s${i}`, 1, 'x'.repeat(3000)))
  first.db.close()
  const path = databasePath(folder)
  markSuspect(path)
  const whole = openDatabase(options(folder))
  expect(whole.notices).toEqual([])
  whole.db.close()
  expect(existsSync(`${path}.suspect`)).toBe(false)

  const bytes = readFileSync(path)
  bytes.fill(0x55, bytes.length / 2, bytes.length / 2 + 8192)
  writeFileSync(path, bytes)
  markSuspect(path)
  const { db, notices, setAside } = openDatabase(options(folder))
  expect(notices[0]).toMatch(/damaged/)
  expect(setAside).toMatch(/relayscope\.damaged-.*\.db$/)
  expect(readdirSync(folder).some((name) => name.startsWith('relayscope.damaged-'))).toBe(true)
  db.close()
})

it('tidies what a crash left: live sessions are broken off, unfinished content is gone', () => {
  const folder = temporaryFolder()
  const first = openDatabase(options(folder))
  const tables = new Tables(first.db)
  tables.apply(put('live', 1, 2, { state: 'live' }))
  tables.apply({ type: 'chunk', writer: 9, session: 'live', body: 1, bytes: octets('half') })
  tables.apply(finish('done', 1, 'whole'))
  first.db.close()
  const { db } = openDatabase(options(folder))
  expect(new Tables(db).sessions.summary('live')).toContain('"Broken off: Relayscope stopped"')
  expect(db.prepare('SELECT count(*) AS n FROM chunks').get()).toEqual({ n: 1 })
  expect(db.prepare('SELECT session FROM contents').all()).toEqual([{ session: 'done' }])
  db.close()
})

it('of a file that was being read when the program was killed nothing stays', () => {
  const folder = temporaryFolder()
  const first = openDatabase(options(folder))
  const tables = new Tables(first.db)
  tables.apply(put('half', 1, 2, { source: 'import', state: 'live' }))
  tables.apply(finish('half', 1, 'a body', null))
  tables.apply(put('whole', 1, 2, { source: 'import' }))
  tables.apply(finish('whole', 1, 'another', null))
  expect(tables.sessions.list({ type: 'listTranscripts', limit: 9 })).toMatchObject({ total: 1 })
  first.db.close()
  const { db } = openDatabase(options(folder))
  expect(db.prepare('SELECT id FROM sessions').all()).toEqual([{ id: 'whole' }])
  expect(db.prepare('SELECT count(*) AS n FROM segments').get()).toEqual({ n: 1 })
  expect(db.prepare('SELECT session FROM contents').all()).toEqual([{ session: 'whole' }])
  expect(db.prepare('SELECT count(*) AS n FROM chunks').get()).toEqual({ n: 1 })
  db.close()
})
