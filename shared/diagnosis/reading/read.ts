/**
 * Owns: reading a transcript into exchanges: each reply is paired with the command it answers, in the order in which
 * replies are owed (RFC 2920 §3.1). What a transcript does not say (a verb, a time, its beginning) is filled in from
 * the octets or from the phase, or stays unknown. Linear in the events, bounded in what is kept.
 */
import { fromByteString } from '../../bytes/bytes.ts'
import { atOnce } from '../../steps.ts'
import { parseCapabilities } from '../../smtp/grammar/capabilities.ts'
import { knownVerb } from '../../smtp/grammar/command.ts'
import { phaseOf } from '../../smtp/machine/client/lines.ts'
import type { Phase } from '../../smtp/machine/types.ts'
import type { EventOf, TranscriptEvent } from '../../transcript/event.ts'
import { mainCourse, openedBy } from './aside.ts'
import { replyOf } from './reply.ts'
import type { ContentPart, Exchange, Head, Hello, Reading } from './types.ts'

/** Exchanges and content parts that are kept; what follows is not diagnosed. */
const mostExchanges = 20_000
const mostParts = 2000
/** Events that the rules about connection and handshakes look at. */
const mostEvents = 5000

const verbOf: Partial<Record<Phase, string>> = {
  ehlo: 'EHLO', starttls: 'STARTTLS', auth: 'AUTH', mail: 'MAIL', rcpt: 'RCPT', data: 'DATA', body: 'final', quit: 'QUIT',
} // prettier-ignore

/** Reads a whole or a truncated transcript. Never throws. */
export const readTranscript = (head: Head, all: readonly TranscriptEvent[]): Reading =>
  atOnce(readingTranscript(head, all))

/** The same in steps, an event in each. */
export function* readingTranscript(head: Head, all: readonly TranscriptEvent[]): Generator<void, Reading> {
  const findings = all.filter((event) => event.kind === 'finding')
  const course = mainCourse(all, head.tls === 'implicit')
  const reader = new Reader(head)
  for (const event of course.events) {
    reader.take(event)
    yield
  }
  return {
    ...reader.result(),
    events: course.events.filter((event) => event.kind !== 'finding').slice(0, mostEvents),
    opened: openedBy(course.events),
    trial: course.trial,
    told: new Set([...findings.flatMap((event) => event.evidence), ...chosenReplies(head, all)]),
  }
}

/** What a person answered in our own server's place says nothing of the client; the course goes on by it all the same. */
const chosenReplies = ({ role }: Head, events: readonly TranscriptEvent[]): number[] =>
  role === 'server'
    ? events.filter((event) => event.kind === 'reply' && event.edited === true).map(({ seq }) => seq)
    : []

class Reader {
  readonly #head: Head
  readonly #exchanges: Exchange[] = []
  readonly #hellos: Hello[] = []
  readonly #content: ContentPart[] = []
  #owed: Exchange[] = []
  #hello: Hello | undefined
  #authenticated = false
  #greeting: Exchange | undefined
  #tlsFailed = false
  #end: EventOf<'end'> | undefined
  /** A 354 was said and the content has not ended; `#final` waits for a line that ends it or for its reply. */
  #inContent = false
  /** Sealed as far as can be told: some imports say nothing of TLS but the STARTTLS that was answered with 220. */
  #sealed: boolean
  #challenged = false
  #spoken = false
  /** When the last octets of either side were complete, and how long was held since. */
  #from = 0
  #held = 0
  #last: number[] = []

  constructor(head: Head) {
    this.#head = head
    this.#sealed = head.tls === 'implicit'
  }

  take(event: TranscriptEvent): void {
    if (event.kind !== 'finding' && event.kind !== 'end') this.#last = [event.seq]
    if (event.kind === 'line') this.#line(event)
    else if (event.kind === 'reply') this.#reply(event)
    else if (event.kind === 'chunk') this.#chunk(event)
    else if (event.kind === 'tls') this.#tls(event)
    else if (event.kind === 'wait') this.#held += event.took
    else if (event.kind === 'end') this.#end = event
  }

  #line(line: EventOf<'line'>): void {
    this.#spoken = true
    this.#said(line.at)
    if (this.#inContent) return this.#contentLine(line)
    const final = this.#owed.at(-1)
    if (final?.verb === 'final' && !final.line && isDot(line.raw)) {
      final.line = line
      return
    }
    const response = this.#challenged
    this.#challenged = false
    const verb = response ? 'AUTH' : verbFor(line)
    const exchange = this.#expect(verb, line)
    if (response) exchange.response = true
  }

  #contentLine(line: EventOf<'line'>): void {
    if (this.#content.length < mostParts) this.#content.push({ seq: line.seq, raw: line.raw })
    if (!isDot(line.raw) && !line.raw.endsWith('\r\n.\r\n')) return
    this.#inContent = false
    this.#expect('final', line)
  }

