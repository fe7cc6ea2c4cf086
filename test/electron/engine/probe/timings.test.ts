import { expect, test } from 'vitest'
import { Journal } from '#engine/dialogue/journal.ts'
import { timingsOf } from '#engine/probe/timings.ts'
import { memoryHub } from '#test/support/dialogue/memoryHub.ts'
import { connectEvent, endEvent, lineEvent, replyEvent, tlsEvent } from '#test/support/events.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'

function timings(events: TranscriptEvent[], tls: 'starttls' | 'implicit', dns?: number) {
  const journal = new Journal(memoryHub().begin({ source: 'probe', role: 'client', host: 'h', port: 1, tls }))
  const head = { role: 'client', host: 'h', port: 1, tls, startedAt: '2026-11-22T00:00:00Z' } as const
  const end = { outcome: { how: 'completed', by: 'client', message: '' }, cancelled: false } as const
  return timingsOf({ session: 's', head, events, journal, end, chain: [] }, dns)
}
const at = <E extends TranscriptEvent>(event: E, time: number): E => ({ ...event, at: time })

test('each step of a session with STARTTLS', () => {
  const events = [
    at(connectEvent(1, { took: 100 }), 100),
    at(replyEvent(2, '220 mx\r\n'), 300),
    at(lineEvent(3, 'EHLO x\r\n', 'EHLO'), 310),
    at(replyEvent(4, '250 mx\r\n', { phase: 'ehlo' }), 350),
    at(lineEvent(5, 'STARTTLS\r\n', 'STARTTLS'), 360),
    at(replyEvent(6, '220 go\r\n', { phase: 'starttls' }), 390),
    at(tlsEvent(7, { outcome: 'established', took: 200 }), 600),
    { ...at(lineEvent(8, 'EHLO x\r\n', 'EHLO'), 610), sealed: true },
    at(replyEvent(9, '250 mx\r\n', { phase: 'ehlo', sealed: true }), 660),
    at(endEvent(10), 700),
  ]
  expect(timings(events, 'starttls', 50)).toEqual({
    dns: 50,
    tcp: 100,
    banner: 200,
    ehlo: 40,
    starttls: 30,
    tls: 200,
    ehloAfterTls: 50,
    total: 750,
  })
})

test('with implicit TLS there is one EHLO; what was not reached is absent', () => {
  const sealed = [
    at(connectEvent(1, { took: 100 }), 100),
    at(tlsEvent(2, { outcome: 'established', took: 100 }), 200),
    at(replyEvent(3, '220 mx\r\n', { sealed: true }), 230),
    { ...at(lineEvent(4, 'EHLO x\r\n', 'EHLO'), 240), sealed: true },
    at(replyEvent(5, '250 mx\r\n', { phase: 'ehlo', sealed: true }), 260),
    at(endEvent(6), 300),
  ]
  expect(timings(sealed, 'implicit')).toEqual({ tcp: 100, banner: 30, ehlo: 20, tls: 100, total: 300 })
  const refused = [at(connectEvent(1, { took: 9, outcome: 'refused' }), 9), at(endEvent(2), 10)]
  expect(timings(refused, 'starttls')).toEqual({ tcp: 9, total: 10 })
})
