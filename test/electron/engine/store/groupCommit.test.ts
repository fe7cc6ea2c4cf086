import { expect, it } from 'vitest'
import { GroupCommit } from '#engine/store/groupCommit.ts'
import type { WriteOp } from '#engine/store/wireTypes.ts'
import { finish, memoryDatabase, octets, pattern, put } from './support.ts'

const setting = (key: string): WriteOp => ({ type: 'putSetting', key, json: '1' })

const chunk = (writer: number): WriteOp => ({ type: 'chunk', writer, session: `c${writer}`, body: 1, bytes: pattern(300_000) }) // prettier-ignore
const end = (writer: number): WriteOp => ({ type: 'finish', writer, session: `c${writer}`, body: 1, bytes: octets('x'), message: null }) // prettier-ignore

it('runs all writes in one transaction and names messages and counts', () => {
  const { db, tables } = memoryDatabase()
  const group = new GroupCommit(db, tables)
  const outcome = group.run([put('s'), finish('s', 1, 'a'), { type: 'removeTranscripts', sessions: ['s'] }])
  expect(outcome).toMatchObject({ failed: [], counts: [[2, 1]], stored: [{ stored: { message: 1 } }] })
  expect(db.isTransaction).toBe(false)
})

it('lets one bad write cost the others nothing', () => {
  const { db, tables } = memoryDatabase()
  const group = new GroupCommit(db, tables)
  group.run([put('s', 1, 5)])
  const outcome = group.run([
    setting('a'),
    put('s', 2, 1),
    finish('s', 1, 'a'),
    finish('s', 1, 'again'),
    setting('b'),
  ])
  expect(outcome.failed.map(([index]) => index)).toEqual([1, 3])
  expect(tables.box.list({ limit: 9 })).toMatchObject({ total: 1 })
  expect([tables.read({ type: 'getSetting', key: 'a' }), tables.read({ type: 'getSetting', key: 'b' })]).toEqual(['1', '1']) // prettier-ignore
})

it('poisons a content whose chunk failed, and keeps the numbering of others', () => {
  const { db, tables } = memoryDatabase()
  const group = new GroupCommit(db, tables)
  group.run([chunk(1), chunk(2)])
  db.exec('PRAGMA max_page_count = 160')
  const outcome = group.run([chunk(1), setting('small')])
  expect(outcome.failed).toHaveLength(1)
  db.exec('PRAGMA max_page_count = 100000')
  const later = group.run([end(1), end(2), { type: 'discard', writer: 1 }])
  expect(later.failed.map(([index]) => index)).toEqual([0])
  expect(String(later.failed[0]![1])).toContain('full')
  expect(tables.contents.find('c1', 1)).toBeNull()
  expect(tables.contents.find('c2', 1)?.size).toBe(300_001)
})

it('tells failures of its own writes without failing the others', () => {
  const { db, tables } = memoryDatabase()
  const outcome = new GroupCommit(db, tables).run([setting('a')], [() => { throw new Error('own') }, () => tables.messages.setHead(1, { from: '', to: '', subject: '', attachments: 0, tags: [] }, [])]) // prettier-ignore
  expect(outcome).toMatchObject({ failed: [], ownFailed: [{ message: 'own' }] })
  expect(tables.read({ type: 'getSetting', key: 'a' })).toBe('1')
})
