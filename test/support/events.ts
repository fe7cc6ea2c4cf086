/** Owns: making single transcript events in unit tests with few words. */
import type { EventOf, TranscriptEvent } from '#shared/transcript/event.ts'

const head = { session: 's', at: 0, direction: 'none' } as const

export const connectEvent = (seq: number, more: Partial<EventOf<'connect'>> = {}): EventOf<'connect'> => ({
  ...head,
  seq,
  kind: 'connect',
  phase: 'tcp',
  address: '192.0.2.1',
  port: 587,
  family: 4,
  took: 1000,
  outcome: 'connected',
  ...more,
})

export const resolveEvent = (seq: number, more: Partial<EventOf<'resolve'>> = {}): EventOf<'resolve'> => ({
  ...head,
  seq,
  kind: 'resolve',
  phase: 'dns',
  name: 'mx.example',
  family: 4,
  addresses: [],
  took: 1000,
  ...more,
})

export const tlsEvent = (seq: number, more: Partial<EventOf<'tls'>> = {}): EventOf<'tls'> => ({
  ...head,
  seq,
  kind: 'tls',
  phase: 'tls',
  outcome: 'failed',
  took: 1000,
  ...more,
})

export const replyEvent = (
  seq: number,
  raw: string,
  more: Partial<EventOf<'reply'>> = {},
): TranscriptEvent => ({
  ...head,
  direction: 'to-client',
  seq,
  kind: 'reply',
  phase: 'banner',
  raw,
  ...(/^\d{3}[ -]/.test(raw) ? { code: Number(raw.slice(0, 3)) } : {}),
  ...more,
})

export const lineEvent = (seq: number, raw: string, verb: string): TranscriptEvent => ({
  ...head,
  direction: 'to-server',
  seq,
  kind: 'line',
  phase: 'other',
  raw,
  verb,
})

export const endEvent = (seq: number, more: Partial<EventOf<'end'>> = {}): EventOf<'end'> => ({
  ...head,
  seq,
  kind: 'end',
  phase: 'other',
  outcome: 'completed',
  by: 'client',
  message: 'Done.',
  ...more,
})
