/**
 * Owns: a believable transcript of any length: one session in which a sending system delivers message after message,
 * with addresses that differ, refusals, delays, pipelined recipients, bodies, long lines and lines that are not ASCII.
 * The same number gives the same transcript, so that a test can say what stands where.
 */
import type { EventBody, Phase, SessionHead, TranscriptEvent } from '#shared/transcript/event.ts'

export const longHead = (id: string): SessionHead => ({
  id,
  source: 'import',
  role: 'client',
  startedAt: '2026-01-02T03:04:05.000Z',
  host: 'mx.harbour.example',
  port: 587,
  tls: 'starttls',
  title: 'A long night of deliveries',
})

/** Numbers below `n`, the same ones each time (a linear congruence, Numerical Recipes §7.1). */
function dice(): (n: number) => number {
  let state = 20260102
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
}

const people = ['anna', 'bela', 'chidi', 'dara', 'emre', 'farah', 'goran', 'hana', 'ines', 'jonas']
const places = ['harbour', 'lighthouse', 'quay', 'pier', 'lagoon', 'delta', 'fjord', 'reef']

/** Answers to RCPT, the usual one most of the time. */
function recipientAnswer(roll: number, address: string): string {
  if (roll < 3) return `550 5.1.1 <${address}>: Recipient address rejected: User unknown`
  if (roll < 5) return '450 4.2.1 The recipient is receiving mail at a rate that prevents delivery'
  if (roll < 6) return '552 5.2.2 Mailbox full'
  return '250 2.1.5 Ok'
}

class Night {
  readonly #session: string
  readonly #roll = dice()
  #seq = 0
  #at = 0
  #sealed = false
  #body = 0

  constructor(session: string) {
    this.#session = session
  }

  get seq(): number {
    return this.#seq
  }

  event(body: EventBody, after = 200): TranscriptEvent {
    this.#at += after
    return { ...body, session: this.#session, seq: ++this.#seq, at: this.#at }
  }

  #line(phase: Phase, raw: string, verb?: string): TranscriptEvent {
    const sealed = this.#sealed ? { sealed: true } : {}
    return this.event({ kind: 'line', direction: 'to-server', phase, raw: `${raw}\r\n`, ...(verb ? { verb } : {}), ...sealed }) // prettier-ignore
  }

  #reply(phase: Phase, text: string): TranscriptEvent {
    const code = Number(text.slice(0, 3))
    const enhanced = /^\d{3}[ -]([245]\.\d+\.\d+)/.exec(text)?.[1]
    const sealed = this.#sealed ? { sealed: true } : {}
    return this.event(
      { kind: 'reply', direction: 'to-client', phase, raw: `${text}\r\n`, code, ...(enhanced ? { enhanced } : {}), ...sealed },
      800 + this.#roll(40_000),
    ) // prettier-ignore
  }

  *opening(): Generator<TranscriptEvent> {
    const offers =
      '250-mx.harbour.example\r\n250-PIPELINING\r\n250-SIZE 52428800\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n'
    yield this.event({ kind: 'resolve', direction: 'none', phase: 'dns', name: 'mx.harbour.example', family: 0, addresses: [{ address: '192.0.2.25', family: 4 }], took: 11_000 }, 11_000) // prettier-ignore
    yield this.event({ kind: 'connect', direction: 'none', phase: 'tcp', address: '192.0.2.25', port: 587, family: 4, took: 23_000, outcome: 'connected' }, 23_000) // prettier-ignore
    yield this.#reply('banner', '220 mx.harbour.example ESMTP')
    yield this.#line('ehlo', 'EHLO night.example', 'EHLO')
    yield this.#reply('ehlo', `${offers}250 STARTTLS`)
    yield this.#line('starttls', 'STARTTLS', 'STARTTLS')
    yield this.#reply('starttls', '220 2.0.0 Ready to start TLS')
    yield this.event({ kind: 'tls', direction: 'none', phase: 'tls', outcome: 'established', took: 41_000, version: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', group: 'X25519', sni: 'mx.harbour.example', verified: true }, 41_000) // prettier-ignore
    this.#sealed = true
    yield this.#line('ehlo', 'EHLO night.example', 'EHLO')
    yield this.#reply('ehlo', `${offers}250 AUTH PLAIN`)
    const secret = this.#line('auth', 'AUTH PLAIN ********', 'AUTH')
    yield { ...secret, masked: [{ start: 11, end: 19 }] } as TranscriptEvent
    yield this.#reply('auth', '235 2.7.0 Authentication successful')
  }

  #address(n: number): string {
    const person = this.#roll(200) === 0 ? 'bj\u00c3\u00b6rn' : people[this.#roll(people.length)]!
    return `${person}.${n.toString(36)}@${places[this.#roll(places.length)]!}.example`
  }

  /** MAIL, one to six RCPT, DATA, the body, its answer; now and then something else. */
  *transaction(n: number): Generator<TranscriptEvent> {
    const size = 900 + this.#roll(90_000)
    yield this.#line('mail', `MAIL FROM:<bounce+${n}@night.example> SIZE=${size}`, 'MAIL')
    yield this.#reply('mail', '250 2.1.0 Ok')
    let accepted = 0
    for (let left = 1 + this.#roll(6); left > 0; left--) {
      const address = this.#address(n)
      yield this.#line('rcpt', `RCPT TO:<${address}>`, 'RCPT')
      const answer = recipientAnswer(this.#roll(100), address)
      if (answer.startsWith('2')) accepted++
      yield this.#reply('rcpt', answer)
    }
    if (accepted === 0) {
      yield this.#line('other', 'RSET', 'RSET')
      yield this.#reply('other', '250 2.0.0 Ok')
      return
    }
    yield* this.#content(n, size)
    if (n % 997 === 0) yield* this.#oddity(n)
  }

  *#content(n: number, size: number): Generator<TranscriptEvent> {
    yield this.#line('data', 'DATA', 'DATA')
    yield this.#reply('data', '354 End data with <CR><LF>.<CR><LF>')
    yield this.event({ kind: 'chunk', direction: 'to-server', phase: 'body', body: ++this.#body, offset: 0, size, last: true, encoding: 'data', sealed: true }, 3000) // prettier-ignore
    const id = ((n * 2654435761) >>> 0).toString(16).toUpperCase().padStart(8, '0')
    yield this.#reply('body', `250 2.0.0 Ok: queued as ${id}`)
  }

  *#oddity(n: number): Generator<TranscriptEvent> {
    yield this.#line('other', `NOOP ${'x'.repeat(300 + this.#roll(1500))}`, 'NOOP')
    const asked = this.#seq
    yield this.#reply('other', `500 5.5.2 Error: line too long (${n})`)
    yield this.event({ kind: 'finding', direction: 'none', phase: 'other', code: 'syntax-refused', severity: 'warning', side: 'client', confidence: 'certain', evidence: [asked], message: 'The line is longer than a command may be.', next: 'Send commands of at most 512 octets.' }) // prettier-ignore
  }

  *closing(): Generator<TranscriptEvent> {
    yield this.#line('quit', 'QUIT', 'QUIT')
    yield this.#reply('quit', '221 2.0.0 Bye')
    yield this.event({ kind: 'end', direction: 'none', phase: 'quit', outcome: 'completed', by: 'client', message: 'The client said goodbye.' }) // prettier-ignore
  }
}

/** At least `events` events, ended where the transaction ends that reaches them. */
export function* longTranscript(session: string, events: number): Generator<TranscriptEvent> {
  const night = new Night(session)
  yield* night.opening()
  for (let n = 1; night.seq < events - 3; n++) yield* night.transaction(n)
  yield* night.closing()
}
