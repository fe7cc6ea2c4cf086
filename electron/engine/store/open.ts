/**
 * Owns: opening the database file: access for its owner only, one process at a time, a damaged file set aside with the
 * contents beside it, what a crash left unfinished tidied up.
 */
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { closeToOthers, putContentsBack, setContentsAside } from './contentsAside.ts'
import { codeOf } from './faults.ts'
import { nameLacking } from './namedMessages.ts'
import { migrate, rowsOf } from './schema.ts'
import { StoreError } from './types.ts'
import type { WorkerOptions } from './wireTypes.ts'

export interface Opened {
  db: DatabaseSync
  path: string
  notices: string[]
  /** Path of a damaged database that was set aside now. */
  setAside?: string
}

export const databasePath = (folder: string): string => join(folder, 'relayscope.db')
const suspectPath = (path: string): string => `${path}.suspect`

/** Remembers damage met while running, so that the next start checks the whole file. */
export function markSuspect(path: string): void {
  try {
    writeFileSync(suspectPath(path), '', { mode: 0o600 })
  } catch {
    // A disk that takes no empty file either: the damage will show itself again.
  }
}

function connect(path: string, busyTimeout: number): DatabaseSync {
  const db = new DatabaseSync(path, { timeout: busyTimeout, enableForeignKeyConstraints: true })
  try {
    // One process only: counters and caches live in memory, and WAL then needs no shared-memory file.
    db.exec('PRAGMA locking_mode = EXCLUSIVE')
    // Space that was freed is given back when idle; this has an effect on a new file only.
    db.exec('PRAGMA auto_vacuum = INCREMENTAL')
    db.exec('PRAGMA journal_mode = WAL')
    // Each commit is synced: it is the promise behind a 250 reply.
    db.exec('PRAGMA synchronous = FULL')
    // Checkpoints are made by the worker when it is idle or the log is long, not inside a commit.
    db.exec('PRAGMA wal_autocheckpoint = 0')
    db.exec(`PRAGMA journal_size_limit = ${64 << 20}`)
    db.exec('PRAGMA cache_size = -16384')
    db.exec('PRAGMA temp_store = MEMORY')
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function check(db: DatabaseSync, path: string): void {
  if (!existsSync(suspectPath(path))) return
  const found = db.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check']
  if (found !== 'ok') throw new StoreError('corrupt', `${path}: ${String(found)}`)
  rmSync(suspectPath(path), { force: true })
}

/**
 * Imports that were under way when the program stopped: half a file says what its sender did not, and it can be read
 * again. What they had stored goes with them.
 */
function dropHalfImports(db: DatabaseSync): void {
  const half = db
    .prepare("SELECT n, id FROM sessions WHERE source = 'import' AND ended = 0 AND indexed = 0")
    .all()
  if (half.length === 0) return
  const events = db.prepare('DELETE FROM segments WHERE row BETWEEN ? AND ?')
  const bodies = db.prepare('SELECT n FROM contents WHERE session = ? AND message IS NULL')
  const octets = db.prepare('DELETE FROM chunks WHERE row BETWEEN ? AND ?')
  const content = db.prepare('DELETE FROM contents WHERE n = ?')
  const head = db.prepare('DELETE FROM sessions WHERE n = ?')
  db.exec('BEGIN IMMEDIATE')
  for (const { n, id } of half) {
    for (const body of bodies.all(String(id))) {
      octets.run(...rowsOf(Number(body['n'])))
      content.run(Number(body['n']))
    }
    events.run(...rowsOf(Number(n)))
    head.run(Number(n))
  }
  db.exec('COMMIT')
}

/** Sessions that were live when the program stopped. */
function tidy(db: DatabaseSync): void {
  db.exec('BEGIN IMMEDIATE')
  nameLacking(db)
  db.exec(`
    UPDATE sessions SET ended = 1, summary = CASE WHEN json_valid(summary) THEN json_set(summary, '$.state', 'ended', '$.tone', 'warn', '$.words', 'Broken off: Relayscope stopped') ELSE summary END
      WHERE n IN (SELECT n FROM sessions WHERE indexed = 0) AND ended = 0;
    COMMIT`)
}

/** `end`: how names of what is set aside now end. */
function tryOpen(path: string, busyTimeout: number, end: string): Opened {
  const db = connect(path, busyTimeout)
  let left: string | null = null
  try {
    left = leftContents(db, path, end)
    // A step that makes a table anew would leave out what is damaged, and nobody would know.
    check(db, path)
    const notices = migrate(db, path)
    dropHalfImports(db)
    tidy(db)
    notices.push(...closeToOthers(path))
    const found = left === null ? [] : [`Contents of messages were found without their database. They were set aside as ${left}.`] // prettier-ignore
    return { db, path, notices: [...found, ...notices] }
  } catch (error) {
    db.close()
    if (left !== null) putContentsBack(path, left)
    throw error
  }
}

/**
 * Somebody took the database away and left its contents: they are not this one's to remove. Before it gets its tables:
 * should the program be killed between, nothing else says on the next start that they are another's. Answers with where
 * they are now.
 */
function leftContents(db: DatabaseSync, path: string, end: string): string | null {
  const isNew = db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n'] === 0
  const left = path.replace(/\.db$/, `.left-${end}.contents`)
  return isNew ? setContentsAside(path, left) : null
}

/** Renames the database and its log beside it, and its contents; answers with the new paths. */
function setAside(path: string, stamp: string): { aside: string; contents: string | null } {
  const aside = path.replace(/\.db$/, `.damaged-${stamp}.db`)
  // They first: should it end between, they are still beside no other database.
  const contents = setContentsAside(path, aside.replace(/\.db$/, '.contents'))
  for (const end of ['', '-wal', '-shm']) {
    if (existsSync(path + end)) renameSync(path + end, aside + end)
  }
  rmSync(suspectPath(path), { force: true })
  return { aside, contents }
}

/** Throws StoreError, or an error that `faultOf` understands. */
export function openDatabase({ folder, busyTimeout }: WorkerOptions, now = new Date()): Opened {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = databasePath(folder)
  // Made here so that it is never readable by others, not for a moment; SQLite gives its log the same mode.
  closeSync(openSync(path, 'a', 0o600))
  chmodSync(path, 0o600)
  const stamp = now.toISOString().replace(/[:.]/g, '-')
  try {
    return tryOpen(path, busyTimeout, stamp)
  } catch (error) {
    if (codeOf(error) !== 'corrupt') throw error
    const { aside, contents } = setAside(path, stamp)
    closeSync(openSync(path, 'a', 0o600))
    const opened = tryOpen(path, busyTimeout, stamp)
    const its = contents === null ? [] : [`The contents of its large messages were set aside as ${contents}.`]
    return { ...opened, setAside: aside, notices: [`The database was damaged. It was set aside as ${aside}, and a new one was begun.`, ...its, ...opened.notices] } // prettier-ignore
  }
}
