import { expect, test } from 'vitest'
import { appendEvents, emptyLog, eventAt } from '#renderer/model/eventLog.ts'
import { OpeningPlace, startingEvent } from '#renderer/model/startingEvent.ts'
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
  expect(startingEvent(logOf(held()), [], { live: false })).toBe(1)
})

test('a finding that comes late does not take away what is being read', () => {
  const done = accepted()
  const log = logOf(done)
  const findings = done.events.filter(({ kind }) => kind === 'finding').map(({ seq }) => seq)
  const long = new OpeningPlace()
  expect(long.at({ ...log, ended: false }, [], false, 5000)).toBe(1)
  expect(long.at(log, findings, false, 5001)).toBe(1)
  // One that is there as a whole opens at what proves its first fault, and stays there.
  const short = new OpeningPlace()
  expect(short.at(log, [], false, 3)).toBe(1)
  expect(short.at(log, findings, false, log.length)).toBe(17)
  expect(short.at(log, [], false, log.length)).toBe(17)
})

test('while it goes on the newest is shown, and the place is chosen when it is over', () => {
  const place = new OpeningPlace()
  expect(place.at(logOf(held()), [], true, 12)).toBe(12)
  // Who has watched it stands at its end, not at the other end of what was read.
  const over = logOf(badCertificate())
  expect(place.at(over, [], false, 6000)).toBe(eventAt(over, over.length - 1)?.seq)
})
