/**
 * Owns: the state of one server session, all of it, and the primitives by which it changes. One reply or one question
 * is out at a time; while it is, nothing more of the input is looked at.
 */
import type { DotDecoder } from '../../grammar/dotDecoder.ts'
import { LineReader } from '../../grammar/lineReader.ts'
import type { ServerMechanism } from '../../sasl/mechanism.ts'
import { finding, type FindingChange, type FindingCode, type FindingNote } from '../advice.ts'
import { serverLimits, type ServerLimits, type ServerOptions, type ServerTransaction } from '../options.ts'
import { moveServer, type ServerState } from '../table.ts'
import type { Effect, Note, Outcome, Phase, Question, Reply, Tls } from '../types.ts'
import { announcement, parameterKeywords, type Keywords } from './announce.ts'
import { encode, wordsFor, type Encoded, type Word, type Words } from './words.ts'

/** Octets of an AUTH line (RFC 4954 §4). */
export const authLine = 12_288

/** What may come true once the reply that is out has been sent; what does, its real code says (followed.ts). */
export type After =
  | 'go-on' | 'close' | 'banner' | 'hello' | 'secure' | 'challenge' | 'signed-in' | 'mail' | 'rcpt' | 'data'
  | 'content' | 'chunk' | 'commit' | 'reset' | 'quit' // prettier-ignore

export type Waiting =
  | { for: 'sent'; id: number; reply: Encoded; phase: Phase; after: After }
  | { for: 'answer'; id: number; question: Question }

export type Hello = { verb: 'EHLO' | 'HELO'; name: string }
export type Recipient = ServerTransaction['to'][number]

/**
 * What follows from the options alone, made once for all sessions that have the same ones: making it anew took 20 µs of
 * the 300 that a connection with one message costs.
 */
interface Shared {
  limits: ServerLimits
  greeting?: Encoded
  clear?: Encoded
  secured?: Encoded
  keywords?: Keywords
  securedKeywords?: Keywords
}
const shared = new WeakMap<ServerOptions, Shared>()

function sharedOf(options: ServerOptions): Shared {
  const known = shared.get(options)
  if (known !== undefined) return known
  const made: Shared = { limits: { ...serverLimits, ...options.limits } }
  shared.set(options, made)
  return made
}

/** What most sessions never fill is one for all: an idle connection should cost little. */
const nothing: Uint8Array = new Uint8Array(0)
const none: readonly string[] = []

export class ServerCore {
  state: ServerState = 'connecting'
  readonly options: ServerOptions
  readonly limits: ServerLimits
  readonly words: Words
  readonly enhanced: boolean
  readonly reader: LineReader
  out: Effect[] = []

  secured: Tls | null = null
  user: string | null = null
  hello: Hello | null = null
  transaction: ServerTransaction | null = null
  /** What the command that is being answered asks for. It becomes true when the client has been told so, not before. */
  newHello: Hello | null = null
  newTransaction: ServerTransaction | null = null
  newRecipient: Recipient | null = null
  newUser: string | null = null
  /** The greeting was no 220: every command but QUIT is answered 503 (RFC 5321 §3.1). */
  turnedAway = false
  /** Octets that a person said beyond the replies that the client has taken so far: replies to come, or the beginning of one. */
  told: Uint8Array = nothing
  waiting: Waiting | null = null

  exchange: ServerMechanism | null = null
  /** The policy has refused, and the mechanism has said why in a last challenge: said when that is answered. */
  refusal: Reply | null = null
  /** AUTH was said in whatever form and has not succeeded: what comes next and is no command may be a secret. */
  refused = false
  decoder: DotDecoder | null = null
  /** Octets of a BDAT chunk still to come; `thrown`: they are read and thrown away. */
  chunkLeft = 0
  chunkLast = false
  chunkThrown: Encoded | null = null
  /** A person let content come although there is no place for it: it is read to its end and thrown away. */
  unplaced = false
  /** Octets thrown away of content; bounded. */
  discarded = 0

