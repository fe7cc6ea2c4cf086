/**
 * Owns: what became of a session that delivered no message, or of the last message of one that delivered others, to the
 * Inbox or to the relay: refused, broken off, or idle, with the reply that decided and where it stands. Read from its
 * events; one that is long may be given as its first and last events.
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

/** Handshakes that failed by what the port asks for; others end by the client or the network. */
const tlsRules = new Set(['port-speaks-implicit-tls', 'tls-no-common-version', 'tls-no-common-cipher', 'tls-client-certificate-required']) // prettier-ignore

/** Steps of one message. */
const ofMessage = new Set<Phase>(['mail', 'rcpt', 'data', 'body'])

interface Refusal {
  phase: Phase
  text: string
  seq: number
}

interface Transaction {
  mailFrom: string
  rcptTo: string[]
  declared: number | undefined
  arrived: number
  kept: boolean
}

interface Lost {
  transaction: Transaction
  refusal: Refusal
}

const begun = (): Transaction => ({ mailFrom: '', rcptTo: [], declared: undefined, arrived: 0, kept: false })

class Reading {
  readonly refusals = new Map<Phase, Refusal>()
  /** The last reply, where it refuses: what the server hangs up with belongs to no step where the client speaks another protocol. */
  parting: Refusal | undefined
  phase: Phase = 'tcp'
  client = ''
  transaction = begun()
  /** The last transaction that was refused and never kept. */
  lost: Lost | undefined
  /** A handshake that failed ends the session, whatever was said before. */
  unsealed: (Refusal & { ruled: boolean }) | undefined
  user: string | undefined
  sealed = false
  said = false
  quit = false
  end: EventOf<'end'> | undefined
  #last = 0

  fold(event: TranscriptEvent): void {
    // What was left out of a long session may have kept what this transaction was about.
    if (event.seq !== this.#last + 1 && this.#last > 0) this.transaction = begun()
    this.#last = event.seq
    switch (event.kind) {
      case 'connect':
        this.client = `${event.address}:${event.port}`
        return
      case 'tls':
        this.#tls(event)
        return
      case 'line':
        this.#line(event)
        return
      case 'reply':
        this.#reply(event)
        return
      case 'chunk':
        this.phase = 'body'
        this.transaction.arrived += event.size
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

  #tls({ outcome, fault, seq }: EventOf<'tls'>): void {
    this.phase = 'tls'
    this.sealed = outcome === 'established'
    const text = (fault?.message ?? 'The TLS handshake failed.').slice(0, longestReply)
    this.unsealed = this.sealed ? undefined : { phase: 'tls', text, seq, ruled: tlsRules.has(fault?.code ?? '') } // prettier-ignore
  }

  #line({ verb, raw, phase }: EventOf<'line'>): void {
    this.said = true
    this.quit = verb === 'QUIT'
    if (phase !== 'quit' && phase !== 'other') this.phase = phase
    const path = /^[^<]{0,20}<([^>]{0,500})>/u.exec(raw)?.[1]
    const { rcptTo } = this.transaction
    if (verb === 'MAIL') {
      const size = / SIZE=(\d{1,15})/iu.exec(raw)?.[1]
      this.transaction = { ...begun(), mailFrom: path ?? '', declared: size === undefined ? undefined : Number(size) } // prettier-ignore
    } else if (verb === 'RCPT' && path !== undefined && rcptTo.length < mostRecipients) rcptTo.push(path)
  }

  #reply({ code, raw, phase, seq }: EventOf<'reply'>): void {
    if (code === undefined) return
    const refusal = { phase, text: raw.split('\r\n', 1)[0]!.slice(0, longestReply), seq }
    this.parting = code >= 400 ? refusal : undefined
    if (!steps.has(phase)) return
    // Set anew, so that the last refusal is the last of the map.
    if (code >= 400) {
      this.refusals.delete(phase)
      this.refusals.set(phase, refusal)
      this.#refused(refusal)
    } else if (code < 300) {
      this.refusals.delete(phase)
      if (phase === 'body') this.#kept()
    }
    if (code === 235) this.user = /Authenticated as (\S{1,200})/u.exec(raw)?.[1] ?? this.user
  }

