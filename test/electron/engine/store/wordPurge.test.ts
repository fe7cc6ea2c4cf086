import { expect, it } from 'vitest'
import { Tables } from '#engine/store/tables.ts'
import { lastNumber, WordPurge } from '#engine/store/wordPurge.ts'
import { finish, memoryDatabase, put } from './support.ts'

function filled(size: number) {
  const { db, tables } = memoryDatabase()
  const words = db.prepare('INSERT INTO messageText (rowid, sender, recipient, subject, body) VALUES (?, ?, ?, ?, ?)') // prettier-ignore
  for (let i = 1; i <= size; i++) {
    tables.messages.put(finish('s', i, 'x'))
    words.run(i, `sender${i}`, 'to', `subject ${i}`, `body of ${i} and of ${i * 7}`)
  }
  db.exec('UPDATE messages SET indexed = 1')
  return { db, tables, pages: () => Number(db.prepare('SELECT sum(length(block)) AS n FROM messageText_data').get()?.['n']) } // prettier-ignore
}
const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `s.${from + i}`)
const find = (tables: Tables, text: string) =>
  tables.box.list({ limit: 1, terms: [{ kind: 'words', field: 'any', text, phrase: true, not: false }] })
    .total

it('a removed row is not found though its words are still there; then they go, in steps that end', () => {
  const { db, tables, pages } = filled(1200)
  const purge = new WordPurge(db)
  const before = pages()
  tables.messages.remove(ids(1, 1191))
  expect([find(tables, 'subject'), find(tables, 'sender7')]).toEqual([10, 0])
  let steps = 1
  while (purge.step(10)) if (++steps > 10_000) throw new Error('it does not end')
  expect(steps).toBeGreaterThan(70)
  expect(pages()).toBeLessThan(before / 4)
  expect(find(tables, 'subject')).toBe(10)
  expect(db.prepare('SELECT count(*) AS n FROM messagesGone').get()).toEqual({ n: 0 })
})

it('few words are not worth it', () => {
  const { db, tables } = filled(700)
  tables.messages.remove(ids(1, 400))
  expect(new WordPurge(db).step(301)).toBe(false)
  tables.messages.remove(ids(400, 601))
  expect(new WordPurge(db).step(10_000)).toBe(false)
  expect(new WordPurge(db).step(100)).toBe(true)
})

it('words of many more rows than are there go though it is never quiet', () => {
  const { db, tables } = filled(100)
  const add = (size: number) => db.exec(`WITH RECURSIVE i (n) AS (VALUES (1000) UNION ALL SELECT n + 1 FROM i WHERE n < ${999 + size}) INSERT OR IGNORE INTO messagesGone SELECT n FROM i`) // prettier-ignore
  const purge = new WordPurge(db)
  add(4999)
  expect([purge.step(100, false), new WordPurge(db).step(3000, true)]).toEqual([false, true])
  add(5000)
  expect(purge.step(3000, false)).toBe(false)
  let steps = 1
  while (purge.step(100, false)) if (++steps > 10_000) throw new Error('it does not end')
  expect(db.prepare('SELECT count(*) AS n FROM messagesGone').get()).toEqual({ n: 0 })
  expect(find(tables, 'subject')).toBe(100)
})

it('a number never gets the words of a row that is gone, over a restart either', () => {
  const { db, tables } = filled(3)
  tables.apply(put('one'))
  tables.apply(put('two'))
  tables.messages.remove(['s.3'])
  tables.sessions.remove(['two'])
  expect([lastNumber(db, 'messages'), lastNumber(db, 'sessions')]).toEqual([3, 2])
  const again = new Tables(db)
  expect(again.messages.put(finish('t', 1, 'x')).message).toBe(4)
  again.apply(put('three'))
  expect(db.prepare("SELECT n FROM sessions WHERE id = 'three'").get()).toEqual({ n: 3 })
  expect(find(again, 'sender3')).toBe(0)
})
