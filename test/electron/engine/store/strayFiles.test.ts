import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { chunkSize } from '#engine/store/schema.ts'
import { StrayFiles } from '#engine/store/strayFiles.ts'
import { Tables } from '#engine/store/tables.ts'
import { contents, finish, memoryDatabase, pattern, temporaryFolder } from './support.ts'

const name = (n: number): string => n.toString(16).padStart(32, '0')

function setUp() {
  const { db } = memoryDatabase()
  const folder = contents()
  const tables = new Tables(db, folder)
  const pieces = (writer: number): void => {
    for (let i = 0; i < 3; i++) tables.apply({ type: 'chunk', writer, session: 's', body: writer, bytes: pattern(chunkSize, i) }) // prettier-ignore
  }
  return { db, folder, tables, pieces }
}

it('removes files that no row names, and nothing else', () => {
  const { db, folder, tables, pieces } = setUp()
  pieces(1)
  tables.apply(finish('s', 1, 'end'))
  tables.prepare(true)
  tables.committed()
  const [kept = ''] = folder.names()
  pieces(2)
  const half = [...tables.contents.files.names]
  db.prepare('INSERT INTO filesGone (file) VALUES (?)').run(name(3))
  for (const n of [3, 4, 5]) writeFileSync(folder.pathOf(name(n)), 'x')
  const beside = folder.pathOf(name(6)).replace(/[^/]*$/, 'notes.txt')
  writeFileSync(beside, 'somebody put this here')
  mkdirSync(folder.pathOf(name(7)))
  const elsewhere = `${temporaryFolder()}/elsewhere`
  writeFileSync(elsewhere, 'x')
  symlinkSync(elsewhere, folder.pathOf(name(8)))
  const strays = new StrayFiles(db, tables.contents.files)
  while (strays.step(5));
  expect([...folder.names()].toSorted()).toEqual([kept, ...half, name(3), name(7), 'notes.txt'].toSorted())
  expect(strays.step(5)).toBe(false)
})

it('looks at a few hundred names at a time, and lets go of the folder', () => {
  const { db, folder, tables, pieces } = setUp()
  pieces(1)
  for (let n = 1; n <= 600; n++) writeFileSync(folder.pathOf(name(n)), 'x')
  const strays = new StrayFiles(db, tables.contents.files)
  expect(strays.step(60_000)).toBe(true)
  expect([...folder.names()].length).toBeGreaterThan(300)
  strays.close()
  expect(strays.step(5)).toBe(false)
  const again = new StrayFiles(db, tables.contents.files)
  while (again.step(0.01));
  expect([...folder.names()]).toHaveLength(1)
})

it('has nothing to do where there never was a large content', () => {
  const { db, tables } = setUp()
  expect(new StrayFiles(db, tables.contents.files).step(5)).toBe(false)
})

it("removes nothing where the folder is a link: what it leads to may be somebody else's", () => {
  const { db } = memoryDatabase()
  const other = temporaryFolder()
  writeFileSync(`${other}/${name(1)}`, 'not ours')
  const linked = `${temporaryFolder()}/contents`
  symlinkSync(other, linked)
  const { contents: rows } = new Tables(db, contents(undefined, linked))
  expect(new StrayFiles(db, rows.files).step(5)).toBe(false)
  expect(readdirSync(other)).toEqual([name(1)])
})