  /** A recipient that is refused decides over DATA and the body; a body that is refused over what was said before. */
  #refused(refusal: Refusal): void {
    if (!ofMessage.has(refusal.phase)) return
    const before = this.lost?.transaction === this.transaction ? this.lost.refusal : undefined
    const first = before?.phase === 'rcpt' && refusal.phase === 'data' ? before : refusal
    this.lost = { transaction: this.transaction, refusal: first }
  }

  /** A part of a message in chunks is answered like the whole (RFC 3030 §2): a refusal may still follow. */
  #kept(): void {
    this.transaction.kept = true
    if (this.lost?.transaction === this.transaction) this.lost = undefined
  }

  /** DATA after every recipient was refused is refused for that alone: the recipient decided (RFC 5321 §3.3). */
  get refusal(): Refusal | undefined {
    const all = [...this.refusals.values()]
    const last = all.at(-1)
    const first = last && (last.phase === 'data' || last.phase === 'body') ? this.refusals.get('rcpt') : last
    return first ?? last
  }
}

type About = Pick<SessionSummary, 'words' | 'messages' | 'queued' | 'host'>

/** Null when everything it brought was kept or queued: then its messages stand in the Inbox's list, or in the relay's. */
export function sessionOutcome(summary: About, events: Iterable<TranscriptEvent>): SessionOutcome | null {
  const read = new Reading()
  for (const event of events) read.fold(event)
  const { messages, queued = 0 } = summary
  return messages.length + queued > 0 ? besideOthers(read, summary) : ofWhole(read, summary)
}

const others = (count: number): string => `${count} ${count === 1 ? 'other' : 'others'}`

/** As "1 other kept", "2 others queued", "2 others kept and 1 queued". */
function othersOf({ messages, queued = 0 }: About): string {
  if (messages.length === 0) return `${others(queued)} queued`
  return `${others(messages.length)} kept${queued > 0 ? ` and ${queued} queued` : ''}`
}

function ofWhole(read: Reading, summary: About): SessionOutcome {
  const { refusal, end, quit, said, phase, unsealed } = read
  if (unsealed !== undefined) {
    const words = 'TLS handshake failed'
    const outcome = unsealed.ruled ? 'refused' : 'broken'
    return { outcome, words, ...factsOf(read, read.transaction, summary), ...decidedBy(unsealed) }
  }
  if (refusal === undefined && end?.outcome === 'refused') {
    const { parting } = read
    const why = end.message.replace(/\.$/u, '')
    const words = parting === undefined ? why : `${why}, ${parting.text.slice(0, 3)}`
    const decided = parting === undefined ? endedBy(read) : decidedBy(parting)
    return { outcome: 'refused', words, ...factsOf(read, read.transaction, summary), ...decided }
  }
  const cut = phase === 'body' && refusal?.phase !== 'body'
  const refused = refusal !== undefined && !cut
  const broken = cut || (said && !quit && !(end?.outcome === 'completed' && !said))
  return {
    outcome: refused ? 'refused' : broken ? 'broken' : 'idle',
    words: said || refused ? summary.words : 'Connected and said nothing',
    ...factsOf(read, read.transaction, summary),
    ...(refused ? decidedBy(refusal) : endedBy(read)),
  }
}

/** The last message that was refused or cut off in a session that left others. Refused recipients of a kept one are told with it. */
function besideOthers(read: Reading, summary: About): SessionOutcome | null {
  const { transaction, lost, phase } = read
  const beside = othersOf(summary)
  const cut = phase === 'body' && !transaction.kept && transaction.arrived > 0
  if (cut && lost?.transaction !== transaction) {
    const words = `Broken off in a message; ${beside}`
    return { outcome: 'broken', words, ...factsOf(read, transaction, summary), ...endedBy(read) }
  }
  if (lost === undefined) return null
  const words = `Refused at ${stepWords[lost.refusal.phase] ?? 'the dialogue'}, ${lost.refusal.text.slice(0, 3)}; ${beside}`
  return { outcome: 'refused', words, ...factsOf(read, lost.transaction, summary), ...decidedBy(lost.refusal) } // prettier-ignore
}

const stepWords: Partial<Record<Phase, string>> = { mail: 'MAIL', rcpt: 'RCPT', data: 'DATA', body: 'the end of data' } // prettier-ignore

type Facts = Omit<SessionOutcome, 'outcome' | 'words' | 'phase' | 'decided' | 'seq'>

function factsOf({ client, user, sealed }: Reading, transaction: Transaction, { host }: About): Facts {
  const { mailFrom, rcptTo, arrived, declared } = transaction
  return {
    client: client === '' ? host : client,
    mailFrom,
    rcptTo,
    ...(user === undefined ? {} : { user }),
    sealed,
    arrived,
    ...(declared === undefined ? {} : { declared }),
  }
}

const decidedBy = ({ phase, text, seq }: Refusal) => ({ phase, decided: text, seq })
const endedBy = ({ phase, end }: Reading) => ({ phase, decided: end?.message ?? '', seq: end?.seq ?? 1 })
