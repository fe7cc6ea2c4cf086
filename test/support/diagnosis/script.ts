/**
 * Owns: writing transcripts for tests of diagnosis as short scripts. `C: …` is a line of the client, `S: …` a reply (`|`
 * ends its lines); everything else is an event body. An event comes a millisecond after the one before, unless `later`.
 */
import { fromByteString } from '#shared/bytes/bytes.ts'
import { knownVerb } from '#shared/smtp/grammar/command.ts'
import { phaseOf } from '#shared/smtp/machine/client/lines.ts'
import { diagnoseTranscript } from '#shared/diagnosis/transcript.ts'
import type { Finding } from '#shared/diagnosis/finding.ts'
import type { Head } from '#shared/diagnosis/reading/types.ts'
import type { EventBody, EventOf, TranscriptEvent } from '#shared/transcript/event.ts'

export type Part = string | EventBody | { after: number; what: Part }

export const head = (more: Partial<Head> = {}): Head => ({
  role: 'client',
  host: 'mail.example.org',
  port: 587,
  tls: 'starttls',
  startedAt: '2026-06-01T12:00:00.000Z',
  ...more,
})

/** The part comes this many milliseconds after the one before it. */
export const later = (after: number, what: Part): Part => ({ after, what })

const phases: Record<string, EventBody['phase']> = phaseOf

const line = (raw: string, verb: string | undefined): EventBody => ({
  kind: 'line',
  direction: 'to-server',
  phase: raw === '.\r\n' ? 'body' : (verb && phases[verb]) || 'other',
  raw,
  ...(verb ? { verb } : {}),
})

const reply = (raw: string, phase: EventBody['phase']): EventBody => ({
  kind: 'reply',
  direction: 'to-client',
  phase,
  raw,
  ...(/^\d{3}/.test(raw) ? { code: Number(raw.slice(0, 3)) } : {}),
})

/** Events numbered from `first`. Replies are filed under the phase of the command before them. */
export function script(parts: readonly Part[], first = 1): TranscriptEvent[] {
  let at = 0
  let phase: EventBody['phase'] = 'banner'
  let sealed = false
  return parts.map((part, i) => {
    let what: Part = part
    at += typeof what === 'object' && 'after' in what && 'what' in what ? what.after * 1000 : 1000
    while (typeof what === 'object' && 'what' in what) what = what.what
    const body = typeof what === 'string' ? spoken(what, phase) : what
    if (body.kind === 'line') phase = body.phase
    if (body.kind === 'tls' && body.outcome === 'established') sealed = true
    const seal = sealed && (body.kind === 'line' || body.kind === 'reply') ? { sealed: true } : {}
    return { ...seal, ...body, session: 's', seq: first + i, at }
  })
}

function spoken(text: string, phase: EventBody['phase']): EventBody {
  const raw = `${text.slice(3).replaceAll('|', '\r\n')}\r\n`
  if (text.startsWith('S: ')) return reply(raw, phase)
  return line(raw, knownVerb(fromByteString(raw)) ?? undefined)
}

export const connected = (more: Partial<EventOf<'connect'>> = {}): EventBody => ({
  kind: 'connect',
  phase: 'tcp',
  direction: 'none',
  address: '192.0.2.1',
  port: 587,
  family: 4,
  took: 1000,
  outcome: 'connected',
  ...more,
})

export const secured = (more: Partial<EventOf<'tls'>> = {}): EventBody => ({
  kind: 'tls',
  phase: 'tls',
  direction: 'none',
  outcome: 'established',
  took: 1000,
  version: 'TLSv1.3',
  verified: true,
  ...more,
})

export const ended = (
  outcome: EventOf<'end'>['outcome'],
  by: EventOf<'end'>['by'] = 'server',
): EventBody => ({ kind: 'end', phase: 'other', direction: 'none', outcome, by, message: outcome })

/** Up to an accepted EHLO in clear, with these capabilities. */
export const hello = (...capabilities: string[]): Part[] => [
  connected(),
  'S: 220 mail.example.org ESMTP',
  'C: EHLO me.example.net',
  `S: ${['mail.example.org', ...capabilities].map((text, i) => `250${i === capabilities.length ? ' ' : '-'}${text}`).join('|')}`,
]

/** Up to an accepted EHLO inside TLS. */
export const sealedHello = (...capabilities: string[]): Part[] => [
  ...hello('STARTTLS'),
  'C: STARTTLS',
  'S: 220 2.0.0 go on',
  secured(),
  ...hello(...capabilities).slice(2),
]

export const diagnose = (parts: readonly Part[], more: Partial<Head> = {}): Finding[] =>
  diagnoseTranscript(head(more), script(parts))

export const codesOf = (parts: readonly Part[], more: Partial<Head> = {}): string[] =>
  diagnose(parts, more).map(({ code }) => code)
