/** Sample events for tests: a builder that numbers and times them, and an arbitrary for property tests. */
import * as fc from 'fast-check'
import type { EventBody, SessionHead, TranscriptEvent } from '#shared/transcript/event.ts'

export const head = (more: Partial<SessionHead> = {}): SessionHead => ({
  id: 's1',
  source: 'send',
  role: 'client',
  startedAt: '2026-01-02T03:04:05.000Z',
  host: 'mail.example',
  port: 587,
  tls: 'starttls',
  ...more,
})

/** Numbers from 1, one millisecond apart. */
export const numbered = (bodies: readonly EventBody[], session = 's1'): TranscriptEvent[] =>
  bodies.map((body, index) => ({ ...body, session, seq: index + 1, at: index * 1000 }))

export const line = (raw: string, phase: EventBody['phase'], more: object = {}): EventBody => ({
  kind: 'line',
  direction: 'to-server',
  phase,
  raw: `${raw}\r\n`,
  ...more,
})

export const reply = (raw: string, phase: EventBody['phase'], more: object = {}): EventBody => ({
  kind: 'reply',
  direction: 'to-client',
  phase,
  raw: `${raw}\r\n`,
  code: Number(raw.slice(0, 3)),
  ...more,
})

export const end = (more: object = {}): EventBody => ({ kind: 'end', direction: 'none', phase: 'quit', outcome: 'completed', by: 'client', message: 'QUIT was answered.', ...more }) // prettier-ignore

const octets = fc.uint8Array({ maxLength: 60 }).map((bytes) => String.fromCharCode(...bytes))
const anyPhase = fc.constantFrom<EventBody['phase'][]>(
  'banner',
  'ehlo',
  'auth',
  'mail',
  'rcpt',
  'body',
  'other',
)

/** Any event body that travels, with any octets. */
export const anyBody: fc.Arbitrary<EventBody> = fc.oneof(
  fc.record({ raw: octets, phase: anyPhase }).map(
    ({ raw, phase }): EventBody => ({ kind: 'line', direction: 'to-server', phase, raw, masked: [{ start: 0, end: 1 }] }), // prettier-ignore
  ),
  fc.record({ raw: octets, phase: anyPhase, code: fc.integer({ min: 100, max: 999 }) }).map(
    ({ raw, phase, code }): EventBody => ({ kind: 'reply', direction: 'to-client', phase, raw, code, sealed: true }), // prettier-ignore
  ),
  octets.map(
    (raw): EventBody => ({ kind: 'chunk', direction: 'to-server', phase: 'body', body: 1, offset: 0, size: raw.length, last: true, encoding: 'data', raw }), // prettier-ignore
  ),
  fc.string().map(
    (message): EventBody => ({ kind: 'end', direction: 'none', phase: 'other', outcome: 'closed', by: 'server', message }), // prettier-ignore
  ),
)
