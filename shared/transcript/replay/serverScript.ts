/**
 * Owns: reading from a transcript what its server answered, when, and how it ended, so that it can be answered again to
 * another client. Replies are paired with commands in the order in which these were sent (RFC 2920 §3.1).
 */
import { fromByteString } from '../../bytes/bytes.ts'
import { parseCommand } from '../../smtp/grammar/command.ts'
import type { Cut, Exchange, ServerScript } from '../../smtp/machine/replay/types.ts'
import type { EventOf, SessionHead, TranscriptEvent } from '../event.ts'

const signInNote =
  'The words of the sign-in were hidden: a client that signs in is asked anew, and hears the recorded last reply. SCRAM cannot be answered without the password.'

/** Milliseconds that are waited at most before a reply. */
const longestWait = 600_000

export class ServerScriptReader {
  readonly #head: Pick<SessionHead, 'tls' | 'role'>
  readonly #greeting: Exchange = { verb: 'greeting', sealed: false, replies: [] }
  readonly #exchanges: Exchange[] = []
  /** Exchanges that owe a reply, the oldest first. */
  readonly #owing: Exchange[] = []
  readonly #notes = new Set<string>()
  #greeted = false
  #content: Exchange | null = null
  /** The exchange in which the server said 334. */
  #challenged: Exchange | null = null
  /** What was answered 421: the server closes then (RFC 5321 §3.8). */
  #closing: Exchange | null = null
  #sealed = false
  #tls: ServerScript['tls'] = 'none'
  #last = 0
  #connected = false
  #refused: string | null = null

  constructor(head: Pick<SessionHead, 'tls' | 'role'>) {
    this.#head = head
    if (head.tls === 'implicit') {
      this.#tls = 'implicit'
      this.#sealed = true
    }
  }

  push(event: TranscriptEvent): void {
    if (event.kind === 'line' && event.direction === 'to-server') this.#line(event)
    else if (event.kind === 'reply' && event.direction === 'to-client') this.#reply(event)
    else if (event.kind === 'chunk') this.#chunk(event)
    else if (event.kind === 'tls') this.#handshake(event)
    else if (event.kind === 'connect') this.#connect(event)
    else if (event.kind === 'end') this.#end(event)
  }

  /** The script, or in words why no port of ours can answer like this. */
  script(): ServerScript | string {
    const nothing = !this.#greeted && this.#exchanges.length === 0
    if (nothing && this.#greeting.cut === undefined && this.#greeting.tls === undefined) {
      if (this.#refused !== null && !this.#connected)
        return `The recorded connection was never made (${this.#refused}), and a port that listens makes it. Try a port on which nothing listens, or a firewall rule.`
      return 'This recording has no word of a server that could be answered again.'
    }
    const answered = this.#exchanges.filter(
      ({ replies, cut, verb }) => replies.length > 0 || cut !== undefined || verb === 'content',
    )
    return { greeting: this.#greeting, exchanges: answered, tls: this.#tls, notes: [...this.#notes] }
  }

  #connect({ outcome, at }: EventOf<'connect'>): void {
    if (outcome === 'connected') {
      this.#connected = true
      this.#last = at
    } else this.#refused = outcome
  }

  #line(line: EventOf<'line'>): void {
    this.#last = line.at
    if (this.#challenged) return
    if (this.#content && (line.phase === 'body' || line.raw === '.\r\n')) return
    this.#content = null
    const parsed = parseCommand(fromByteString(line.raw))
    const command = parsed.ok ? parsed.command : null
    const verb = line.verb ?? (command === null || command.verb === 'unknown' ? '' : command.verb)
    const argument =
      command?.verb === 'RCPT'
        ? command.path.toLowerCase()
        : verb === 'AUTH'
          ? (/^AUTH +([\w-]{1,20})/i.exec(line.raw)?.[1] ?? '').toLowerCase()
          : undefined
    const initial = verb === 'AUTH' && /^AUTH +[\w-]{1,20} +\S/i.test(line.raw)
    this.#open({
      verb,
      ...(argument === undefined ? {} : { argument }),
      ...(initial ? { initial: true as const } : {}),
      sealed: this.#sealed,
      replies: [],
    })
  }

  #open(exchange: Exchange): Exchange {
    this.#exchanges.push(exchange)
    this.#owing.push(exchange)
    return exchange
  }

  #chunk(chunk: EventOf<'chunk'>): void {
    this.#last = chunk.at
    if (chunk.encoding === 'bdat') return
    this.#content ??= this.#open({ verb: 'content', sealed: this.#sealed, replies: [] })
    this.#content.cutAt = chunk.offset + chunk.size
  }

  #reply(reply: EventOf<'reply'>): void {
    const wait = Math.min(longestWait, Math.max(0, Math.round((reply.at - this.#last) / 1000)))
    this.#last = reply.at
    if (reply.cutFrom !== undefined) this.#notes.add('Of an over-long reply only the beginning was kept.')
    const { code } = reply
    const masked = reply.masked !== undefined && reply.masked.length > 0
    if (masked)
      this.#notes.add(code === 334 ? signInNote : 'A reply repeats a secret; it is said with the mask.')
    const closing = code === 421
    const recorded = {
      bytes: fromByteString(reply.raw),
      wait,
      ...(code === undefined ? {} : { code }),
      ...(masked ? { masked: true as const } : {}),
    }
    if (!this.#greeted) {
      this.#greeted = true
      this.#greeting.replies.push(recorded)
      if (closing) this.#closing = this.#greeting
      return
    }
    // More replies than commands: what is too much belongs to the last command.
    const exchange = this.#owing[0] ?? this.#exchanges.at(-1) ?? this.#greeting
    exchange.replies.push(recorded)
    if (closing) this.#closing = exchange
    this.#challenged = code === 334 && exchange.verb === 'AUTH' ? exchange : null
    if (this.#challenged) return
    this.#owing.shift()
    if (exchange === this.#content) this.#content = null
    if (exchange.verb === 'content') delete exchange.cutAt
  }

  #handshake({ outcome, fault }: EventOf<'tls'>): void {
    const ours = outcome === 'failed' && isClients(this.#head.role, fault?.code ?? '')
    const tls = outcome === 'established' ? 'made' : ours ? 'local' : 'failed'
    if (!this.#greeted) {
      // With another mode it is a trial beside the main course.
      if (this.#tls === 'implicit') this.#greeting.tls = tls
      return
    }
    const starttls = this.#exchanges.findLast(({ verb }) => verb === 'STARTTLS')
    if (starttls === undefined) return
    starttls.tls = tls
    this.#tls = 'starttls'
    this.#sealed = outcome === 'established'
  }

  #end({ outcome, by }: EventOf<'end'>): void {
    const cut = cutOf(outcome, by)
    if (cut === undefined) return
    const last = this.#closing ?? this.#owing[0] ?? this.#exchanges.at(-1) ?? this.#greeting
    // A handshake that failed has its own end.
    if (last.tls === 'failed' || last.tls === 'local') return
    last.cut = cut
  }
}

/** A failure that the client decided on or caused: it is left to the new client to do so again. */
const isClients = (role: SessionHead['role'], code: string): boolean =>
  role === 'server'
    ? true
    : code.startsWith('certificate-') || code === 'not-verified' || code === 'cancelled'

function cutOf(outcome: EventOf<'end'>['outcome'], by: EventOf<'end'>['by']): Cut | undefined {
  if (by === 'client' || by === 'person') return undefined
  if (outcome === 'reset') return 'reset'
  if (outcome === 'timeout') return 'silence'
  if (outcome === 'closed') return 'close'
  return undefined
}
