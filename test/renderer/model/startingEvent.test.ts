import { expect, test } from 'vitest'
import { appendEvents, emptyLog } from '#renderer/model/eventLog.ts'
import { startingEvent } from '#renderer/model/startingEvent.ts'
import { accepted, badCertificate, held } from '../../support/page/scenes.ts'

const logOf = (built: ReturnType<typeof held>) => appendEvents(emptyLog(), { events: built.events })
test('live: the newest; over: what proves the first fault, else the beginning', () => {
  expect(startingEvent(logOf(held()), [])).toBe(12)
  const done = accepted()
  const findings = done.events.filter(({ kind }) => kind === 'finding').map(({ seq }) => seq)
  expect(startingEvent(logOf(done), findings)).toBe(17)
  expect(startingEvent(logOf(badCertificate()), [])).toBe(1)
  expect(startingEvent(emptyLog(), [])).toBe(0)
  // Over, though its end has not been read yet: the place does not run along while it is read.
  expect(startingEvent(logOf(held()), [], false)).toBe(1)
})
