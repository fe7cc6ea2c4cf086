import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { databasePath, markSuspect, openDatabase } from '#engine/store/open.ts'
import { chunkSize, migrate, migrations, rowOf } from '#engine/store/schema.ts'
import { Tables } from '#engine/store/tables.ts'
import { plansOf } from './plans.ts'
import { finish, memoryDatabase, octets, pattern, put, temporaryFolder } from './support.ts'

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

/** A message with a content large enough for a file; answers with the octets. */
function storeLarge(tables: Tables): Uint8Array {
  const part = pattern(chunkSize)
  for (let i = 0; i < 3; i++) tables.apply({ type: 'chunk', writer: 1, session: 's', body: 1, bytes: part })
  tables.apply(finish('s', 1, 'end'))
  tables.prepare(true)
  tables.committed()
  return Buffer.concat([part, part, part, octets('end')])
}

it('sets the contents aside with their damaged database, and says where', () => {
  const folder = temporaryFolder()
  const first = openDatabase(options(folder))
  const whole = storeLarge(new Tables(first.db))
  first.db.close()
  writeFileSync(databasePath(folder), 'no database any more '.repeat(500))
  const { db, notices, setAside } = openDatabase(options(folder), new Date('2026-01-02T03:04:05Z'))
  const aside = join(folder, 'relayscope.damaged-2026-01-02T03-04-05-000Z')
  expect([notices, setAside]).toEqual([
    [
      `The database was damaged. It was set aside as ${aside}.db, and a new one was begun.`,
      `The contents of its large messages were set aside as ${aside}.contents.`,
    ],
    `${aside}.db`,
  ])
  const [name = ''] = readdirSync(`${aside}.contents`)
  expect(Buffer.compare(readFileSync(join(`${aside}.contents`, name)), whole)).toBe(0)
  storeLarge(new Tables(db))
  expect(readdirSync(join(folder, 'contents'))).toHaveLength(1)
  db.close()
})

it('keeps contents whose database somebody took away', () => {
  const folder = temporaryFolder()
  const first = openDatabase(options(folder))
  storeLarge(new Tables(first.db))
  first.db.close()
  for (const end of ['', '-wal']) rmSync(databasePath(folder) + end, { force: true })
  const { db, notices } = openDatabase(options(folder), new Date('2026-01-02T03:04:05Z'))
  const left = join(folder, 'relayscope.left-2026-01-02T03-04-05-000Z.contents')
  expect(notices).toEqual([`Contents of messages were found without their database. They were set aside as ${left}.`])
  expect(readdirSync(left)).toHaveLength(1)
  db.close()
}) // prettier-ignore

it('leaves contents where they are when the database is refused', () => {
  const folder = temporaryFolder()
  const foreign = new DatabaseSync(databasePath(folder))
  foreign.exec('PRAGMA application_id = 7')
  foreign.close()
  mkdirSync(join(folder, 'contents'))
  writeFileSync(join(folder, 'contents', 'a'), 'x')
  expect(() => openDatabase(options(folder))).toThrow('a database of another program')
  expect(readdirSync(folder).toSorted()).toEqual(['contents', 'relayscope.db'])
  expect(readdirSync(join(folder, 'contents'))).toEqual(['a'])
})

it('brings a database of before version 7 forward: its contents are read as they were, new ones are files', () => {
  const folder = temporaryFolder()
  const old = new DatabaseSync(databasePath(folder))
  migrate(old, 'f', migrations.slice(0, 6))
  const part = pattern(chunkSize)
  old.exec(`INSERT INTO contents (n, session, body, size, done, message) VALUES (1, 'old', 1, ${3 * chunkSize}, 1, 1), (2, 'half', 1, 0, 0, NULL);
    INSERT INTO messages (n, content, id, session, receivedAt, mailFrom, rcptTo, port, sealed, size) VALUES (1, 1, 'old.1', 'old', '2026-01-02T03:04:05.000Z', '', '[]', 25, 0, ${3 * chunkSize})`)
  const chunk = old.prepare('INSERT INTO chunks (row, bytes) VALUES (?, ?)')
  for (let i = 0; i < 3; i++) chunk.run(rowOf(1, i), part)
  chunk.run(rowOf(2, 0), part)
  old.close()
  const { db, notices } = openDatabase(options(folder))
  expect(notices).toEqual([`The database was brought from version 6 to ${migrations.length}.`])
  const tables = new Tables(db)
  storeLarge(tables)
  const read = (id: string) =>
    tables.contents.read(tables.messages.content(id)!, 2 * chunkSize, 2 * chunkSize)
  expect(Buffer.compare(read('old.1').bytes, part)).toBe(0)
  expect([read('s.1').total, readdirSync(join(folder, 'contents')).length]).toEqual([3 * chunkSize + 3, 1])
  expect(db.prepare('SELECT count(*) AS n FROM chunks').get()).toEqual({ n: 3 })
  db.close()
})

