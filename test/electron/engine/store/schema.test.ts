import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { firstLocalBody } from '#shared/relay/localBody.ts'
import { applicationId, migrate, migrations, rowOf, rowsOf, senderKey } from '#engine/store/schema.ts'

const version = (db: DatabaseSync) => db.prepare('PRAGMA user_version').get()?.['user_version']

it('makes a new database and leaves a finished one alone', () => {
  const db = new DatabaseSync(':memory:')
  expect(migrate(db, 'f')).toEqual([])
  expect(version(db)).toBe(migrations.length)
  expect(db.prepare('PRAGMA application_id').get()).toEqual({ application_id: applicationId })
  expect(migrate(db, 'f')).toEqual([])
})

it('brings an older database forward, each step once, and says so', () => {
  const db = new DatabaseSync(':memory:')
  migrate(db, 'f', ['CREATE TABLE a (x)'])
  const steps = ['CREATE TABLE a (x)', 'CREATE TABLE b (x)', 'CREATE TABLE c (x)']
  expect(migrate(db, 'f', steps)).toEqual(['The database was brought from version 1 to 3.'])
  expect(version(db)).toBe(3)
})

it('leaves a database as it was when a step fails', () => {
  const db = new DatabaseSync(':memory:')
  migrate(db, 'f', ['CREATE TABLE a (x)'])
  expect(() => migrate(db, 'f', ['CREATE TABLE a (x)', 'CREATE TABLE b (x); CREATE TABLE a (x)'])).toThrow()
  if (db.isTransaction) db.exec('ROLLBACK')
  expect(version(db)).toBe(1)
  expect(db.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'b'").get()).toEqual({ n: 0 })
})

it('refuses a newer database and one of another program, in words', () => {
  const db = new DatabaseSync(':memory:')
  migrate(db, 'f')
  db.exec('PRAGMA user_version = 99')
  expect(() => migrate(db, '/d/r.db')).toThrow(
    /\/d\/r\.db was written by a newer Relayscope \(database version 99/,
  )
  const other = new DatabaseSync(':memory:')
  other.exec('CREATE TABLE t (x)')
  expect(() => migrate(other, '/d/r.db')).toThrow('/d/r.db is a database of another program')
})

it('looks again at sessions that left messages, and sorts by size and sender without sorting', () => {
  const db = new DatabaseSync(':memory:')
  migrate(db, 'f', migrations.slice(0, 3))
  const session = db.prepare("INSERT INTO sessions (id, source, ended, indexed, events, segments, summary) VALUES (?, 'server', 1, 1, 1, 1, ?)") // prettier-ignore
  session.run('kept', '{"messages":["kept.1"]}')
  session.run('none', '{"messages":[]}')
  db.exec("INSERT INTO sessionText (rowid, host, words, wire) VALUES (1, 'a', 'b', 'c'), (2, 'a', 'b', 'c')")
  expect(migrate(db, 'f')).toEqual([`The database was brought from version 3 to ${migrations.length}.`])
  expect(db.prepare('SELECT id FROM sessions WHERE indexed = 0').all()).toEqual([{ id: 'kept' }])
  expect(db.prepare("SELECT rowid AS n FROM sessionText WHERE sessionText MATCH 'a'").all()).toEqual([{ n: 2 }]) // prettier-ignore
  for (const order of ['size', senderKey]) {
    const plan = db.prepare(`EXPLAIN QUERY PLAN SELECT * FROM messages WHERE outcome = 'kept' ORDER BY ${order}, n LIMIT 5`).all() // prettier-ignore
    expect(plan.map((step) => step['detail'])).toEqual([
      expect.stringMatching(/^SEARCH messages USING INDEX messages_(?:size|sender) \(outcome=\?\)$/),
    ])
  }
})

it('adds the queue of the relay to what is there, and finds what is open and what is over by index', () => {
  const db = new DatabaseSync(':memory:')
  migrate(db, 'f', migrations.slice(0, 4))
  db.exec("INSERT INTO contents (session, body, size, done, message) VALUES ('s', 1, 0, 1, NULL)")
  migrate(db, 'f')
  expect(db.prepare('SELECT relayed FROM contents').all()).toEqual([{ relayed: 0 }])
  const plan = (rest: string) => db.prepare(`EXPLAIN QUERY PLAN SELECT * FROM ${rest}`).all().map((step) => step['detail']) // prettier-ignore
  expect(plan('relayLegs WHERE over IS NULL AND n > 5 ORDER BY n LIMIT 9')).toEqual(['SEARCH relayLegs USING INDEX relayLegs_open (n>?)']) // prettier-ignore
  expect(plan("relayLegs WHERE state = 'bounced' AND over < 9 ORDER BY over DESC LIMIT 9")).toEqual([
    'SEARCH relayLegs USING INDEX relayLegs_over (state=? AND over<?)',
  ])
  for (const name of ['messageId', 'envid'])
    expect(plan(`relayMessages WHERE ${name} = 'x' ORDER BY n DESC`)).toEqual([`SEARCH relayMessages USING INDEX relayMessages_${name} (${name}=?)`]) // prettier-ignore
})

it('says of what the relay has already what it weighs and which dialogues it points to, damaged rows left alone', () => {
  const db = new DatabaseSync(':memory:')
  migrate(db, 'f', migrations.slice(0, 5))
  const session = db.prepare('INSERT INTO sessions (n, id, source, ended, events, segments, summary) VALUES (?, ?, ?, 1, 1, 1, ?)') // prettier-ignore
  for (const [n, id, source] of [[1, 'in', 'server'], [2, 'd', 'relay'], [3, 'e', 'relay'], [4, 'box', 'server']] as const) session.run(n, id, source, '{}') // prettier-ignore
  db.prepare('INSERT INTO segments (row, first, count, lines) VALUES (?, 1, 1, ?)').run(rowOf(2, 0), '{"a":1}')
  db.exec("INSERT INTO contents (n, session, body, size, done, relayed) VALUES (7, 'in', 1, 50, 1, 1), (8, 'box', 1, 9, 1, 0)")
  db.exec("INSERT INTO relayMessages (n, id, open, alone, json) VALUES (7, 'in.1', 0, 0, '{}'), (9, 'own.1', 0, 1, '{}')")
  const leg = db.prepare("INSERT INTO relayLegs (n, state, over, json) VALUES (?, 'delivered', 1, ?)")
  leg.run(rowOf(7, 1), '{"history":[{"session":"d"},{"session":"d"},{"words":"no"},3]}')
  leg.run(rowOf(7, 2), '{')
  leg.run(rowOf(7, 3), '{"history":5}')
  migrate(db, 'f')
  expect(db.prepare('SELECT n, size FROM relayMessages').all()).toEqual([{ n: 7, size: 50 }, { n: 9, size: 0 }])
  expect(db.prepare('SELECT leg, session FROM relayTries').all()).toEqual([{ leg: rowOf(7, 1), session: 'd' }])
  expect(db.prepare('SELECT loose, octets FROM sessions ORDER BY n').all().map((row) => Object.values(row))).toEqual([[2, 0], [1, 7], [1, 0], [0, 0]])
}) // prettier-ignore

it('notes the name of the file of each content whose row is removed, whichever way', () => {
  const db = new DatabaseSync(':memory:')
  migrate(db, 'f', migrations.slice(0, 6))
  db.exec("INSERT INTO contents (n, session, body, size, done) VALUES (1, 'before', 1, 5, 1)")
  migrate(db, 'f')
  const insert = db.prepare('INSERT INTO contents (n, session, body, size, done, message, file) VALUES (?, ?, 1, 9, 1, ?, ?)') // prettier-ignore
  for (const [n, message, file] of [[2, null, 'b'], [3, 1, 'c'], [4, 2, 'd'], [5, null, null], [6, null, 'f']] as const) insert.run(n, `s${n}`, message, file) // prettier-ignore
  expect(() => insert.run(7, 's7', null, 'b')).toThrow('UNIQUE constraint failed: contents.file')
  db.exec('DELETE FROM contents WHERE n IN (1, 2, 5); DELETE FROM contents WHERE message IS NOT NULL')
  expect(db.prepare('SELECT file, chosen FROM filesGone').all().map((row) => Object.values(row))).toEqual([['b', 0], ['c', 0], ['d', 0]]) // prettier-ignore
})

/** A database of version 7 with every kind of content: of the box, of the relay, beside them, in a file, doomed, half. */
function versionSeven(): DatabaseSync {
  const db = new DatabaseSync(':memory:')
  migrate(db, 'f', migrations.slice(0, 7))
  db.exec(`
    INSERT INTO contents (n, session, body, size, done, message, relayed, file) VALUES
      (1, 'a', 1, 5, 1, 11, 0, NULL), (2, 'a', 2, 900000, 1, 12, 0, 'two'), (3, 'r', 1, 7, 1, NULL, 1, NULL), (4, 'r', 2, 900001, 1, NULL, 1, 'four'),
      (5, 'removed 5', 0, 9000000, 2, NULL, 0, NULL), (6, 'b', 1, 3, 1, NULL, 0, NULL), (7, 'c', 1, 0, 0, NULL, 0, NULL), (90, 'b', 2, 4, 1, 13, 0, NULL);
    INSERT INTO messages (n, content, id, session, receivedAt, mailFrom, rcptTo, port, sealed, size) VALUES
      (11, 1, 'a.1', 'a', 't', '', '[]', 25, 0, 5), (12, 2, 'a.2', 'a', 't', '', '[]', 25, 0, 900000), (13, 90, 'b.2', 'b', 't', '', '[]', 25, 0, 4);
    INSERT INTO relayMessages (n, id, open, alone, json) VALUES (3, 'r.1', 1, 0, '{}'), (4, 'r.2', 0, 0, '{}');
    INSERT INTO chunks (row, bytes) VALUES (${rowOf(1, 0)}, 'hello'), (${rowOf(5, 0)}, 'part'), (${rowOf(7, 0)}, 'half'), (${rowOf(7, 1)}, 'half'), (${rowOf(8, 0)}, 'next');
    INSERT INTO filesGone (file, chosen) VALUES ('before', 1)`)
  return db
}

const half = (row: Record<string, unknown>): boolean => row['done'] === 0 || row['bytes'] === 'half'

it('makes the table of contents anew with another order of its index: nothing is lost, nothing noted as gone', () => {
  const db = versionSeven()
  const rows = (table: string) => db.prepare(`SELECT * FROM ${table} ORDER BY 1`).all()
  const tables = ['contents', 'messages', 'relayMessages', 'chunks', 'filesGone']
  const before = tables.map((table) => rows(table).filter((row) => !half(row)))
  const kept = () => db.prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name IN ('contents_doomed', 'contents_file', 'contents_gone') ORDER BY name").all() // prettier-ignore
  const columns = () => db.prepare("SELECT * FROM pragma_table_info('contents')").all()
  const [objects, shape] = [kept(), columns()]
  expect(migrate(db, 'f')).toEqual([`The database was brought from version 7 to ${migrations.length}.`])
  expect(tables.map(rows)).toEqual(before)
  expect([kept(), columns()]).toEqual([objects, shape])
  expect(db.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
  const others = db.prepare("SELECT name FROM sqlite_schema WHERE tbl_name LIKE 'contents%' OR sql LIKE '%contentsAnew%' ORDER BY name").all() // prettier-ignore
  expect(others.map(({ name }) => name)).toEqual(['contents', 'contents_beside', 'contents_body', 'contents_doomed', 'contents_file', 'contents_gone', 'contents_local']) // prettier-ignore

  const insert = (session: string, body: number, file: string | null) =>
    db.prepare('INSERT INTO contents (session, body, size, done, file) VALUES (?, ?, 1, 1, ?) RETURNING n, relayed').get(session, body, file) // prettier-ignore
  expect(insert('a', 3, null)).toEqual({ n: 91, relayed: 0 })
  expect(() => insert('a', 2, null)).toThrow('UNIQUE constraint failed: contents.body, contents.session')
  expect(() => insert('a', 9, 'two')).toThrow('UNIQUE constraint failed: contents.file')
  db.exec('DELETE FROM contents WHERE message IS NOT NULL')
  expect(rows('filesGone').map(({ file }) => file)).toEqual(['before', 'two'])
  expect(rows('contents').map(({ n }) => n)).toEqual([3, 4, 5, 6, 91])
})

it('names the messages that a crash had kept from the summaries of before, and touches no others', () => {
  const db = versionSeven()
  const session = db.prepare("INSERT INTO sessions (id, source, ended, events, segments, summary) VALUES (?, 'server', ?, 1, 1, ?)") // prettier-ignore
  const words = 'Broken off: Relayscope stopped'
  const all = [
    ['a', 1, JSON.stringify({ id: 'a', words, messages: ['a.10', 'a.2'] })],
    ['r', 1, JSON.stringify({ words, messages: [] })],
    ['b', 1, JSON.stringify({ words: 'Message kept, 250', messages: [] })],
    ['90', 0, JSON.stringify({ words, messages: [] })],
    ['d', 1, '{'],
    ['e', 1, JSON.stringify({ words, messages: 5 })],
  ] as const
  const content = db.prepare(
    'INSERT INTO contents (session, body, size, done, message) VALUES (?, 1, 1, 1, 14)',
  )
  for (const [id, ended, summary] of all) session.run(id, ended, summary)
  for (const id of ['90', 'd', 'e']) content.run(id)
  db.exec(
    `INSERT INTO contents (session, body, size, done, message) VALUES ('a', ${firstLocalBody}, 1, 1, 15), ('r', ${firstLocalBody}, 1, 1, 16)`,
  )
  migrate(db, 'f')
  const [first, ...others] = db.prepare('SELECT summary FROM sessions ORDER BY n').all()
  expect(first).toEqual({ summary: JSON.stringify({ id: 'a', words, messages: ['a.1', 'a.2', 'a.10'] }) })
  expect(others.map(({ summary }) => summary)).toEqual(all.slice(1).map(([, , summary]) => summary))
})

it('numbers rows by owner without overlap', () => {
  expect(rowsOf(7)[0]).toBe(rowOf(7, 0))
  expect(rowsOf(7)[1] + 1).toBe(rowOf(8, 0))
  expect(() => rowOf(1, 2 ** 20)).toThrow('More than 1048576 parts')
})
