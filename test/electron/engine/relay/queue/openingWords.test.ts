import { expect, test } from 'vitest'
import { openingWords } from '#engine/relay/queue/openingWords.ts'
import type { EventBody, TranscriptEvent } from '#shared/transcript/event.ts'

const at = { phase: 'other', direction: 'none' } as const
const connect = (outcome: 'connected' | 'refused'): EventBody => ({ ...at, kind: 'connect', address: '192.0.2.1', port: 25, family: 4, took: 1, outcome }) // prettier-ignore
const tls: EventBody = { ...at, kind: 'tls', outcome: 'established', took: 1 }
const reply: EventBody = { ...at, kind: 'reply', direction: 'to-client', raw: '220 hi\r\n', code: 220 }
const noon = new Date('2026-01-01T12:00:00Z')

/** Each event a second behind the one before. */
const words = (implicit: boolean, silent: number, ...bodies: EventBody[]) =>
  openingWords(
    bodies.map((body, i): TranscriptEvent => ({
      ...body,
      session: 's',
      seq: i + 1,
      at: (i + 1) * 1_000_000,
    })),
    { hop: { host: 'mx.example', port: 25, tls: { level: 'required', implicit, from: 'default' } }, elapsed: (bodies.length + silent) * 1_000_000, now: noon }, // prettier-ignore
  )

test.each<[boolean, number, EventBody[], string]>([
  [false, 60, [], 'Connecting to mx.example'],
  [false, 60, [connect('refused')], 'Connecting to mx.example'],
  [
    false,
    2,
    [connect('connected')],
    'Connected to mx.example:25, waiting for its greeting since 11:59:58 UTC',
  ],
  [
    false,
    90,
    [connect('refused'), connect('connected')],
    'Connected to mx.example:25, waiting for its greeting since 11:58:30 UTC: it is silent, as a port with implicit TLS would be',
  ],
  [true, 90, [connect('connected')], 'Connected to mx.example:25, making TLS since 11:58:30 UTC'],
  [
    true,
    90,
    [connect('connected'), tls],
    'Connected to mx.example:25, waiting for its greeting since 11:58:30 UTC: it is silent',
  ],
  [false, 90, [connect('connected'), reply], 'Connected to mx.example:25, getting ready for mail'],
])('implicit %s, silent for %i s: %#', (implicit, silent, bodies, said) => {
  expect(words(implicit, silent, ...bodies)).toBe(said)
})
