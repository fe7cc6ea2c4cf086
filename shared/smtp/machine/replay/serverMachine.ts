/**
 * Owns: a server machine that answers what a recorded server answered, octet for octet, broken replies included, and that
 * leaves as it left. It keeps to the recording, not to the protocol: it accepts what was accepted and refuses what was
 * refused. Nothing is kept or passed on because of it.
 */
import { LineReader, type Line } from '../../grammar/lineReader.ts'
import { announcesSecret } from '../../grammar/mask.ts'
import type { Effect, Input, Outcome, Tls } from '../types.ts'
import { Answering } from './answering.ts'
import { Intake, mostContent } from './intake.ts'
import { Matcher, readAsked, sensibleReply, type Asked } from './match.ts'
import { differsNote, lineNote, replyLine, replyNote, strangeNote } from './serverNotes.ts'
import { reads, states, type Mode } from './serverModes.ts'
import type { SignIn } from './signIn.ts'
import type { Cut, Exchange, RecordedReply, ReplayServerMachine, ReplayServerOptions } from './types.ts'

/** Octets of a line; of an AUTH line RFC 4954 §4 allows as many. */
const longestLine = 12_288
/** Commands in one session. */
const mostCommands = 100_000
/** Commands beyond the recording that are told one by one. */
const mostStrange = 20
/** Milliseconds of silence (RFC 5321 §4.5.3.2.7) and of the whole session. */
const idleLimit = 300_000
const sessionLimit = 3_600_000

export function createReplayServer(options: ReplayServerOptions): ReplayServerMachine {
  return new ReplayServer(options)
}

class ReplayServer implements ReplayServerMachine {
  secured: Tls | null = null
  ending: 'close' | 'reset' = 'close'
  readonly #options: ReplayServerOptions
  readonly #matcher: Matcher
  /** What the recording tells of each body, in order. */
  readonly #contents: readonly Exchange[]
  readonly #reader = new LineReader({ max: longestLine })
  #out: Effect[] = []
  #mode: Mode = 'connecting'
  readonly #answering = new Answering()
  /** What is at the gate or waits for its time. */
  #saying: { id: number; reply: RecordedReply } | null = null
  #guarded = false
  readonly #intake = new Intake()
  /** What the octets of a BDAT are answered with. */
  #chunk: Exchange | null = null
  #strange = 0
  #commands = 0
  #ids = 0
  #working = false

  constructor(options: ReplayServerOptions) {
    this.#options = options
    const { exchanges } = options.script
    this.#matcher = new Matcher(exchanges)
    this.#contents = exchanges.filter(({ verb }) => verb === 'content')
  }

  get state(): string {
    return states[this.#mode]
  }

  get waiting(): boolean {
    return this.#saying !== null
  }

  handle(input: Input): Effect[] {
    if (this.#mode === 'done') return []
    this.#out = []
    this.#take(input)
    return this.#out
  }

  #take(input: Input): void {
    switch (input.type) {
      case 'opened':
        this.secured = input.tls ?? null
        this.#out.push({ type: 'arm', timer: 'session', ms: sessionLimit })
        this.#mode = 'command'
        return this.#answer(this.#options.script.greeting)
      case 'bytes':
        this.#reader.push(input.bytes)
        return this.#work()
      case 'secured':
        this.secured = input.tls
        this.#mode = 'command'
        return this.#work()
      case 'sent':
        return this.#said(input.id)
      case 'elapsed':
        return this.#elapsed(input.timer)
      case 'ended': {
        const { how, message } = input
        return this.#done({ how, by: how === 'closed' ? 'client' : 'network', message })
      }
      case 'finish':
        return this.#done({ how: 'closed', by: 'person', message: 'The replay was stopped.' })
      case 'answer':
      case 'content':
      case 'derived':
      case 'drained':
      case 'insert':
      case 'next':
      case 'skipped':
        return
    }
  }

  #elapsed(timer: string): void {
    if (timer === 'reply') return this.#send()
    const message =
      timer === 'idle' ? 'The client said nothing for five minutes.' : 'The session took longer than an hour.'
    this.#done({ how: 'timeout', by: 'client', message })
  }

  /**
   * Reads on, one line or stretch at a time, as far as nothing is being said. What a line leads to comes back here: a
   * recording may have no reply to thousands of lines, which must not lie on the stack one upon another.
   */
  #work(): void {
    if (this.#working) return
    this.#working = true
    while (this.#saying === null && reads.has(this.#mode) && this.#read());
    this.#working = false
    if (this.#saying === null && this.#mode !== 'silent' && reads.has(this.#mode))
      this.#out.push({ type: 'arm', timer: 'idle', ms: idleLimit })
  }

  /** False when more octets have to come first. */
  #read(): boolean {
    if (this.#mode === 'silent') {
      this.#reader.clear()
      return false
    }
    if (this.#mode === 'data' || this.#mode === 'chunk') {
      const octets = this.#reader.rest()
      if (octets.length > 0) this.#takeContent(octets)
      return octets.length > 0
    }
    const line = this.#reader.next()
    if (line !== null) this.#line(line)
    return line !== null
  }

  #line(line: Line): void {
    if (++this.#commands > mostCommands)
      return this.#done({
        how: 'refused',
        by: 'server',
        message: `The client said more than ${mostCommands} lines.`,
      })
    if (this.#mode === 'exchange') return this.#response(line)
    const { asked, command } = readAsked(line.raw, this.secured !== null)
    this.#note(line, asked.verb)
    const exchange = this.#answering.unspentFor(asked) ?? this.#matcher.find(asked) ?? this.#unrecorded(asked)
    if (command?.verb === 'BDAT' && exchange.cut === undefined)
      return this.#beginChunk(exchange, command.size, command.last)
    const signIn =
      command?.verb === 'AUTH'
        ? { mechanism: command.mechanism.toLowerCase(), initial: command.initial !== null }
        : undefined
    this.#answer(exchange, signIn)
  }

