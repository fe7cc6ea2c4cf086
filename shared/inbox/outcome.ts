/**
 * Owns: what became of a session that delivered no message: refused, broken off, or idle, with the reply that decided
 * and where it stands. Read from its events; one that is long may be given as its first and last events.
 */
import type { EventOf, Phase, SessionSummary, TranscriptEvent } from '../transcript/event.ts'

export const outcomes = ['kept', 'refused', 'broken', 'idle'] as const
export type Outcome = (typeof outcomes)[number]

export interface SessionOutcome {
  outcome: Exclude<Outcome, 'kept'>
  /** In words, as "Refused at RCPT, 550". */
  words: string
  /** How far it came. */
  phase: Phase
  /** `IP:PORT` of the client. */
  client: string
  mailFrom: string
  rcptTo: string[]
  user?: string | undefined
  sealed: boolean
  /** Octets of content that arrived, and how many the client had said (SIZE, RFC 1870). */
  arrived: number
  declared?: number | undefined
  /** The reply or the ending that decided: its first line, and its event. */
  decided: string
  seq: number
}

const mostRecipients = 100
const longestReply = 300
/** Steps whose refusal ends what the client came for. */
const steps = new Set<Phase>(['banner', 'ehlo', 'starttls', 'auth', 'mail', 'rcpt', 'data', 'body'])

interface Refusal {
  phase: Phase
  text: string
  seq: number
}

class Reading {
  readonly refusals = new Map<Phase, Refusal>()
  phase: Phase = 'tcp'
  client = ''
  mailFrom = ''
  rcptTo: string[] = []
  user: string | undefined
  sealed = false
  said = false
  quit = false
  arrived = 0
  declared: number | undefined
  end: EventOf<'end'> | undefined

  fold(event: TranscriptEvent): void {
    switch (event.kind) {
      case 'connect':
        this.client = `${event.address}:${event.port}`
        return
      case 'tls':
        this.sealed = event.outcome === 'established'
        this.phase = 'tls'
        return
      case 'line':
        this.#line(event)
        return
      case 'reply':
        this.#reply(event)
        return
      case 'chunk':
        this.phase = 'body'
        this.arrived += event.size
        return
      case 'end':
        this.end = event
        return
      case 'resolve':
      case 'wait':
      case 'edit':
      case 'finding':
      case 'remark':
    }
  }

  #line({ verb, raw, phase }: EventOf<'line'>): void {
    this.said = true
    this.quit = verb === 'QUIT'
    if (phase !== 'quit' && phase !== 'other') this.phase = phase
    const path = /^[^<]{0,20}<([^>]{0,500})>/u.exec(raw)?.[1]
    if (verb === 'MAIL') {
      this.mailFrom = path ?? ''
      this.rcptTo = []
      const size = / SIZE=(\d{1,15})/iu.exec(raw)?.[1]
      this.declared = size === undefined ? undefined : Number(size)
    } else if (verb === 'RCPT' && path !== undefined && this.rcptTo.length < mostRecipients)
      this.rcptTo.push(path)
  }

  #reply({ code, raw, phase, seq }: EventOf<'reply'>): void {
    if (code === undefined || !steps.has(phase)) return
    // Set anew, so that the last refusal is the last of the map.
    if (code >= 400) {
      this.refusals.delete(phase)
      this.refusals.set(phase, { phase, text: raw.split('\r\n', 1)[0]!.slice(0, longestReply), seq })
    } else if (code < 300) this.refusals.delete(phase)
    if (code === 235) this.user = /Authenticated as (\S{1,200})/u.exec(raw)?.[1] ?? this.user
  }

  /** DATA after every recipient was refused is refused for that alone: the recipient decided (RFC 5321 §3.3). */
  get refusal(): Refusal | undefined {
    const all = [...this.refusals.values()]
    const last = all.at(-1)
    const first = last && (last.phase === 'data' || last.phase === 'body') ? this.refusals.get('rcpt') : last
    return first ?? last
  }
}

/** Null when a message was kept: then the message stands in the list. */
export function sessionOutcome(
  summary: Pick<SessionSummary, 'words' | 'messages' | 'host'>,
  events: Iterable<TranscriptEvent>,
): SessionOutcome | null {
  if (summary.messages.length > 0) return null
  const read = new Reading()
  for (const event of events) read.fold(event)
  const { refusal, end, quit, said, phase } = read
  const cut = phase === 'body' && refusal?.phase !== 'body'
  const refused = refusal !== undefined && !cut
  const broken = cut || (said && !quit && !(end?.outcome === 'completed' && !said))
  const { client, mailFrom, rcptTo, user, sealed, arrived, declared } = read
  return {
    outcome: refused ? 'refused' : broken ? 'broken' : 'idle',
    words: said || refused ? summary.words : 'Connected and said nothing',
    phase: refused ? refusal.phase : phase,
    client: client === '' ? summary.host : client,
    mailFrom,
    rcptTo,
    ...(user === undefined ? {} : { user }),
    sealed,
    arrived,
    ...(declared === undefined ? {} : { declared }),
    decided: refused ? refusal.text : (end?.message ?? ''),
    seq: refused ? refusal.seq : (end?.seq ?? 1),
  }
}
