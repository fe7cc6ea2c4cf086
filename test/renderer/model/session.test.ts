import { expect, test } from 'vitest'
import { appendEvents, emptyLog } from '#renderer/model/eventLog.ts'
import { SessionModel } from '#renderer/model/session.ts'
import { held } from '../../support/page/scenes.ts'

test('rows and phases are kept up to date together', () => {
  const { events } = held()
  const model = new SessionModel()
  const half = appendEvents(emptyLog(), { events: events.slice(0, 4) })
  expect(model.sync(half).ladder.count).toBe(4)
  model.sync(appendEvents(half, { events: events.slice(4) }))
  expect(model.ladder.count).toBe(15)
  expect(model.phases.stretches).toHaveLength(8)
})
