/**
 * Owns: the comparison of SMTP with an HTTP API as the page shows it: what is asked, the figures side by side, both first
 * connections as bars on one time axis, and what the articles say beside what was measured.
 */
import type { CallInput } from '#shared/rpc/contract.ts'
import type { VersusPlan, VersusResult, VersusSide } from '#shared/rpc/contract/versus.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { octetsInWords, shortTime } from '#shared/transcript/measure.ts'
import { TripCounter } from '#shared/versus/trips.ts'
import { roundAxis } from './timeAxis.ts'

type Request = CallInput<'versus.start'>
export interface VersusDraft {
  smtp: VersusPlan['smtp']
  http: VersusPlan['http']
  messages: number
  roundTrip: number
  /** Octets of the attachment, about. */
  size: number
}

/** As most programs do it when nobody has thought about it. */
export const firstVersusDraft: VersusDraft = {
  smtp: { pipelining: false, tls: 'starttls', tlsVersion: '1.3', reuse: false },
  http: { api: 'json', tls: true, tlsVersion: '1.3', reuse: false },
  messages: 1,
  roundTrip: 50,
  size: 0,
}

export function versusRequest({ smtp, http, messages, roundTrip, size }: VersusDraft): Request {
  const file = {
    name: 'report.bin',
    type: 'application/octet-stream',
    base64: 'AAAA'.repeat(Math.ceil(size / 3)),
  }
  return {
    message: {
      from: 'Anna <anna@example.com>',
      to: ['bob@example.org'],
      subject: 'The same message, both ways',
      text: 'One message, sent by SMTP and by an HTTP API.\n',
      ...(size > 0 ? { attachments: [file] } : {}),
    },
    messages, roundTrip, smtp, http,
  } // prettier-ignore
}

const same = (left: object, right: object): boolean =>
  Object.entries(left).every(([name, value]) => Object.getOwnPropertyDescriptor(right, name)?.value === value)

/** The choices are no longer those that the result is of. */
export function choicesChanged(draft: VersusDraft, { plan }: Pick<VersusResult, 'plan'>): boolean {
  const { smtp, http, messages, roundTrip } = plan
  const numbers = messages === draft.messages && roundTrip === draft.roundTrip
  return !numbers || !same(draft.smtp, smtp) || !same(draft.http, http)
}

export interface Figure {
  name: string
  smtp: string
  http: string
  /** What the figure is, for who asks. */
  note: string
}

export function versusFigures({ smtp, http }: VersusResult): Figure[] {
  const row = (name: string, of: (side: VersusSide) => string, note: string): Figure => ({ name, smtp: of(smtp), http: of(http), note }) // prettier-ignore
  return [
    row('Round trips', ({ roundTrips }) => `${roundTrips}`, 'Times that one side had said all it could and waited, counted in the transcripts.'),
    row('Line turned', ({ turns }) => `${turns}`, 'The same, seen by the line between, which cannot read what it carries.'),
    row('Connections', ({ connections }) => `${connections}`, 'Opened for all messages.'),
    row('TLS handshakes', ({ handshakes }) => `${handshakes}`, 'One costs one round trip in TLS 1.3 and two in TLS 1.2.'),
    row('Sent', ({ octetsOut }) => octetsInWords(octetsOut), 'On the wire, TLS included, TCP and IP not.'),
    row('Received', ({ octetsIn }) => octetsInWords(octetsIn), 'Most of it is the certificate.'),
    row('First message after', ({ first }) => (first === undefined ? 'never' : shortTime(first)), 'From the first connect to its 250 or 200.'),
    row('All after', ({ took }) => shortTime(took), 'To the last 250 or 200; SMTP’s QUIT comes after it.'),
  ] // prettier-ignore
}

export interface VersusBar {
  key: string
  what: string
  look: 'connecting' | 'open' | 'handshake' | 'sealed'
  /** Microseconds. */
  from: number
  to: number
  seq: number
}

/** Bars of one connection that are drawn; what comes after is told in the dialogue. */
const mostBars = 60

/** One bar for each wait, from the end of the one before. */
export function versusBars(events: readonly TranscriptEvent[]): VersusBar[] {
  const counter = new TripCounter()
  const bars: VersusBar[] = []
  let from = 0
  for (const event of events) {
    const trip = counter.push(event)
    if (trip === null || bars.length >= mostBars) continue
    const look = event.kind === 'connect' ? 'connecting' : event.kind === 'tls' ? 'handshake' : event.sealed ? 'sealed' : 'open' // prettier-ignore
    bars.push({
      key: `${trip.seq}`,
      what: trip.what,
      look,
      from,
      to: Math.max(from, event.at),
      seq: trip.seq,
    })
    from = Math.max(from, event.at)
  }
  return bars
}

/** Microseconds of the axis, a round number at or above both ends, and its ticks. */
export function versusAxis(...sides: readonly (readonly VersusBar[])[]): { length: number; ticks: number[] } {
  const { length, step, count } = roundAxis(Math.max(0, ...sides.map((bars) => bars.at(-1)?.to ?? 0)))
  return { length, ticks: Array.from({ length: count + 1 }, (_, i) => i * step) }
}

export interface Claim {
  said: string
  here: string
}

const each = (side: VersusSide): number => (side.messages === 0 ? 0 : side.roundTrips / side.messages)
const words = (n: number): string => (Number.isInteger(n) ? `${n}` : n.toFixed(1))

/** What the source articles say, beside what was counted here. */
export function versusClaims({ plan, smtp, http }: VersusResult): Claim[] {
  return [
    {
      said: 'SMTP with TLS takes about nine round trips: connect, banner, EHLO, STARTTLS, TLS, EHLO, AUTH, MAIL, RCPT, DATA, dot.',
      here: `${words(each(smtp))} for each message as set here. The list itself has eleven, and QUIT is one more that nobody needs to wait for.`,
    },
    {
      said: 'An HTTPS API takes connect, TLS and one request.',
      here: `${words(each(http))} for each message as set here${plan.http.tls ? '' : ', without TLS'}.`,
    },
    {
      said: 'HTTP is therefore faster.',
      here:
        plan.messages > 1 && smtp.connections < plan.messages
          ? 'SMTP on a connection that is kept pays for its greeting once. With PIPELINING each further message waits twice, by HTTP once.'
          : 'For one message over a long distance, yes. A connection that is kept, PIPELINING and implicit TLS take most of the difference away.',
    },
  ]
}
