import { describe, expect, test } from 'vitest'
import { toByteString } from '#shared/bytes/bytes.ts'
import { isSpoken, unseenEnd, WireReader } from '#shared/transcript/export/pcapng/wireOctets.ts'
import type { EventBody } from '#shared/transcript/event.ts'
import { answered, eventsOf, said } from '#test/support/pcapng.ts'

const chunk = (raw: string | undefined, last: boolean, more: { size?: number; encoding?: 'data' | 'bdat' } = {}): EventBody => ({
  kind: 'chunk', phase: 'body', direction: 'to-server', body: 1, offset: 0, size: raw?.length ?? 0, last, encoding: 'data', ...(raw === undefined ? {} : { raw }), ...more,
}) // prettier-ignore

/** What stands on the wire, `<n>` for octets that are not known. */
function wire(...bodies: EventBody[]): string {
  const reader = new WireReader()
  const events = eventsOf(bodies).filter(isSpoken)
  return events
    .flatMap((event, i) => reader.read(event, events[i + 1]))
    .map(({ octets, missing }) => toByteString(octets) + (missing > 0 ? `<${missing}>` : ''))
    .join('')
}
const dot = said('.\r\n', false, { phase: 'body' })

const pairOf = (...bodies: EventBody[]) => eventsOf(bodies).filter(isSpoken)
const endOf = ([event, next]: ReturnType<typeof pairOf>) => unseenEnd(event!, next)

test('content of which a log has nothing had an end, unless the server gave up waiting for it', () => {
  expect(toByteString(endOf(pairOf(answered('354 Go\r\n'), answered('250 OK\r\n')))!)).toBe('.\r\n')
  for (const next of [answered('421 Too slow\r\n'), chunk('a', true), dot])
    expect(endOf(pairOf(answered('354 Go\r\n'), next))).toBeNull()
  expect(endOf(pairOf(answered('354 Go\r\n')))).toBeNull()
  expect(endOf(pairOf(answered('250 a\r\n'), answered('250 b\r\n')))).toBeNull()
})

describe('WireReader', () => {
  test('lines are as they are; of a cut one the rest is missing', () => {
    expect(wire(said('NOOP\r\n'), said('NOOP xx', false, { cutFrom: 100 }))).toBe('NOOP\r\nNOOP xx<93>')
  })

  test('dots are doubled, also where a line begins in the next stretch', () => {
    expect(wire(chunk('a\r\n', false), chunk('.b\r\n..\r\n', true), dot)).toBe('a\r\n..b\r\n...\r\n.\r\n')
  })

  test('a line end is added where content has none', () => {
    expect(wire(chunk('a', true), dot)).toBe('a\r\n.\r\n')
    expect(wire(chunk('a', true), said('\r\n.\r\n', false, { phase: 'body' }))).toBe('a\r\n.\r\n')
  })

  test('the end is added for a server, whose transcript has no line for it', () => {
    expect(wire(chunk('a\r\n', true), answered('250 OK\r\n'))).toBe('a\r\n.\r\n250 OK\r\n')
    expect(wire(chunk('a', true), answered('250 OK\r\n'))).toBe('a\r\n.\r\n250 OK\r\n')
  })

  test('content that was broken off gets no end', () => {
    expect(wire(chunk('a\r\n', true))).toBe('a\r\n')
  })

  test('content that was not kept is missing; its end is not', () => {
    expect(wire(chunk(undefined, true, { size: 50 }), answered('250 OK\r\n'))).toBe('<50>.\r\n250 OK\r\n')
    expect(wire(chunk(undefined, true, { size: 50 }), dot)).toBe('<50>.\r\n')
  })

  test('BDAT has no dots and no end (RFC 3030 §2)', () => {
    expect(wire(chunk('.a\r\n.\r\n', true, { encoding: 'bdat' }), answered('250 OK\r\n'))).toBe(
      '.a\r\n.\r\n250 OK\r\n',
    )
  })
})