  #chunk(chunk: EventOf<'chunk'>): void {
    this.#said(chunk.at)
    if (chunk.raw !== undefined && this.#content.length < mostParts)
      this.#content.push({ seq: chunk.seq, raw: chunk.raw })
    if (!chunk.last || !this.#inContent) return
    this.#inContent = false
    this.#expect('final')
  }

  #expect(verb: string, line?: EventOf<'line'>): Exchange {
    const exchange: Exchange = {
      ...this.#fresh(verb),
      ...(line ? { line } : {}),
      sealed: line?.sealed === true || this.#sealed,
      phase: phaseOf[verb] ?? place(line?.phase),
      ahead: this.#owed.length,
    }
    this.#owed.push(exchange)
    this.#keep(exchange)
    return exchange
  }

  #fresh(verb: string): Exchange {
    const hello = this.#hello
    return {
      verb,
      phase: 'other',
      sealed: this.#sealed,
      ahead: 0,
      waited: 0,
      hello,
      authenticated: this.#authenticated,
    }
  }

  #keep(exchange: Exchange): void {
    if (this.#exchanges.length < mostExchanges) this.#exchanges.push(exchange)
  }

  #reply(reply: EventOf<'reply'>): void {
    const exchange = this.#answered(reply)
    exchange.reply = reply
    exchange.answer = replyOf(reply)
    exchange.sealed ||= reply.sealed === true
    exchange.waited = Math.max(0, reply.at - this.#from - this.#held)
    this.#said(reply.at)
    this.#follow(exchange)
  }

  /** What a reply answers: the oldest command that is owed one, content, the connection itself, or nothing. */
  #answered(reply: EventOf<'reply'>): Exchange {
    const owed = this.#owed.shift()
    if (owed) return owed
    const first = !this.#spoken && !this.#greeting && this.#exchanges.length === 0
    const known = verbOf[place(reply.phase)]
    const verb = this.#inContent
      ? 'final'
      : first && (reply.phase === 'banner' || (known === undefined && greets(reply.code)))
        ? 'greeting'
        : (known ?? 'other')
    const early = this.#inContent
    this.#inContent = false
    const exchange: Exchange = {
      ...this.#fresh(verb),
      phase: verb === 'greeting' ? 'banner' : place(reply.phase),
    }
    if (verb === 'greeting') this.#greeting = exchange
    if (verb === 'other' && this.#greeting) exchange.unasked = true
    if (early) exchange.early = true
    this.#keep(exchange)
    return exchange
  }

  #follow({ verb, reply, answer, sealed }: Exchange): void {
    if (!answer || !reply) return
    const { code } = answer
    const positive = code >= 200 && code < 300
    this.#challenged = code === 334
    if (verb === 'AUTH' && positive) this.#authenticated = true
    if (verb === 'STARTTLS' && code === 220) this.#secured()
    if (code === 354 && (verb === 'DATA' || verb === 'other')) this.#inContent = true
    if ((verb !== 'EHLO' && verb !== 'HELO') || !positive) return
    const capabilities = verb === 'EHLO' ? parseCapabilities(answer.text).capabilities : []
    this.#hello = { verb, reply, capabilities, sealed }
    if (this.#hellos.length < 100) this.#hellos.push(this.#hello)
  }

  /** RFC 3207 §4.2: both sides forget what they learned in clear. */
  #tls(event: EventOf<'tls'>): void {
    this.#said(event.at)
    if (event.outcome === 'failed') {
      this.#tlsFailed = true
      this.#sealed = false
    } else this.#secured()
  }

  #secured(): void {
    this.#sealed = true
    this.#owed = []
    this.#hello = undefined
    this.#authenticated = false
  }

  #said(at: number): void {
    this.#from = at
    this.#held = 0
  }

  result(): Pick<
    Reading,
    'head' | 'exchanges' | 'hellos' | 'greeting' | 'tlsFailed' | 'end' | 'phase' | 'last' | 'content'
  > {
    const [owed] = this.#owed
    return {
      head: this.#head,
      exchanges: this.#exchanges,
      hellos: this.#hellos,
      greeting: this.#greeting,
      tlsFailed: this.#tlsFailed,
      end: this.#end,
      phase: this.#inContent
        ? 'body'
        : (owed?.phase ??
          (this.#greeting || this.#spoken || this.#exchanges.length > 0 ? 'other' : 'banner')),
      last: owed?.line ? [owed.line.seq] : this.#last,
      content: this.#content,
    }
  }
}

/** A phase of the dialogue itself; what is filed elsewhere has no place in it. */
const place = (phase: TranscriptEvent['phase'] = 'other'): Phase =>
  phase === 'dns' || phase === 'tcp' ? 'other' : phase

/** Without a phase: a first word that may be a greeting, and no answer to a command that was cut away. */
const greets = (code: number | undefined): boolean => code === undefined || code === 220 || code >= 400

const isDot = (raw: string): boolean => raw === '.\r\n' || raw === '.\n' || raw === '.'

function verbFor({ verb, raw }: EventOf<'line'>): string {
  const said = verb ?? knownVerb(fromByteString(raw.slice(0, 16))) ?? 'other'
  return said === 'BDAT' && /\sLAST\s*$/i.test(raw.slice(0, 100)) ? 'final' : said
}
