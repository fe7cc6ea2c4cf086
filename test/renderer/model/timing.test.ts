import { expect, test } from 'vitest'
import { appendEvents, emptyLog } from '#renderer/model/eventLog.ts'
import { roundTripOf, splitOf } from '#renderer/model/timing.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { caught, held } from '../../support/page/scenes.ts'

const logOf = (events: readonly TranscriptEvent[]) => appendEvents(emptyLog(), { events })
const log = logOf(held().events)
const reply = held().events[11]!

test('the time of TCP is the measure of a round trip, the rest of a wait is the server’s', () => {
  expect(roundTripOf(log)).toBe(38_000)
  expect(splitOf(reply, { log, role: 'client', waited: 118_000 })).toEqual({ known: true, roundTrip: 38_000, server: 80_000 }) // prettier-ignore
})

const why = (split: ReturnType<typeof splitOf>) => (split?.known === false ? split.why : '')

test('where it cannot be known the reason is said', () => {
  expect(why(splitOf(reply, { log, role: 'client', waited: 20_000 }))).toContain('within one round trip')
  expect(why(splitOf({ ...reply, code: 421 } as TranscriptEvent, { log, role: 'client', waited: 200 }))).toContain('421 by itself') // prettier-ignore
  expect(why(splitOf(reply, { log, role: 'server', waited: 20_000 }))).toContain('at the server')
  expect(why(splitOf(reply, { log: logOf(caught().events), role: 'client', waited: 5 }))).toContain('is not recorded') // prettier-ignore
  expect(splitOf(held().events[10]!, { log, role: 'client', waited: 5 })).toBeUndefined()
})
