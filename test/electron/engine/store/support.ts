/** A database in memory, temporary folders, and small samples for the store's tests. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { onTestFinished } from 'vitest'
import { openStore } from '#engine/store/client.ts'
import { ContentFolder, type Disk, nodeDisk } from '#engine/store/contentFolder.ts'
import { chunkSize, migrate, rowOf, rowsOf } from '#engine/store/schema.ts'
import { Tables } from '#engine/store/tables.ts'
import type { NewMessage, Store } from '#engine/store/types.ts'
import type { FinishContent, PutTranscript } from '#engine/store/wireTypes.ts'
import type { SessionSummary } from '#shared/transcript/event.ts'

export function memoryDatabase(): { db: DatabaseSync; tables: Tables } {
  const db = new DatabaseSync(':memory:')
  migrate(db, ':memory:')
  onTestFinished(() => db.close())
  return { db, tables: new Tables(db, contents()) }
}

/** Makes a content as long as databases of before version 7 have some: so many full chunks before what it has. */
export function lengthen(db: DatabaseSync, n: number, chunks: number): void {
  db.prepare('UPDATE chunks SET row = row + ? WHERE row BETWEEN ? AND ?').run(chunks, ...rowsOf(n))
  const insert = db.prepare('INSERT INTO chunks (row, bytes) VALUES (?, zeroblob(?))')
  for (let i = 0; i < chunks; i++) insert.run(rowOf(n, i), chunkSize)
  const add = chunks * chunkSize
  db.exec(`UPDATE contents SET size = size + ${add} WHERE n = ${n};
    UPDATE messages SET size = size + ${add} WHERE content = ${n};
    UPDATE relayMessages SET size = size + ${add} WHERE n = ${n}`)
}

/** A folder for large contents, made with the first of them; `disk` does to its files what a test wants. */
export const contents = (disk?: Disk, path = join(temporaryFolder(), 'contents')): ContentFolder =>
  new ContentFolder(path, disk)

/** Removed when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'relayscope-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A file system of 12 MiB, where this user may make one. */
export function smallDisk(): string | null {
  const folder = join(temporaryFolder(), 'disk')
  mkdirSync(folder)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'none', folder], { stdio: 'ignore' })
  } catch {
    return null
  }
  onTestFinished(() => void execFileSync('umount', [folder]))
  return folder
}

/** Closed when the test is over. */
export async function temporaryStore(folder = temporaryFolder()): Promise<Store> {
  const store = await openStore({ folder })
  onTestFinished(() => store.close())
  return store
}

export const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('latin1')
export const octets = (value: string): Uint8Array => new Uint8Array(Buffer.from(value, 'latin1'))

/** Octets that differ from place to place, so that a shifted or repeated stretch is noticed. */
export function pattern(size: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(size)
  let state = seed
  for (let i = 0; i < size; i++) {
    state = (state * 1103515245 + 12345) & 0x7fffffff
    bytes[i] = state >> 16
  }
  return bytes
}

export const envelope = (more: Partial<NewMessage> = {}): NewMessage => ({
  receivedAt: '2026-01-02T03:04:05.000Z',
  mailFrom: 'a@example.org',
  rcptTo: ['b@example.net'],
  port: 2525,
  sealed: false,
  ...more,
})

export const finish = (session: string, body: number, raw: string, message: NewMessage | null = envelope()): FinishContent => ({
  type: 'finish', writer: body, session, body, bytes: octets(raw), message,
}) // prettier-ignore

export const summary = (id: string, more: Partial<SessionSummary> = {}): SessionSummary => ({
  id,
  source: 'server',
  role: 'server',
  startedAt: '2026-01-02T03:04:05.000Z',
  host: '192.0.2.7',
  port: 2525,
  tls: 'none',
  state: 'ended',
  events: 0,
  tone: 'good',
  words: 'Message kept, 250',
  took: 10,
  messages: [],
  ...more,
})

/** A session with lines `first` to `first + count - 1`. */
export const put = (id: string, first = 1, count = 2, more: Partial<SessionSummary> = {}): PutTranscript => {
  const whole = summary(id, more)
  const lines = Array.from({ length: count }, (_, i) =>
    JSON.stringify({ kind: 'line', direction: 'to-server', phase: 'other', raw: `NOOP ${first + i}\r\n`, session: id, seq: first + i, at: i }),
  )
  return { type: 'transcript', id, source: whole.source, ended: whole.state === 'ended', summary: JSON.stringify(whole), first, count, lines: lines.join('\n') }
} // prettier-ignore

/** Asks again until the answer is there: for what the store does when it is idle. */
export async function until<T>(ask: () => Promise<T | null>): Promise<T> {
  for (;;) {
    const answer = await ask()
    if (answer !== null) return answer
    await new Promise((done) => setImmediate(done))
  }
}

/** What each try throws from now on, by what is done; absent: it is done. */
export type Faults = Partial<Record<keyof Disk, NodeJS.ErrnoException>>

/** A disk that does what is asked for, but for what `faults` says. */
export function faultyDisk(): { disk: Disk; faults: Faults } {
  const faults: Faults = {}
  const may = (what: keyof Disk): void => {
    const fault = faults[what]
    if (fault !== undefined) throw fault
  }
  const disk: Disk = {
    open: (...given) => (may('open'), nodeDisk.open(...given)),
    write: (...given) => (may('write'), nodeDisk.write(...given)),
    truncate: (...given) => (may('truncate'), nodeDisk.truncate(...given)),
    sync: (...given) => (may('sync'), nodeDisk.sync(...given)),
    close: (...given) => nodeDisk.close(...given),
    unlink: (...given) => (may('unlink'), nodeDisk.unlink(...given)),
  }
  return { disk, faults }
}

export const systemError = (code: string): NodeJS.ErrnoException =>
  Object.assign(new Error(`${code}: as the system says it`), { code })
