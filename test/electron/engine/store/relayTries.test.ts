import { expect, it } from 'vitest'
import { RelayTries } from '#engine/store/relayTries.ts'
import { memoryDatabase, put } from './support.ts'

function setUp() {
  const { db, tables } = memoryDatabase()
  for (const id of ['a', 'b', 'c']) tables.apply(put(id, 1, 1, { source: 'relay', role: 'client' }))
  db.exec('UPDATE sessions SET loose = 0')
  const loose = () => db.prepare('SELECT id FROM sessions WHERE loose = 2 ORDER BY id').all().map((row) => row['id']) // prettier-ignore
  return { tries: new RelayTries(db), loose }
}

it('a dialogue is loose when the last leg that points to it is gone', () => {
  const { tries, loose } = setUp()
  tries.put(1, ['a', 'b'], false)
  tries.put(1, ['a', 'b', 'c'], false)
  tries.put(2, ['b'], false)
  expect(['a', 'b', 'd'].map((id) => tries.pointsTo(id))).toEqual([true, true, false])
  tries.remove(1)
  expect(loose()).toEqual(['a', 'c'])
  tries.remove(2)
  tries.remove(2)
  expect(loose()).toEqual(['a', 'b', 'c'])
})

it('so is one that a long history has forgotten', () => {
  const { tries, loose } = setUp()
  tries.put(1, ['a', 'b'], false)
  tries.put(1, ['b', 'c'], true)
  expect([loose(), tries.pointsTo('a'), tries.pointsTo('b')]).toEqual([['a'], false, true])
})
