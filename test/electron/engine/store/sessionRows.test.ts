import { expect, it } from 'vitest'
import { plansOf } from './plans.ts'
import { finish, memoryDatabase, put } from './support.ts'

const ids = (items: string[]) => items.map((item) => /"id":"(\w+)"/.exec(item)![1])

it('appends segments and reads them from any event on', () => {
  const { sessions } = memoryDatabase().tables
  sessions.put(put('a', 1, 3, { state: 'live' }))
  sessions.put(put('a', 4, 2, { state: 'live' }))
  sessions.put(put('a', 6, 1, { words: 'Done' }))
  const firsts = (after: number, max: number) =>
    sessions.read('a', after, max).map((segment) => segment.first)
  expect(firsts(0, 100)).toEqual([1, 4, 6])
  expect(firsts(2, 100)).toEqual([1, 4, 6])
  expect(firsts(3, 2)).toEqual([4])
  expect(firsts(4, 2)).toEqual([4, 6])
  expect(firsts(6, 2)).toEqual([])
  expect(sessions.read('none', 0, 5)).toEqual([])
  expect(sessions.summary('a')).toContain('"Done"')
  expect(sessions.summary('none')).toBeNull()
})

it('refuses events it has, takes a summary alone and a gap', () => {
  const { sessions } = memoryDatabase().tables
  sessions.put(put('a', 1, 3, { state: 'live' }))
  expect(() => sessions.put(put('a', 3, 3))).toThrow('Session a has event 3 already; 3 cannot follow.')
  sessions.put(put('a', 0, 0, { words: 'Held', state: 'held' }))
  sessions.put(put('a', 9, 1))
  expect(sessions.read('a', 3, 9).map((segment) => segment.first)).toEqual([9])
  sessions.rolledBack()
  expect(() => sessions.put(put('a', 9, 1))).toThrow('event 9 already')
})

it('pages newest first, filtered by source', () => {
  const { sessions } = memoryDatabase().tables
  for (let i = 0; i < 7; i++) sessions.put(put(`s${i}`, 1, 1, { source: i % 2 === 0 ? 'server' : 'probe' }))
  const first = sessions.list({ type: 'listTranscripts', limit: 3 })
  expect([ids(first.items), first.next, first.total]).toEqual([['s6', 's5', 's4'], 's4', 7])
  const second = sessions.list({ type: 'listTranscripts', limit: 9, before: 's4' })
  expect([ids(second.items), second.next]).toEqual([['s3', 's2', 's1', 's0'], undefined])
  const probes = sessions.list({ type: 'listTranscripts', limit: 2, source: 'probe' })
  expect([ids(probes.items), probes.total]).toEqual([['s5', 's3'], 3])
  expect(sessions.list({ type: 'listTranscripts', limit: 2, text: '...' })).toEqual({ items: [], total: 0 })
})

it('removes a session with events and bodies; a message of the Inbox stays', () => {
  const { db, tables } = memoryDatabase()
  tables.apply(put('a'))
  tables.apply(put('b'))
  tables.apply(finish('a', 1, 'kept body', null))
  tables.apply(finish('a', 2, 'message'))
  expect(tables.sessions.remove(['a', 'a', 'none'])).toBe(1)
  expect(tables.sessions.summary('a')).toBeNull()
  expect(tables.contents.find('a', 1)).toBeNull()
  expect(tables.contents.find('a', 2)).not.toBeNull()
  expect(db.prepare('SELECT (SELECT count(*) FROM segments) AS segments, (SELECT count(*) FROM chunks) AS chunks').get()).toEqual({ segments: 1, chunks: 1 })
}) // prettier-ignore

it('finds the bodies of a session by index', () => {
  const { db, tables } = memoryDatabase()
  const plans = plansOf(db, 'contents', () => void tables.sessions.remove([]))
  expect(plans.map(({ steps }) => steps)).toEqual([
    ['SEARCH contents USING INDEX contents_beside (session=?)'],
  ])
})
