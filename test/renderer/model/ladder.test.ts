import { describe, expect, test } from 'vitest'
import { appendEvents, emptyLog, type EventLog } from '#renderer/model/eventLog.ts'
import { Ladder } from '#renderer/model/ladder.ts'
import { SessionModel } from '#renderer/model/session.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { lastOf, TranscriptBuilder, type Built } from '../../support/page/builder.ts'
import { accepted, badCertificate, endless, held, unreachable } from '../../support/page/scenes.ts'

const logOf = (events: readonly TranscriptEvent[]): EventLog => appendEvents(emptyLog(), { events })
function ladderOf(built: Pick<Built, 'events'>): Ladder {
  const { ladder } = new SessionModel().sync(logOf(built.events))
  return ladder
}
const kinds = (ladder: Ladder) => Array.from({ length: ladder.count }, (_, i) => ladder.row(i)!.kind)

describe('Ladder', () => {
  test('STARTTLS: look-up and connection joined, amber band, seam, violet band, capabilities', () => {
    const ladder = ladderOf(held())
    expect(kinds(ladder)).toEqual([
      'link', 'band', 'reply', 'line', 'reply', 'capabilities', 'line', 'reply', 'tls',
      'band', 'line', 'reply', 'capabilities', 'line', 'reply',
    ]) // prettier-ignore
    expect(ladder.segments.map(({ wall, lines }) => [wall, lines])).toEqual([['open', 5], ['sealed', 4]]) // prettier-ignore
    expect(ladder.row(12)).toMatchObject({ kind: 'capabilities', before: 5 })
    expect(ladder.row(14)).toMatchObject({ kind: 'reply', gap: 118_000, wall: 'sealed' })
    expect(ladder.address).toBe('203.0.113.25')
  })

  test('implicit TLS is sealed from the first byte; a failed connection has no band', () => {
    const sealed = ladderOf(badCertificate())
    expect(sealed.segments.map(({ wall }) => wall)).toEqual(['sealed'])
    expect(kinds(ladderOf(unreachable()))).toEqual(['link', 'end'])
  })

  test('a body that a request of HTTP announced comes in no counted pieces', () => {
    const chunk = { session: 's', seq: 2, at: 2, phase: 'body', direction: 'to-server', kind: 'chunk', body: 1, offset: 0, size: 5, last: true, encoding: 'bdat' } as const // prettier-ignore
    const after = (raw: string, verb: string) => ladderOf({ events: [{ session: 's', seq: 1, at: 1, phase: 'data', direction: 'to-server', kind: 'line', raw, verb }, chunk] }).bodies.get(1)?.encoding // prettier-ignore
    expect(after('POST /api/v1/transmissions HTTP/1.1\r\n\r\n', 'POST')).toBe('http')
    expect(after('BDAT 5 LAST\r\n', 'BDAT')).toBe('bdat')
  })

  test('time that a person held is not the other side’s, whether the wait is told at its begin or its end', () => {
    const told = ladderOf(accepted())
    const after = [...told.rows].find((row) => row.seq === 14)
    expect(after).toMatchObject({ kind: 'line', gap: 1000 })
    expect(told.held).toBe(2_400_000)
    const atBegin = new TranscriptBuilder({ id: 's' })
      .client('NOOP')
      .add({ kind: 'wait', phase: 'other', direction: 'none', why: 'gate', took: 500_000 })
      .client('NOOP', 503)
    expect([...ladderOf(atBegin).rows].at(-1)).toMatchObject({ gap: 3000 })
  })

  test('a line held inside TLS stands below the seam, before any line has crossed it', () => {
    const built = new TranscriptBuilder({ id: 's' })
      .client('STARTTLS')
      .add({ kind: 'wait', phase: 'ehlo', direction: 'none', why: 'gate', took: 500_000, sealed: true })
    const ladder = ladderOf(built)
    expect(kinds(ladder)).toEqual(['band', 'line', 'band', 'wait'])
    expect(ladder.row(3)).toMatchObject({ kind: 'wait', wall: 'sealed' })
    expect(ladder.segments.map(({ wall, lines }) => [wall, lines])).toEqual([['open', 1], ['sealed', 0]]) // prettier-ignore
  })

  test('one body is one row, however many chunks', () => {
    const ladder = ladderOf(accepted())
    expect(kinds(ladder).filter((kind) => kind === 'body')).toHaveLength(1)
    expect(ladder.bodies.get(1)).toMatchObject({ size: 4312, chunks: 3, last: true })
  })

  test('the result does not depend on how the events arrive', () => {
    for (const built of [held(), accepted(), endless(60)]) {
      const whole = ladderOf(built)
      const model = new SessionModel()
      let log = emptyLog()
      for (const event of built.events) {
        log = appendEvents(log, { events: [event] })
        model.sync(log)
      }
      expect([...model.ladder.rows]).toEqual([...whole.rows])
      expect(model.ladder.segments).toEqual(whole.segments)
    }
  })

  test('pairs that repeat fold after twelve; the one that differs stands out', () => {
    const ladder = ladderOf(endless(1000))
    const fold = [...ladder.rows].find((row) => row.kind === 'fold')
    expect(fold).toMatchObject({ fold: { times: 988, pattern: ['RCPT', '250'] } })
    const rows = [...ladder.rows]
    const after = rows.slice(rows.indexOf(fold!) + 1)
    expect(after.map(({ kind }) => kind)).toEqual(['line', 'reply', 'line', 'reply', 'end'])
  })

  test('pipelined lines and their replies fold as two runs', () => {
    const builder = new TranscriptBuilder({ id: 's' })
    for (let i = 0; i < 40; i++) builder.client(`RCPT TO:<u${i}@tern.example>`)
    for (let i = 0; i < 40; i++) builder.server('250 2.1.5 Ok')
    const folds = [...ladderOf(builder).rows].flatMap((row) => (row.kind === 'fold' ? [row.fold] : []))
    expect(folds.map(({ times, pattern }) => [times, ...pattern])).toEqual([[28, 'RCPT'], [28, '250']]) // prettier-ignore
  })

  test('half a pair is shown until its other half decides', () => {
    const { events } = endless(40)
    const cut = events.findIndex((event) => event.kind === 'line' && event.raw.includes('user-20@'))
    const ladder = ladderOf({ events: events.slice(0, cut + 1) })
    expect(ladder.row(ladder.count - 1)).toMatchObject({ kind: 'line', seq: cut + 1 })
    expect(ladder.count).toBe(ladder.rows.length + 1)
  })

  test('every event is found by its number', () => {
    const { events } = accepted()
    const ladder = ladderOf({ events })
    for (const event of events) {
      const row = ladder.row(ladder.indexOf(event.seq))!
      expect(row.seq).toBeLessThanOrEqual(event.seq)
      if (event.kind === 'reply' || event.kind === 'line')
        expect(row).toMatchObject({ kind: event.kind, seq: event.seq })
    }
    expect(new Ladder().indexOf(1)).toBe(-1)
  })

  test('dropped events are told in their place', () => {
    const { events } = accepted()
    let log = appendEvents(emptyLog(), { events: events.slice(0, 5) })
    log = appendEvents(log, { events: events.slice(10), lost: 5 })
    const { ladder } = new SessionModel().sync(log)
    const lost = [...ladder.rows].findIndex((row) => row.kind === 'lost')
    expect(ladder.rows.at(lost)).toMatchObject({ count: 5, seq: 11 })
    expect(ladder.rows.seq(lost - 1)).toBe(5)
  })

  // What is read does not grow with the length: many full stretches show it as well as a million events would.
  test('many events: an update reads only what is new', () => {
    const event = lastOf(new TranscriptBuilder({ id: 's' }).client('NOOP').events, 'line')
    const verbs = ['NOOP', 'RSET', 'HELP', 'VRFY']
    const many = Array.from({ length: 60_000 }, (_, i) => ({
      ...event,
      seq: i + 1,
      at: i,
      verb: verbs[i % 4]!,
    }))
    const log = logOf(many)
    const model = new SessionModel().sync(log, Infinity)
    expect(model.ladder.count).toBe(60_001)
    const more = appendEvents(log, { events: [{ ...event, seq: 60_001, at: 60_001 }] })
    const chunks = new Proxy(more.chunks, {
      get: (target, key, self) => {
        // The open stretch is asked for; whoever asks for a full one reads again what was read.
        expect(target[Number(key)]).toBeUndefined()
        return Reflect.get(target, key, self) as unknown
      },
    })
    model.sync({ ...more, chunks })
    expect(model.ladder.count).toBe(60_002)
  })
})