  #note(line: Line, verb: string): void {
    this.#out.push(lineNote(line, verb, this.#mode === 'exchange', this.#guarded))
    if (announcesSecret(line.raw)) this.#guarded = true
  }

  #unrecorded(asked: Asked): Exchange {
    if (++this.#strange <= mostStrange) this.#out.push(strangeNote(asked))
    return { verb: asked.verb, sealed: asked.sealed, replies: [sensibleReply(asked.verb)] }
  }

  #answer(exchange: Exchange, signIn?: SignIn): void {
    const differs = this.#answering.begin(exchange, signIn)
    if (differs !== undefined && ++this.#strange <= mostStrange) this.#out.push(differsNote('AUTH', differs))
    this.#next()
  }

  /** The client's word after a 334. */
  #response(line: Line): void {
    this.#note(line, '')
    this.#mode = 'command'
    if (line.content.length === 1 && line.content[0] === 42) this.#answering.cancel()
    this.#next()
  }

  #next(): void {
    const reply = this.#answering.take()
    if (reply === undefined) return this.#over()
    this.#saying = { id: ++this.#ids, reply }
    if (this.#options.waits && reply.wait > 0) this.#out.push({ type: 'arm', timer: 'reply', ms: reply.wait })
    else this.#send()
  }

  #send(): void {
    if (this.#saying === null) return
    const { id, reply } = this.#saying
    this.#out.push({ type: 'send', line: replyLine(id, reply, this.#answering.verb) })
  }

  #said(id: number): void {
    if (this.#saying?.id !== id) return
    const { reply } = this.#saying
    this.#saying = null
    this.#out.push(replyNote(reply, this.#answering.verb))
    if (reply.code === 235) this.#guarded = false
    if (this.#answering.awaits(reply)) {
      this.#mode = 'exchange'
      return this.#work()
    }
    this.#next()
  }

  /** All that was recorded of this exchange is said: what it led to follows. */
  #over(): void {
    const next = this.#answering.next()
    if (typeof next === 'object') return this.#cut(next.cut)
    if (next === 'quit')
      return this.#done({ how: 'completed', by: 'client', message: 'The session ended with QUIT.' })
    if (next === 'content') return this.#beginContent()
    if (next === 'secure') return this.#secure()
    this.#work()
  }

  #secure(): void {
    // RFC 3207 §4.2: what came in clear behind STARTTLS is dropped.
    this.#reader.clear()
    this.#mode = 'handshake'
    this.#out.push({ type: 'disarm', timer: 'idle' }, { type: 'secure' })
  }

  #cut(how: Cut): void {
    if (how === 'silence') {
      this.#mode = 'silent'
      return this.#work()
    }
    this.ending = how
    const words = how === 'close' ? 'closed' : 'reset'
    this.#done({
      how: how === 'close' ? 'closed' : 'reset',
      by: 'server',
      message: `The connection was ${words} here, as it was recorded.`,
    })
  }

  #beginContent(): void {
    this.#mode = 'data'
    this.#intake.beginData()
    this.#work()
  }

  /** Its octets follow at once, whatever the answer (RFC 3030 §2). */
  #beginChunk(exchange: Exchange, size: number, last: boolean): void {
    this.#intake.beginChunk(size, last)
    this.#chunk = exchange
    this.#mode = 'chunk'
    if (size === 0) this.#takeContent(new Uint8Array(0))
  }

  #takeContent(wire: Uint8Array): void {
    const intake = this.#intake
    const { effects, ended, rest } = intake.push(wire)
    this.#out.push(...effects)
    if (intake.total > mostContent)
      return this.#done({
        how: 'refused',
        by: 'server',
        message: `The client sent more than ${mostContent >> 20} MiB.`,
      })
    const cut = this.#cutInside(ended)
    if (cut !== null) return this.#cut(cut)
    if (!ended) return
    this.#mode = 'command'
    this.#reader.push(rest)
    const asked: Asked = { verb: 'content', sealed: this.secured !== null }
    const exchange = this.#chunk ?? this.#matcher.find(asked) ?? this.#unrecorded(asked)
    this.#chunk = null
    this.#answer(exchange)
  }

  /** The recorded server left inside the content: so does this one, at the same octet or at its end, what comes first. */
  #cutInside(ended: boolean): Cut | null {
    const next = this.#contents[this.#intake.body - 1]
    if (this.#chunk !== null || next?.cut === undefined || next.cutAt === undefined) return null
    return ended || this.#intake.size >= next.cutAt ? next.cut : null
  }

  #done(outcome: Outcome): void {
    if ((this.#mode === 'data' || this.#mode === 'chunk') && this.#intake.untold)
      this.#out.push(this.#intake.note(false))
    this.#mode = 'done'
    this.#saying = null
    this.#out.push(
      { type: 'disarm', timer: 'idle' },
      { type: 'disarm', timer: 'session' },
      { type: 'disarm', timer: 'reply' },
    )
    this.#out.push({ type: 'close' }, { type: 'done', outcome })
  }
}
