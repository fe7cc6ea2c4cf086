import { expect, test } from 'vitest'
import { Deadlines } from '#engine/server/deadlines.ts'

test('a limit is due once, the hardest first', () => {
  const deadlines = new Deadlines()
  expect(deadlines.due(1e12)).toBeNull()
  deadlines.set('idle', 100)
  deadlines.set('session', 50)
  deadlines.set('patience', 70)
  expect(deadlines.due(49)).toBeNull()
  expect([deadlines.due(100), deadlines.due(100), deadlines.due(100), deadlines.due(100)]).toEqual([
    'patience', 'session', 'idle', null,
  ]) // prettier-ignore
  deadlines.set('idle', 5)
  deadlines.clear('idle')
  expect(deadlines.due(10)).toBeNull()
})

test("a session's limit moves by the time that a person was waited for", () => {
  const deadlines = new Deadlines()
  deadlines.set('session', 1000)
  deadlines.postpone(500)
  expect([deadlines.due(1400), deadlines.due(1500)]).toEqual([null, 'session'])
})
