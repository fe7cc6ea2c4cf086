/** Owns: short ways to write transcript events in tests. Numbers count up, times are given in milliseconds. */
import { TranscriptEvent, type EventBody } from '#shared/transcript/event.ts'

/** Events of one session, each body with its time in milliseconds; parsed by the schema. */
export function eventList(bodies: readonly [number, EventBody][], session = 's1'): TranscriptEvent[] {
  return bodies.map(([ms, body], place) =>
    TranscriptEvent.parse({ ...body, session, seq: place + 1, at: Math.round(ms * 1000) }),
  )
}

type Phase = EventBody['phase']

export const connected = (outcome: 'connected' | 'refused' = 'connected'): EventBody => ({
  kind: 'connect',
  phase: 'tcp',
  direction: 'none',
  address: '192.0.2.1',
  port: 587,
  family: 4,
  took: 1000,
  outcome,
})

/** A command with its line end. */
export const said = (phase: Phase, raw: string, sealed = false, secret?: [number, number]): EventBody => ({
  kind: 'line',
  phase,
  direction: 'to-server',
  raw: `${raw}\r\n`,
  verb: /^[A-Z]+/.exec(raw)?.[0] ?? '',
  ...(sealed ? { sealed } : {}),
  ...(secret ? { masked: [{ start: secret[0], end: secret[1] }] } : {}),
})

export const replied = (phase: Phase, code: number, text: string, sealed = false): EventBody => ({
  kind: 'reply',
  phase,
  direction: 'to-client',
  raw: `${code} ${text}\r\n`,
  code,
  ...(sealed ? { sealed } : {}),
})

export const secured = (outcome: 'established' | 'failed' = 'established'): EventBody => ({
  kind: 'tls',
  phase: 'tls',
  direction: 'none',
  outcome,
  took: 1000,
  version: 'TLSv1.3',
  cipher: 'TLS_AES_256_GCM_SHA384',
  verified: true,
})

export const chunk = (size: number, last = true): EventBody => ({
  kind: 'chunk',
  phase: 'body',
  direction: 'to-server',
  sealed: true,
  body: 1,
  offset: 0,
  size,
  last,
  encoding: 'data',
})

export const ended = (outcome: 'completed' | 'closed' | 'failed' = 'completed'): EventBody => ({
  kind: 'end',
  phase: 'quit',
  direction: 'none',
  outcome,
  by: 'client',
  message: 'The dialogue is over.',
})

/** A submission over STARTTLS that is accepted. */
export const acceptedSend = (): [number, EventBody][] => [
  [50, connected()],
  [114, replied('banner', 220, 'smtp.harbour.example ESMTP ready')],
  [115, said('ehlo', 'EHLO laptop.shop.example')],
  [156, replied('ehlo', 250, 'smtp.harbour.example')],
  [157, said('starttls', 'STARTTLS')],
  [196, replied('starttls', 220, '2.0.0 Ready to start TLS')],
  [293, secured()],
  [294, said('ehlo', 'EHLO laptop.shop.example', true)],
  [336, replied('ehlo', 250, 'smtp.harbour.example', true)],
  [338, said('auth', 'AUTH PLAIN ********', true, [11, 19])],
  [456, replied('auth', 235, '2.7.0 Authentication successful', true)],
  [457, said('mail', 'MAIL FROM:<orders@shop.example>', true)],
  [496, replied('mail', 250, '2.1.0 Ok', true)],
  [497, said('rcpt', 'RCPT TO:<ines@quayside.example>', true)],
  [536, replied('rcpt', 250, '2.1.5 Ok', true)],
  [537, said('data', 'DATA', true)],
  [576, replied('data', 354, 'End data with <CR><LF>.<CR><LF>', true)],
  [577, chunk(4312)],
  [657, replied('body', 250, '2.0.0 Ok, queued as 7F2K-0931', true)],
  [658, said('quit', 'QUIT', true)],
  [696, replied('quit', 221, '2.0.0 Bye', true)],
  [697, ended()],
]
