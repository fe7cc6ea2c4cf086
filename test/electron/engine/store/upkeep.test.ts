import { statSync } from 'node:fs'
import { expect, it } from 'vitest'
import { openDatabase } from '#engine/store/open.ts'
import { chunkSize } from '#engine/store/schema.ts'
import { Tables } from '#engine/store/tables.ts'
import { sizeOf, Upkeep } from '#engine/store/upkeep.ts'
import type { WriteOp } from '#engine/store/wireTypes.ts'
import { finish, pattern, temporaryFolder } from './support.ts'

it('reckons what a commit adds to the log by its content', () => {
  const empty = sizeOf([])
  expect(sizeOf([finish('s', 1, 'x'.repeat(10_000))]) - empty).toBeGreaterThan(10_000)
  expect(sizeOf([{ type: 'clearMessages' }]) - empty).toBeLessThan(1000)
})

it('reckons nothing for pieces that go into a file', () => {
  const piece = { type: 'chunk' as const, writer: 1, session: 's', body: 1, bytes: pattern(chunkSize) }
  expect(sizeOf([piece, piece])).toBe(0)
  expect(sizeOf([piece, finish('s', 1, 'end')])).toBe(sizeOf([finish('s', 1, 'end')]))
})

it('has the log written back before it would be cut', () => {
  const { db } = openDatabase({ folder: temporaryFolder(), busyTimeout: 10 })
  const upkeep = new Upkeep(db, () => undefined)
  const limit = Number(db.prepare('PRAGMA journal_size_limit').get()?.['journal_size_limit'])
  upkeep.wrote(1 << 20)
  expect(upkeep.logIsLong).toBe(false)
  upkeep.wrote(limit / 2)
  expect(upkeep.logIsLong).toBe(true)
  db.close()
})

it('reckons pieces that are held until the end of their content: nothing else would have the log written back under load', () => {
  const { db } = openDatabase({ folder: temporaryFolder(), busyTimeout: 10 })
  const tables = new Tables(db)
  const inserted = () => Number(db.prepare('SELECT coalesce(sum(length(bytes)), 0) AS n FROM chunks').get()?.['n'])
  let reckoned = 0
  for (let body = 1; body <= 4; body++) {
    const pieces = [1, 2].map((seed) => ({ type: 'chunk' as const, writer: body, session: 's', body, bytes: pattern(chunkSize, seed) }))
    const writes: WriteOp[] = [...pieces, finish('s', body, 'end')]
    for (const write of writes) tables.apply(write)
    tables.committed()
    reckoned += sizeOf(writes) + tables.contents.heldPieces()
  }
  expect(inserted()).toBe(4 * (2 * chunkSize + 3))
  expect(reckoned).toBeGreaterThan(inserted())
  db.close()
}) // prettier-ignore

it('what was removed is given back to the disk, some at a time, but for a reserve', () => {
  const { db, path } = openDatabase({ folder: temporaryFolder(), busyTimeout: 10 })
  const faults: unknown[] = []
  const [tables, upkeep] = [new Tables(db), new Upkeep(db, (error) => faults.push(error))]
  for (let i = 1; i <= 12; i++) tables.apply(finish('s', i, 'x'.repeat(4 << 20)))
  upkeep.wrote(300 << 20)
  expect([upkeep.hasLog, upkeep.logIsLong]).toEqual([true, true])
  upkeep.checkpoint('TRUNCATE')
  expect([upkeep.hasLog, upkeep.logIsLong]).toEqual([false, false])
  const before = statSync(path).size
  tables.apply({ type: 'removeMessages', ids: Array.from({ length: 12 }, (_, i) => `s.${i + 1}`) })
  while (tables.contents.clearAway());
  let rounds = 0
  while (upkeep.giveBack()) rounds++
  upkeep.checkpoint('TRUNCATE')
  expect(rounds).toBeGreaterThan(4)
  expect(before).toBeGreaterThan(48 << 20)
  expect(statSync(path).size).toBeLessThan(20 << 20)
  expect(faults).toEqual([])
  db.close()
})

it('a log that cannot be written back is told and kept', () => {
  const { db } = openDatabase({ folder: temporaryFolder(), busyTimeout: 10 })
  const faults: unknown[] = []
  const upkeep = new Upkeep(db, (error) => faults.push(error))
  db.close()
  upkeep.checkpoint('PASSIVE')
  expect(faults).toHaveLength(1)
})