it('breaks off what was live when the program was killed', () => {
  const folder = temporaryFolder()
  const first = openDatabase(options(folder))
  new Tables(first.db).apply(put('live', 1, 2, { state: 'live' }))
  first.db.close()
  const { db } = openDatabase(options(folder))
  expect(new Tables(db).sessions.summary('live')).toContain('"Broken off: Relayscope stopped"')
  db.close()
})

it('names in the summary of a session that was live every message it delivered, over whatever is damaged', () => {
  const folder = temporaryFolder()
  const first = openDatabase(options(folder))
  const tables = new Tables(first.db)
  for (const id of ['live', 'damaged']) {
    tables.apply(put(id, 1, 2, { state: 'live', messages: [`${id}.1`] }))
    for (const body of [1, 2, 3]) tables.apply(finish(id, body, 'x'))
  }
  first.db.exec("UPDATE sessions SET summary = '{' WHERE id = 'damaged'")
  first.db.close()
  const { db, notices } = openDatabase(options(folder))
  const { sessions } = new Tables(db)
  expect(JSON.parse(sessions.summary('live') ?? '')).toMatchObject({ state: 'ended', words: 'Broken off: Relayscope stopped', messages: ['live.1', 'live.2', 'live.3'] }) // prettier-ignore
  expect([sessions.summary('damaged'), notices]).toEqual(['{', []])
  expect(db.prepare('SELECT ended FROM sessions').all()).toEqual([{ ended: 1 }, { ended: 1 }])
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
  const plans = plansOf(memoryDatabase().db, 'contents', () => openDatabase(options(folder)).db.close())
  expect(plans.find(({ sql }) => sql.includes('session = ?'))?.steps).toEqual(['SEARCH contents USING INDEX contents_beside (session=?)']) // prettier-ignore
  const { db } = openDatabase(options(folder))
  expect(db.prepare('SELECT id FROM sessions').all()).toEqual([{ id: 'whole' }])
  expect(db.prepare('SELECT count(*) AS n FROM segments').get()).toEqual({ n: 1 })
  expect(db.prepare('SELECT session FROM contents').all()).toEqual([{ session: 'whole' }])
  expect(db.prepare('SELECT count(*) AS n FROM chunks').get()).toEqual({ n: 1 })
  db.close()
})

function setRule(db: DatabaseSync, sql: string): void {
  db.prepare("UPDATE sqlite_schema SET sql = ? WHERE name = 'contents'").run(sql)
}

/** A file of version 7 whose table of contents is not what its unique index says: something else wrote into it. */
function disagreeing(folder: string, change: string): void {
  const path = databasePath(folder)
  const write = (work: (db: DatabaseSync) => void): void => {
    const db = new DatabaseSync(path)
    db.enableDefensive(false)
    db.exec('PRAGMA writable_schema = ON')
    work(db)
    db.close()
  }
  const index = "name = 'sqlite_autoindex_contents_1'"
  const made = new DatabaseSync(path)
  migrate(made, path, migrations.slice(0, 7))
  made.exec("INSERT INTO contents (n, session, body, size, done) VALUES (1, 'a', 1, 5, 1), (2, 'a', 2, 5, 1)")
  const page = Number(made.prepare(`SELECT rootpage FROM sqlite_schema WHERE ${index}`).get()?.['rootpage'])
  const whole = String(made.prepare("SELECT sql FROM sqlite_schema WHERE name = 'contents'").get()?.['sql'])
  made.close()
  write((db) => {
    setRule(db, whole.replace(/,\s*UNIQUE \(session, body\)/, ''))
    db.exec(`DELETE FROM sqlite_schema WHERE ${index}`)
  })
  write((db) => {
    db.exec(change)
    setRule(db, whole)
    db.exec(`INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES ('index', 'sqlite_autoindex_contents_1', 'contents', ${page}, NULL)`)
  }) // prettier-ignore
}

it.each([
  ['lost a row', 'DELETE FROM contents WHERE n = 2', true],
  ['has a row twice', 'UPDATE contents SET body = 1 WHERE n = 2', true],
  ['has a row twice, which nobody suspects', 'UPDATE contents SET body = 1 WHERE n = 2', false],
])('sets aside an old database that %s, before its tables are made anew', (_, change, suspect) => {
  const folder = temporaryFolder()
  disagreeing(folder, change)
  if (suspect) markSuspect(databasePath(folder))
  const { db, setAside } = openDatabase(options(folder))
  expect(setAside).toMatch(/relayscope\.damaged-.*\.db$/)
  expect(db.prepare('SELECT count(*) AS n FROM contents').get()).toEqual({ n: 0 })
  db.close()
})
