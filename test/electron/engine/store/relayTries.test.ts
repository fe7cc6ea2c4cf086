import { expect, it } from 'vitest'
import { RelayTries } from '#engine/store/relayTries.ts'
import { memoryDatabase, put } from './support.ts'

const leg = (...sessions: string[]) => JSON.stringify({ history: [...sessions.map((session) => ({ session })), {}, 3] }) // prettier-ignore

function setUp() {
  const { db, tables } = memoryDatabase()
  for (const id of ['a', 'b', 'c']) tables.apply(put(id, 1, 1, { source: 'relay', role: 'client' }))
  db.exec('UPDATE sessions SET loose = 0')
  const loose = () => db.prepare('SELECT id FROM sessions WHERE loose = 2 ORDER BY id').all().map((row) => row['id']) // prettier-ignore
  return { tries: new RelayTries(db), loose }
}

it('a dialogue is loose when the last leg that points to it is gone', () => {
  const { tries, loose } = setUp()
  tries.put(1, ['a', 'b'], null)
  tries.put(1, ['a', 'b', 'c'], null)
  tries.put(2, ['b'], null)
  expect(['a', 'b', 'd'].map((id) => tries.pointsTo(id))).toEqual([true, true, false])
  tries.remove(1, leg('a', 'b', 'c'))
  expect(loose()).toEqual(['a', 'c'])
  tries.remove(2, leg('b'))
  tries.remove(2, leg('b'))
  expect(loose()).toEqual(['a', 'b', 'c'])
})

it('so is one that a long history has forgotten', () => {
  const { tries, loose } = setUp()
  tries.put(1, ['a', 'b'], null)
  tries.put(1, ['b', 'c'], leg('a', 'b'))
  expect([loose(), tries.pointsTo('a'), tries.pointsTo('b')]).toEqual([['a'], false, true])
})

it('lets go of all that a damaged leg pointed to', () => {
  const { tries, loose } = setUp()
  tries.put(1, ['a', 'b'], null)
  tries.put(2, ['b'], null)
  tries.put(1, ['c'], '{')
  tries.remove(1, '{"history":5}')
  expect(loose()).toEqual(['a', 'c'])
  tries.remove(2, '[')
  expect(loose()).toEqual(['a', 'b', 'c'])
})
