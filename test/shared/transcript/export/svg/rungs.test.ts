import { describe, expect, test } from 'vitest'
import type { EventOf } from '#shared/transcript/event.ts'
import { drawBody, drawLine, drawReply } from '#shared/transcript/export/svg/rungs.ts'
import { lineEvent, replyEvent } from '#test/support/events.ts'

const line = (raw: string, more: object = {}) =>
  ({ ...lineEvent(1, raw, raw.slice(0, 4)), ...more }) as EventOf<'line'>
const reply = (raw: string, more: Partial<EventOf<'reply'>> = {}) =>
  drawReply({ kind: 'reply', wall: 'open', gap: 0, before: undefined, event: replyEvent(1, raw, more) as EventOf<'reply'> }, 0) // prettier-ignore

describe('rungs', () => {
  test('a line goes to the right, with its tags', () => {
    expect(drawLine(line('NOOP\r\n'), 0).markup).toContain('<tspan class="v">NOOP </tspan>')
    expect(drawLine(line('NOOP x', { edited: true, cutFrom: 20_000 }), 0).markup).toMatch(
      /changed by a person.*cut, 19\.5 KiB in all/,
    )
    expect(drawLine(line('NOOP', { edited: true, added: true }), 0).markup).toContain('added by a person')
    expect(drawLine(line('AUTH ********', { masked: [{ start: 5, end: 13 }] }), 0).markup).toMatch(
      /••••••••.*hidden/,
    )
  })

  test('a long line is cut', () => {
    const { markup } = drawLine(line(`NOOP ${'x'.repeat(9999)}`), 0)
    expect(markup.length).toBeLessThan(1500)
    expect(markup).toContain('x…')
  })

  test('a reply says how it went', () => {
    expect(reply('450 later\r\n').markup).toContain('try later')
    expect(reply('550 no\r\n').markup).toContain('refused')
    expect(reply('??\r\n', { malformed: 'no code' }).markup).toContain('not as SMTP asks')
  })

  test('further lines are drawn to a bound, offers as chips', () => {
    const long = reply('220-a\r\n'.repeat(40), { code: 220 })
    expect(long.markup).toContain('and 27 lines more')
    expect(long.height).toBeLessThan(300)
    const offer = reply('250-mx\r\n250 STARTTLS\r\n', { phase: 'ehlo' })
    expect(offer.markup).toContain('class="chip accent"')
  })

  test('a body is one pill', () => {
    const event: EventOf<'chunk'> = { session: 's', seq: 1, at: 0, phase: 'body', direction: 'to-server', kind: 'chunk', body: 1, offset: 0, size: 5, last: false, encoding: 'bdat' } // prettier-ignore
    expect(drawBody({ kind: 'body', wall: 'open', event, size: 5, whole: false, request: false }, 0).markup).toContain('Body, 5 octets in counted pieces so far') // prettier-ignore
    expect(drawBody({ kind: 'body', wall: 'open', event, size: 5, whole: true, request: true }, 0).markup).toContain('Body, 5 octets<') // prettier-ignore
  })
})
