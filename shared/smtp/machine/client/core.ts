/**
 * Owns: the state of one client session, all of it, and the few primitives by which it changes: moving along the table,
 * emitting effects, queueing what is expected. The parts beside this file decide; nothing is kept anywhere else.
 */
import type { Capability } from '../../grammar/capabilities.ts'
import type { DotEncoder } from '../../grammar/dotEncoder.ts'
import { type MaskContext, maskSecrets, unmasked } from '../../grammar/mask.ts'
import { ReplyReader } from '../../grammar/replyReader.ts'
import { Spoken } from '../../grammar/spoken.ts'
import type { ClientMechanism, Response } from '../../sasl/mechanism.ts'
import { finding, type FindingCode, type FindingNote } from '../advice.ts'
import { clientTimeouts, type ClientOptions, type ClientTimeouts, type StopPoint } from '../options.ts'
import { clientCommandStates, moveClient, type ClientState } from '../table.ts'
import type { Effect, Note, Outcome, Outgoing, Phase, Reply, Shown, TimerName, Tls } from '../types.ts'

/** What a line was meant for. `insert` lines come from a person. */
export type Step =
  | { name: 'ehlo' | 'helo' | 'starttls' | 'auth' | 'response' | 'cancel' | 'mail' | 'data' | 'body' | 'end' | 'quit' | 'reset' | 'insert' }
  | { name: 'rcpt'; index: number } // prettier-ignore

/** A reply that must come, in the order in which the commands were sent (RFC 2920 §3.1). */
export interface Expected {
  /** Verb that was really sent; `final` is the end of content, `other` a line that is no known command. */
  verb: string
  phase: Phase
  ms: number
  timer: TimerName
  /** Index of the recipient when this is the RCPT that the transaction asked for. */
  recipient: number
  /** It answers a step of the machine, not a line that a person added or turned into another command. */
  own: boolean
}

/** A line at the gate. */
export interface Pending {
  line: Outgoing
  step: Step
  /** For `body`: where it lies in the content. */
  chunk?: { offset: number; size: number; last: boolean }
}

export interface Exchange {
  mechanism: ClientMechanism | null
  /** Challenges so far; bounded, a server could go on for ever. */
  rounds: number
  cancelled: boolean
  /** The first response, when it did not go with AUTH: it answers the first challenge. */
  first?: Response | null
  /** Id of the `derive` that is out. */
  deriving?: number | null
}

export interface Content {
  encoding: 'data' | 'bdat'
  encoder: DotEncoder | null
  /** Octets of content given so far. */
  offset: number
  /** `pull` is out. */
  pulled: boolean
  last: boolean
  /** Only the end of data may follow: there is nothing to send, or no recipient (RFC 2920 §3.1). */
  empty: boolean
  /** The end of data waits at the gate, or a person skipped it. */
  endIssued: boolean
  /** The last octets on the wire, for telling whether an edited line ended the data. */
  tail: Uint8Array
}

export class ClientCore {
  state: ClientState = 'connecting'
  /** Changes with each transaction of a series. */
  options: ClientOptions
  readonly timeouts: ClientTimeouts
  readonly reader = new ReplyReader()
  out: Effect[] = []

  capabilities: Capability[] = []
  secured: Tls | null = null
  authenticated = false
  /** Said in the exchange, and to be masked like the password; few, as its rounds are. */
  readonly proofs: string[] = []

  /** Which steps have been taken (sent, replaced by a person, or skipped). */
  hello: 'none' | 'asked' | 'accepted' | 'skipped' = 'none'
  fallback = false
  tlsTried = false
  authTried = false
  mailIssued = false
  rcptIssued = 0
  rcptAccepted = 0
  rcptRefused = 0
  contentIssued = false
  quitIssued = false
  /** Of a series: whether the next transaction is awaited, or none will follow, and RSET was said for this one. */
  series: 'open' | 'asked' | 'over' = 'open'
  resetIssued = false

  mechanism: string | null = null
  mailReply: Reply | null = null
  rcptReplies: (Reply | null)[]
  dataReply: Reply | null = null
  finalReply: Reply | null = null
  authReply: Reply | null = null
  stoppedAt: StopPoint | null = null

  readonly pending = new Map<number, Pending>()
  readonly expected: Expected[] = []
  /** Lines of a person that cannot go now (during a handshake). */
  readonly inserts: Uint8Array[] = []
  /** The beginning of a line whose end has not been sent, after an edit. */
  partial: Uint8Array = new Uint8Array(0)
  /** What the line that `partial` begins was meant for, unless it is a person's own. */
  partialStep: Step | null = null
  /** What an edited line held after DATA: content after a 354, commands otherwise. */
  spill: Uint8Array = new Uint8Array(0)
  /** The server said 334 and has no answer yet: the next line is an AUTH response whatever it says. */
  challenged = false
  /** Octets of a BDAT that a person wrote and that have not been sent yet. */
  owed = 0
  /** After an edit or an insert: no pipelining until every reply is in. */
  careful = false
  exchange: Exchange | null = null
  content: Content | null = null
  bodies = 0
  /** How the session will end, once it is known: QUIT follows. */
  ending: Outcome | null = null
  /** Replies that nobody asked for; bounded. */
  unasked = 0
  malformedNoted = false
  injectedNoted = false
  /** AUTH was said and has not succeeded: a line that is no command may be a secret that a person typed ahead. */
  guarded = false
  /** A person wrote an AUTH, or a part of one. */
  typedAuth = false
  /** What is out of a line without its end, for masking what a person goes on with. */
  private readonly spoken = new Spoken()

