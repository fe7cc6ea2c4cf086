import { expect, it } from 'vitest'
import { attemptsKept, RelayLog, reportsKept } from '#engine/store/relayLog.ts'
import { memoryDatabase } from './support.ts'

const attempts = (log: RelayLog, more: { before?: string; limit?: number; refused?: boolean } = {}) =>
  log.attempts({ type: 'listAttempts', limit: 3, refused: false, ...more })
const texts = ({ rows }: ReturnType<typeof attempts>) => rows.map(({ json }) => json)
const shown = (from: RelayLog) => texts(attempts(from, { limit: attemptsKept * 2, refused: true }))

it('pages attempts newest first, all or those that were refused', () => {
  const { relayLog: log } = memoryDatabase().tables
  log.putAttempts([1, 2, 3].map((n) => ({ refused: n === 2, json: `a${n}` })))
  log.putAttempts([4, 5].map((n) => ({ refused: n === 4, json: `a${n}` })))
  const first = attempts(log)
  expect([texts(first), first.next]).toEqual([['a5', 'a4', 'a3'], '3'])
  const second = attempts(log, { before: '3' })
  expect([texts(second), second.next]).toEqual([['a2', 'a1'], undefined])
  expect(texts(attempts(log, { refused: true }))).toEqual(['a4', 'a2'])
  expect(attempts(log, { refused: true, limit: 1 }).next).toBe('4')
  expect(() => attempts(log, { before: 'x' })).toThrow('is none of a page')
})

it('shows the newest alone, removes the others a few at a time, and knows where it was after a restart', () => {
  const { db, tables } = memoryDatabase()
  const log = tables.relayLog
  const count = () => Number(db.prepare('SELECT count(*) AS n FROM relayAttempts').get()?.['n'])
  log.putAttempts(Array.from({ length: attemptsKept + 300 }, (_, n) => ({ refused: true, json: `a${n}` })))
  expect(shown(log)).toHaveLength(attemptsKept)
  expect(shown(new RelayLog(db)).at(-1)).toBe('a300')
  expect(log.step()).toBe(true)
  expect(count()).toBeGreaterThan(attemptsKept)
  while (log.step());
  expect(count()).toBe(attemptsKept)
  expect(shown(new RelayLog(db))).toEqual(shown(log))
})

it('keeps a long trace small, gives it back whole, and reads what an earlier program wrote', () => {
  const { db } = memoryDatabase()
  const json = JSON.stringify(Array.from({ length: 302 }, (_, n) => ({ rule: `relay-domain d${n}.example`, compared: `gannet.example is not d${n}.example` }))) // prettier-ignore
  db.prepare('INSERT INTO relayAttempts (n, refused, json) VALUES (1, 1, ?)').run(json)
  const log = new RelayLog(db)
  log.putAttempts([{ refused: true, json }])
  expect(texts(attempts(log))).toEqual([json, json])
  expect(Number(db.prepare('SELECT length(json) AS n FROM relayAttempts WHERE n = 2').get()?.['n'])).toBeLessThan(json.length / 5) // prettier-ignore
  db.exec("UPDATE relayAttempts SET json = x'ff' WHERE n = 2")
  expect(texts(attempts(log))).toEqual(['', json])
})

it('keeps reports by id, lists those of a leg, and the newest alone', () => {
  const { db, tables } = memoryDatabase()
  const log = tables.relayLog
  const put = (id: string, leg: string | null, json: string) => log.putReport({ type: 'putReport', id, leg, json }) // prettier-ignore
  put('r1', 's.1/1', 'one')
  put('r2', null, 'two')
  put('r3', 's.1/1', 'three')
  // A report that is told again and again pushes no other out.
  for (let n = 0; n < reportsKept; n++) put('r2', 's.1/2', `two ${n}`)
  const list = (leg?: string) => texts(log.reports({ type: 'listReports', limit: 9, leg }))
  expect(list()).toEqual(['three', `two ${reportsKept - 1}`, 'one'])
  expect([list('s.1/1'), list('s.1/9')]).toEqual([['three', 'one'], []])
  for (let n = 0; n < reportsKept; n++) put(`x${n}`, null, 'more')
  expect(list('s.1/1')).toEqual([])
  while (log.step());
  expect(db.prepare('SELECT count(*) AS n FROM relayReports').get()).toEqual({ n: reportsKept })
})

it('forgets the numbers of what was undone', () => {
  const { db, tables } = memoryDatabase()
  const log = tables.relayLog
  log.putAttempts([{ refused: true, json: 'kept' }])
  db.exec('BEGIN')
  log.putAttempts([{ refused: true, json: 'undone' }])
  db.exec('ROLLBACK')
  tables.rolledBack()
  log.putAttempts([{ refused: true, json: 'next' }])
  expect(attempts(log).rows).toEqual([{ name: '2', json: 'next' }, { name: '1', json: 'kept' }]) // prettier-ignore
})
