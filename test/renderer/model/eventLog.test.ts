import { describe, expect, test } from 'vitest'
import {
  appendEvents,
  chunkSize,
  emptyLog,
  eventAt,
  eventBySeq,
  eventsOf,
  indexOfSeq,
  lastSeq,
  placeFrom,
} from '#renderer/model/eventLog.ts'
import { TranscriptBuilder } from '../../support/page/builder.ts'

const lines = (count: number) => {
  const builder = new TranscriptBuilder({ id: 's' })
  for (let i = 0; i < count; i++) builder.client(`NOOP ${i}`)
  return builder.events
}

describe('event log', () => {
  test('appends over chunk borders; full stretches are packed, frozen and shared', () => {
    const events = lines(chunkSize * 2 + 5)
    let log = appendEvents(emptyLog(), { events: events.slice(0, chunkSize + 1) })
    const [first] = log.chunks
    log = appendEvents(log, { events: events.slice(chunkSize + 1) })
    expect(log.length).toBe(events.length)
    expect(log.chunks[0]).toBe(first)
    expect(Object.isFrozen(first)).toBe(true)
    expect([...eventsOf(log)]).toEqual(events)
    expect(eventBySeq(log, chunkSize + 2)).toEqual(events[chunkSize + 1])
    expect(eventBySeq(log, 3)).toBe(eventAt(log, 2))
    expect(eventAt(log, -1)).toBeUndefined()
    expect(eventAt(log, log.length)).toBeUndefined()
  })

  test('an older view goes on showing what it showed', () => {
    const events = lines(10)
    const old = appendEvents(emptyLog(), { events: events.slice(0, 4) })
    appendEvents(old, { events: events.slice(4) })
    expect([...eventsOf(old)]).toEqual(events.slice(0, 4))
  })

  test('what a resumed stream repeats is dropped; what was lost is kept in place', () => {
    const events = lines(10)
    let log = appendEvents(emptyLog(), { events: events.slice(0, 4) })
    log = appendEvents(log, { events: events.slice(2, 5) })
    log = appendEvents(log, { events: events.slice(8), lost: 3 })
    expect([...eventsOf(log)].map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 9, 10])
    expect(log.lost).toEqual([{ before: 9, count: 3 }])
    expect(indexOfSeq(log, 7)).toBe(-1)
    expect(indexOfSeq(log, 9)).toBe(5)
    expect(placeFrom(log, 7)).toBe(5)
    expect(lastSeq(log)).toBe(10)
  })

  test('an end event ends it', () => {
    const events = new TranscriptBuilder({ id: 's' }).client('QUIT').end('Bye.').events
    expect(appendEvents(emptyLog(), { events }).ended).toBe(true)
    expect(appendEvents(emptyLog(), { events: [], ended: true }).ended).toBe(true)
  })
})