  private ids = 0
  /** One timer runs at a time: the client waits for one thing at a time. */
  private armed: TimerName | null = null

  constructor(options: ClientOptions) {
    this.options = options
    this.timeouts = { ...clientTimeouts, ...options.timeouts }
    this.rcptReplies = (options.transaction?.to ?? []).map(() => null)
  }

  move(on: string): void {
    this.state = moveClient(this.state, on)
  }

  get commanding(): boolean {
    return (clientCommandStates as readonly string[]).includes(this.state)
  }

  /** Octets from the server are read as replies now. */
  get reading(): boolean {
    return this.state !== 'connecting' && this.state !== 'handshake' && this.state !== 'done'
  }

  /** The protocol's own place in the conversation, for findings and outcomes. */
  get phase(): Phase {
    const head = this.expected[0]
    if (this.state === 'greeting' || this.state === 'connecting') return 'banner'
    if (this.state === 'handshake') return 'tls'
    if (head) return head.phase
    if (this.state === 'content' || this.state === 'final') return 'body'
    return this.state === 'quit' ? 'quit' : 'other'
  }

  send(step: Step, line: Omit<Outgoing, 'id'>, chunk?: Pending['chunk']): void {
    const whole = { id: ++this.ids, ...line }
    this.pending.set(whole.id, chunk ? { line: whole, step, chunk } : { line: whole, step })
    this.out.push({ type: 'send', line: whole })
  }

  /** An id that no line and no question of this session has. */
  nextId(): number {
    return ++this.ids
  }

  note(note: Note): void {
    this.out.push({ type: 'note', note })
  }

  finding(
    code: FindingCode,
    phase: Phase,
    message: string,
    change?: Parameters<typeof finding>[3],
  ): FindingNote {
    const made = finding(code, phase, message, change)
    this.note(made)
    return made
  }

  /** Nothing that leaves the machine may hold the password or a proof of it, not even when a server echoes it. */
  mask(shown: Shown | Uint8Array): Shown {
    const secrets = [this.options.auth?.password ?? '', ...this.proofs].filter((secret) => secret !== '')
    if (secrets.length > 0) return maskSecrets(shown, secrets)
    return 'bytes' in shown ? shown : unmasked(shown)
  }

  /** A line that a person wrote, masked by what was said before it. */
  maskTyped(bytes: Uint8Array): Shown {
    const { shown, announces } = this.spoken.read(bytes, this.maskContext)
    if (announces) this.guarded = true
    return this.mask(shown)
  }

  /** A person's octets went out. */
  wroteTyped(bytes: Uint8Array): void {
    this.spoken.typed(bytes, this.maskContext)
  }

  /** The machine's own line or message content went out, or TLS began: what comes next begins a line. */
  wroteOwn(): void {
    this.spoken.own()
  }

  private get maskContext(): MaskContext {
    return { exchange: this.challenged, refused: this.guarded }
  }

  arm(timer: TimerName, ms: number): void {
    if (this.armed !== null && this.armed !== timer) this.out.push({ type: 'disarm', timer: this.armed })
    this.armed = timer
    this.out.push({ type: 'arm', timer, ms })
  }

  disarm(): void {
    if (this.armed === null) return
    this.out.push({ type: 'disarm', timer: this.armed })
    this.armed = null
  }

  expect(expected: Expected): void {
    this.expected.push(expected)
    if (this.expected.length === 1) this.arm(expected.timer, expected.ms)
  }

  /** Say QUIT as soon as the protocol allows, then report `outcome`. The first reason stays. */
  fail(how: Outcome['how'], by: Outcome['by'], message: string): void {
    this.ending ??= { how, by, message }
  }

  /** The last timer asked for, while it runs. */
  get timer(): TimerName | null {
    return this.armed
  }

  /** Close now (unless the connection is gone) and say how the session ended. `reset`: break the connection instead. */
  finish(outcome: Outcome, gone = false, reset = false): void {
    this.disarm()
    this.move('over')
    this.pending.clear()
    this.expected.length = 0
    this.reader.clear()
    this.exchange = null
    this.content = null
    this.inserts.length = 0
    if (!gone) this.out.push(reset ? { type: 'close', reset } : { type: 'close' })
    this.out.push({ type: 'done', outcome })
  }
}
