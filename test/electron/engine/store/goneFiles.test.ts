import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { defaultKeepRules } from '#shared/rpc/contract/inboxKeep.ts'
import { openStore } from '#engine/store/client.ts'
import { GroupCommit, type OwnWrite } from '#engine/store/groupCommit.ts'
import { chunkSize } from '#engine/store/schema.ts'
import { Tables } from '#engine/store/tables.ts'
import type { Store } from '#engine/store/types.ts'
import type { WriteOp } from '#engine/store/wireTypes.ts'
import { leg, over, putOp, queued, queueOp } from './relaySamples.ts'
import { contents, envelope, faultyDisk, finish, memoryDatabase, pattern, put, summary, systemError, temporaryFolder, until } from './support.ts' // prettier-ignore

/** The chunks of a large content, each writer's of a body of that number. */
const chunks = (session: string, body: number): WriteOp[] =>
  [1, 2, 3].map((seed) => ({ type: 'chunk', writer: body, session, body, bytes: pattern(chunkSize, seed) }))
const stored = (session: string, body: number, message: ReturnType<typeof envelope> | null = envelope()): WriteOp[] => [
  ...chunks(session, body),
  finish(session, body, 'end', message),
] // prettier-ignore

function setUp(disk = faultyDisk()) {
  const { db } = memoryDatabase()
  const folder = contents(disk.disk)
  const tables = new Tables(db, folder)
  const group = new GroupCommit(db, tables)
  const run = (writes: WriteOp[], own: OwnWrite[] = []): void => {
    expect(group.run(writes, own)).toMatchObject({ failed: [], ownFailed: [] })
  }
  const { gone } = tables.contents
  const files = (): number => [...folder.names()].length
  return { db, folder, tables, run, gone, files, ...disk }
}
const noted = (db: DatabaseSync): unknown => db.prepare('SELECT count(*) AS n FROM filesGone').get()?.['n']

it('removes a file after the commit that removed its row, and then strikes out its name', () => {
  const { db, tables, run, gone, files } = setUp()
  run(stored('s', 1))
  run([...stored('s', 2), { type: 'removeMessages', ids: ['s.1'] }])
  expect([files(), noted(db), gone.isDone]).toEqual([2, 1, false])
  gone.unlink(5)
  expect([files(), noted(db), tables.contents.fileOctets()]).toEqual([1, 1, 3 * chunkSize + 3])
  run([], [() => undefined])
  expect([noted(db), gone.isDone]).toEqual([0, true])
})

it('waits for a sync: what nobody waits for may be undone by a crash', () => {
  const { tables, run, gone, files } = setUp()
  run(stored('s', 1))
  run([], [() => void tables.messages.remove(['s.1'])])
  gone.unlink(5)
  expect([files(), gone.wantsSync]).toEqual([1, true])
  run([], [() => undefined])
  gone.unlink(5)
  expect([files(), gone.wantsSync, gone.isDone]).toEqual([0, false, false])
})

it('removes nothing for a transaction that was rolled back', () => {
  const { db, tables, run, gone, files } = setUp()
  run(stored('s', 1))
  db.exec('BEGIN')
  tables.messages.remove(['s.1'])
  tables.prepare(true)
  db.exec('ROLLBACK')
  tables.rolledBack()
  run([put('x')])
  gone.unlink(5)
  expect([files(), gone.wantsSync, tables.contents.has(1)]).toEqual([1, false, true])
})

it('lets a file that cannot be removed be, and tries again after the next start', () => {
  const { db, folder, run, gone, files, faults } = setUp()
  run(stored('s', 1))
  faults.unlink = systemError('EBUSY')
  run([{ type: 'clearMessages' }])
  gone.unlink(5)
  run([], [() => undefined])
  expect([files(), noted(db), gone.isDone]).toEqual([1, 1, true])
  delete faults.unlink
  const again = new Tables(db, folder)
  new GroupCommit(db, again).run([put('x')])
  again.contents.gone.unlink(5)
  expect(files()).toBe(0)
})

