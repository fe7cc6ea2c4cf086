import { expect, test } from 'vitest'
import { isPlain, PackedEvents, Words } from '#renderer/model/packedEvents.ts'
import type { EventOf, TranscriptEvent } from '#shared/transcript/event.ts'
import { longTranscript } from '../../support/longTranscript.ts'
import { accepted, badCertificate, held, refused, unreachable } from '../../support/page/scenes.ts'

const unpacked = (events: readonly TranscriptEvent[], words = new Words()) => {
  const packed = new PackedEvents(events, words)
  return events.map((_, index) => packed.event(index))
}
const line = (more: Partial<EventOf<'line'>>): EventOf<'line'> => ({
  session: 's', seq: 1, at: 0, phase: 'other', direction: 'to-server', kind: 'line', raw: 'NOOP\r\n', ...more,
}) // prettier-ignore

test('every event comes out as it went in', () => {
  for (const scene of [held, accepted, refused, badCertificate, unreachable]) {
    const { events } = scene()
    expect(unpacked(events)).toEqual(events)
  }
  const long = [...longTranscript('s', 12_000)]
  expect(unpacked(long)).toEqual(long)
})
test('rare fields are kept: masks, cuts, edits, what is malformed', () => {
  const events: TranscriptEvent[] = [
    line({ raw: 'AUTH PLAIN ********\r\n', verb: 'AUTH', masked: [{ start: 11, end: 19 }], sealed: true }),
    line({ raw: 'x', verb: '', edited: true, cutFrom: 10_000_000 }),
    line({ raw: '', edited: false, sealed: false }),
    { ...line({}), kind: 'reply', direction: 'to-client', raw: 'HTTP/1.1 400\r\n', malformed: 'no code' },
    { ...line({}), kind: 'reply', direction: 'to-client', raw: '250 ok\r\n', code: 250, enhanced: '2.0.0', edited: true },
  ] // prettier-ignore
  expect(unpacked(events)).toEqual(events)
})
test('more different verbs than are kept once are kept with their events', () => {
  const events = Array.from({ length: 5000 }, (_, n) => line({ seq: n + 1, verb: `V${n}` }))
  expect(unpacked(events)).toEqual(events)
})
test('what is looked at for every event is readable without making it', () => {
  const packed = new PackedEvents([line({ verb: 'NOOP', sealed: true, seq: 7 }), { ...line({}), kind: 'reply', raw: '550 5.7.1 no\r\n', code: 550, enhanced: '5.7.1', direction: 'to-client' }], new Words()) // prettier-ignore
  expect([packed.seq(0), packed.kind(0), packed.phase(0), packed.direction(0), packed.sealed(0), packed.verb(0), packed.code(0)]).toEqual([7, 'line', 'other', 'to-server', true, 'NOOP', 0]) // prettier-ignore
  expect([packed.code(1), packed.enhanced(1), packed.verb(1), packed.start(1)]).toEqual([550, '5.7.1', '', 6])
})
test('plain is what is shown octet by octet', () => {
  expect(isPlain(line({ raw: '250-a\r\n250 b\r\n' }))).toBe(true)
  for (const raw of ['a\\b\r\n', 'caf\u00c3\u00a9\r\n', 'bare\nend\r\n', 'bare\rend\r\n', '\n', 'tab\t\r\n'])
    expect(isPlain(line({ raw }))).toBe(false)
  expect(isPlain(line({ masked: [{ start: 0, end: 1 }] }))).toBe(false)
})
