/** Owns: small dialogues for the tests of the diff, as `C: ` and `S: ` lines, and an arbitrary of such dialogues. */
import * as fc from 'fast-check'
import { stepsOf } from '#shared/transcript/diff/steps.ts'
import type { Side } from '#shared/transcript/diff/types.ts'
import type { EventBody, Phase, TranscriptEvent } from '#shared/transcript/event.ts'

const phases: Record<string, Phase> = { EHLO: 'ehlo', HELO: 'ehlo', STARTTLS: 'starttls', AUTH: 'auth', MAIL: 'mail', RCPT: 'rcpt', DATA: 'data', BDAT: 'body', QUIT: 'quit' } // prettier-ignore

const tls = (more: object): EventBody => ({ kind: 'tls', phase: 'tls', direction: 'none', outcome: 'established', took: 500, version: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', verified: true, ...more }) // prettier-ignore

/**
 * `C: RCPT TO:<a@b>`, `S: 250 2.1.5 Ok`, `TLS`, `BODY 300`, `CONNECT`, `WAIT 50`, `END outcome`. Lines of one reply are
 * joined by `|`. Replies take their phase from the command that they answer, as the recorder does it.
 */
export function script(lines: readonly string[], step = 1000): TranscriptEvent[] {
  const asked: Phase[] = []
  let phase: Phase = 'banner'
  let sealed = false
  let at = 0
  const bodies = lines.map((text): EventBody => {
    const word = text.split(' ')[0]
    const rest = text.slice(text.indexOf(' ') + 1)
    const protection = sealed ? { sealed: true } : {}
    if (word === 'C:') {
      const verb = /^[A-Z]+/.exec(rest)?.[0] ?? ''
      const known = phases[verb]
      if (phase !== 'auth' || known) phase = known ?? (rest === '.' ? 'body' : 'other')
      if (rest !== '.' && (known || /^[A-Z]{4}/.test(rest))) asked.push(phase)
      return { kind: 'line', phase, direction: 'to-server', raw: `${rest}\r\n`, ...protection, ...(known || phase === 'other' ? { verb } : {}) } // prettier-ignore
    }
    if (word === 'S:') {
      const said = rest.split('|')
      const answers = asked.length === 0 ? phase : said[0]!.startsWith('334') ? asked[0]! : asked.shift()!
      const enhanced = /^\d{3}[ -]([245]\.\d\.\d+)/.exec(rest)?.[1]
      return { kind: 'reply', phase: answers, direction: 'to-client', raw: said.map((one) => `${one}\r\n`).join(''), code: Number(rest.slice(0, 3)), ...(enhanced ? { enhanced } : {}), ...protection } // prettier-ignore
    }
    if (word === 'TLS') {
      sealed = true
      return tls({})
    }
    if (word === 'BODY') {
      phase = 'body'
      asked.push('body')
      return { kind: 'chunk', phase, direction: 'to-server', body: 1, offset: 0, size: Number(rest), last: true, encoding: 'data', ...protection } // prettier-ignore
    }
    if (word === 'CONNECT') return { kind: 'connect', phase: 'tcp', direction: 'none', address: '192.0.2.1', port: 25, family: 4, took: 1000, outcome: 'connected' } // prettier-ignore
    if (word === 'WAIT') return { kind: 'wait', phase, direction: 'none', why: 'gate', took: Number(rest) * 1000 } // prettier-ignore
    return { kind: 'end', phase: 'other', direction: 'none', outcome: rest === 'reset' ? 'reset' : 'completed', by: 'client', message: `Ended: ${rest}.` } // prettier-ignore
  })
  return bodies.map((body, index) => {
    at += body.kind === 'wait' ? body.took : step
    return { ...body, session: 's1', seq: index + 1, at }
  })
}

export const sideOf = (lines: readonly string[], more: Partial<Side> = {}, step = 1000): Side => ({
  steps: stepsOf(script(lines, step)),
  ...more,
})

export const hello = [
  'S: 220 mx.example ESMTP',
  'C: EHLO me',
  'S: 250-mx.example|250-SIZE 1000|250 PIPELINING',
]
export const starttls = ['C: STARTTLS', 'S: 220 2.0.0 Go ahead', 'TLS']
export const mail = ['C: MAIL FROM:<a@a.example>', 'S: 250 2.1.0 Ok', 'C: RCPT TO:<b@b.example>', 'S: 250 2.1.5 Ok', 'C: DATA', 'S: 354 Go on', 'BODY 300', 'C: .', 'S: 250 2.0.0 Ok: queued as 4C1F22A'] // prettier-ignore
export const bye = ['C: QUIT', 'S: 221 2.0.0 Bye', 'END completed']
export const refused = ['C: MAIL FROM:<a@a.example>', 'S: 250 2.1.0 Ok', 'C: RCPT TO:<b@b.example>', 'S: 550 5.7.1 relay denied'] // prettier-ignore

const address = fc.constantFrom('a@x.example', 'b@x.example', 'c@y.example')
const code = fc.constantFrom(
  '250 2.1.5 Ok',
  '250 Ok',
  '451 4.3.0 Later',
  '550 5.1.1 No such user',
  '421 4.4.2 Bye',
)
const exchange = fc.oneof(
  fc.tuple(address, code).map(([to, answer]) => [`C: RCPT TO:<${to}>`, `S: ${answer}`]),
  code.map((answer) => ['C: MAIL FROM:<me@x.example>', `S: ${answer}`]),
  fc.constantFrom(['C: NOOP', 'S: 250 Ok'], ['C: RSET', 'S: 250 Ok'], ['C: NOOP'], ['S: 421 4.3.2 Going down'], ['WAIT 20']), // prettier-ignore
  fc.constantFrom(hello.slice(1), ['C: EHLO me', 'S: 502 No', 'C: HELO me', 'S: 250 mx']),
  fc.tuple(address, address).map(([a, b]) => [`C: RCPT TO:<${a}>`, `C: RCPT TO:<${b}>`, 'S: 250 Ok', 'S: 550 5.1.1 No']), // prettier-ignore
  fc.constantFrom(['TLS'], starttls, ['C: DATA', 'S: 354 Go', 'BODY 20', 'S: 250 Ok'], ['C: AUTH LOGIN', 'S: 334 VXNlcg==', 'C: ********', 'S: 535 5.7.8 No']), // prettier-ignore
)

/** Any dialogue, likely or not; it may begin in the middle and end anywhere. */
export const anyDialogue: fc.Arbitrary<string[]> = fc
  .tuple(
    fc.constantFrom([], ['CONNECT', 'S: 220 mx.example'], ['CONNECT', 'TLS', 'S: 220 mx.example']),
    fc.array(exchange, { maxLength: 14 }),
    fc.constantFrom([], bye, ['END reset'], ['C: QUIT']),
  )
  .map(([start, middle, end]) => [...start, ...middle.flat(), ...end])