  commands = 0
  errors = 0
  transactions = 0
  accepted = 0
  /** Why the session is to end as soon as nothing is out. */
  closing: Word | null = null
  outcome: Outcome | null = null
  /** Input was taken or a reply sent since the idle timer was set. */
  active = false
  injectedNoted = false
  /** Octets stood behind the last command before it was answered: what comes next was not waited for. */
  ahead = false
  aheadNoted = false
  /** The last command was QUIT. */
  leaving = false
  /** Deviations noted already: each is said once in a session. */
  tolerated: readonly string[] = none

  private ids = 0
  private readonly shared: Shared

  constructor(options: ServerOptions) {
    this.options = options
    this.enhanced = options.extensions.includes('ENHANCEDSTATUSCODES')
    this.words = wordsFor(this.enhanced)
    this.shared = sharedOf(options)
    this.limits = this.shared.limits
    this.reader = new LineReader({ max: Math.max(this.limits.line, authLine) })
  }

  move(on: string): void {
    this.state = moveServer(this.state, on)
  }

  note(note: Note): void {
    this.out.push({ type: 'note', note })
  }

  finding(code: FindingCode, phase: Phase, message: string, change: FindingChange = {}): FindingNote {
    const made = finding(code, phase, message, { side: 'client', ...change })
    this.note(made)
    return made
  }

  say(word: Word, phase: Phase, after: After = 'go-on'): void {
    this.reply(this.words(word), phase, after)
  }

  sayReply(reply: Reply, phase: Phase, after: After = 'go-on'): void {
    this.reply(this.encode(reply), phase, reply.code === 421 ? 'close' : after)
  }

  reply(reply: Encoded, phase: Phase, after: After = 'go-on'): void {
    if (reply.code >= 400 && ++this.errors > this.limits.errors && after !== 'close') {
      this.outcome ??= ended('refused', 'server', 'The client made too many errors.')
      return this.out421('errors', phase)
    }
    const { bytes, shown, code } = reply
    const id = ++this.ids
    this.waiting = { for: 'sent', id, reply, phase, after }
    this.out.push({ type: 'send', line: { id, kind: 'reply', phase, bytes, shown, code } })
  }

  encode(reply: Reply): Encoded {
    return encode(reply, this.enhanced)
  }

  private out421(word: Word, phase: Phase): void {
    this.reply(this.words(word), phase, 'close')
  }

  /** What the client asked for is neither granted nor remembered any more. */
  forget(): void {
    this.newHello = null
    this.newTransaction = null
    this.newRecipient = null
    this.newUser = null
  }

  ask(question: Question): void {
    const id = ++this.ids
    this.waiting = { for: 'answer', id, question }
    this.out.push({ type: 'ask', id, question })
  }

  greeting(): Encoded {
    const { name, banner = 'ready' } = this.options
    return (this.shared.greeting ??= this.encode({ code: 220, text: [`${name} ESMTP ${banner}`] }))
  }

  /** The EHLO reply; before TLS and inside it it differs. */
  announcement(): Encoded {
    const key = this.secured ? 'secured' : 'clear'
    return (this.shared[key] ??= encode(
      announcement(this.options, this.limits, this.secured !== null),
      false,
    ))
  }

  get parameters(): Keywords {
    const key = this.secured ? 'securedKeywords' : 'keywords'
    return (this.shared[key] ??= parameterKeywords(this.options, this.secured !== null))
  }

  reset(): void {
    this.transaction = null
    this.decoder = null
    this.unplaced = false
  }

  finish(outcome: Outcome, gone = false): void {
    this.move('over')
    this.waiting = null
    this.reset()
    this.exchange = null
    this.reader.clear()
    this.out.push({ type: 'disarm', timer: 'idle' }, { type: 'disarm', timer: 'session' })
    if (!gone) this.out.push({ type: 'close' })
    this.out.push({ type: 'done', outcome })
  }
}

export function ended(how: Outcome['how'], by: Outcome['by'], message: string): Outcome {
  return { how, by, message }
}