it('takes many in turns', () => {
  const { db, run, gone, files } = setUp()
  for (let body = 1; body <= 70; body++) run(stored('s', body))
  run([{ type: 'clearMessages' }])
  let turns = 0
  while (!gone.isDone && turns < 200) {
    gone.unlink(0)
    run([], [() => undefined])
    turns++
  }
  expect([files(), noted(db)]).toEqual([0, 0])
  expect(turns).toBeGreaterThanOrEqual(70)
})

it('removes what was given up half here some at a time, and all of it at the end', () => {
  const { tables, run, gone, files, folder } = setUp()
  run([put('x')])
  const writers = Array.from({ length: 20 }, (_, i) => i + 1)
  for (const writer of writers) run(chunks('s', writer))
  for (const writer of writers) run([{ type: 'discard', writer }])
  expect([files(), gone.isDone, gone.wantsSync]).toEqual([20, false, false])
  gone.unlink(0)
  expect(files()).toBe(19)
  while (!gone.isDone) gone.unlink(1)
  expect(files()).toBe(0)
  for (const writer of writers) run(chunks('s', writer))
  tables.contents.close()
  expect([[...folder.names()], gone.isDone]).toEqual([[], true])
})

it('waits for no sync of many contents that their clients broke off', () => {
  const { run, disk } = setUp()
  let syncs = 0
  const { sync } = disk
  disk.sync = (fd) => (syncs++, sync(fd))
  for (let body = 1; body <= 20; body++) run(chunks('s', body))
  expect(syncs).toBe(0)
  run(Array.from({ length: 20 }, (_, i) => finish('s', i + 1, 'end', null)))
  // Of the names in both folders.
  expect(syncs).toBe(2)
  run(stored('s', 21))
  // Of the file, and of its name.
  expect(syncs).toBe(4)
})

const large = pattern(3 * chunkSize + 5)

async function send(store: Store, session: string, body: number): Promise<string> {
  const writer = store.openContent(session, body)
  writer.append(large)
  await writer.commit(envelope({ receivedAt: `2026-01-02T03:04:0${body}.000Z` }))
  return writer.id
}

it('whichever way a large content goes, its file goes too', async () => {
  const folder = temporaryFolder()
  const store = await openStore({ folder })
  const files = (): string[] => readdirSync(join(folder, 'contents'))
  const left = (count: number) => until(() => Promise.resolve(files().length === count ? true : null))
  const [first = ''] = await Promise.all([1, 2, 3, 4].map((body) => send(store, 's', body)))
  expect(files()).toHaveLength(4)
  expect((await store.listMessages({ limit: 1 })).disk).toBeGreaterThan(4 * large.length)
  await store.removeMessages([first])
  await left(3)
  await store.setKeep({ ...defaultKeepRules, on: true, days: null, count: null, octets: 2 * large.length })
  await left(2)
  await store.setKeep(defaultKeepRules)
  expect(await store.bulkMessages({}, 'remove')).toBe(2)
  await left(0)
  await send(store, 's', 5)
  await store.clearMessages()
  await left(0)
  await store.putTranscript(summary('t'), [])
  const kept = store.openContent('t', 1)
  kept.append(large)
  await kept.keep()
  expect(files()).toHaveLength(1)
  expect(Buffer.compare(readFileSync(join(folder, 'contents', files()[0]!)), large)).toBe(0)
  await store.removeTranscripts(['t'])
  await left(0)
  const halfway = store.openContent('u', 1)
  halfway.append(pattern(4 * chunkSize))
  await left(1)
  halfway.discard()
  await left(0)
  expect((await store.listMessages({ limit: 1 })).disk).toBeLessThan(large.length)
  await store.close()
})

it('what the relay is done with goes with its file', () => {
  const { tables, run, gone, files } = setUp()
  const message = queued('r', 1, { own: true })
  run([...chunks('r', 1), { ...queueOp(message, [leg(message)]), writer: 1 }])
  run([{ type: 'removeTranscripts', sessions: ['r'] }])
  gone.unlink(5)
  expect([files(), tables.contents.find('r', 1)?.size]).toEqual([1, 3 * chunkSize + 3])
  run([putOp(over(leg(message)))])
  gone.unlink(5)
  expect([files(), tables.contents.find('r', 1)]).toEqual([0, null])
})
