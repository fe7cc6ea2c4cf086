/**
 * Owns: one client's session: drives one ServerMachine between the wire, the content and the transcript. Everything
 * happens in the turn in which the client's octets arrive, except waiting for the disk, for the client and for TLS.
 */
import { createServerMachine } from '#shared/smtp/machine/server.ts'
import type { ServerMachine } from '#shared/smtp/machine/options.ts'
import type { Effect, Input, Note, Outcome, Outgoing, Question } from '#shared/smtp/machine/types.ts'
import type { EventBody } from '#shared/transcript/event.ts'
import { Deadlines, lingerLimit, lookAgain } from './deadlines.ts'
import { agreed, Handshake } from './handshake.ts'
import type { Hold } from './hold.ts'
import { Inbound } from './inbound.ts'
import { type Keeping, makeKeeping } from './keeping.ts'
import { eventOfNote } from './notes.ts'
import type { SessionContext } from './sessionContext.ts'
import { holdSession } from './sessionHold.ts'
import type { Swept } from './sweep.ts'
import { Turns, type TurnsOptions } from './turns.ts'
import { tlsTimeout, type TlsFault } from './tlsFault.ts'
import type { TlsFacts, Wire, WireListener } from './wire.ts'

/** Octets of replies a client may leave unread before it is dropped. */
export const outputLimit = 1 << 20

/** Ten thousand may wait without a word: what those never need is made when it is needed. `perform`, `done`, `flush`: for its turns alone. */
export class Session implements WireListener, Swept, TurnsOptions {
  readonly machine: ServerMachine
  readonly #context: SessionContext
  readonly #turns = new Turns(this)
  readonly #deadlines = new Deadlines()
  #wire!: Wire
  #done = false
  #inbound: Inbound | null = null
  #handshake: Handshake | null = null
  #keeping: Keeping | null = null
  /** Null, and costing nothing, while nobody holds this client. */
  #hold: Hold | null = null

  constructor(context: SessionContext) {
    this.#context = context
    this.machine = createServerMachine(context.rules.machine)
  }

  /** Begins on this wire; with implicit TLS the handshake comes first. */
  begin(wire: Wire): void {
    this.#wire = wire
    if (this.#context.rules.tls !== 'implicit') return this.#feed({ type: 'opened' })
    this.#goOn(() => this.#secure())
  }

  get id(): string {
    return this.#context.recorder.session
  }

  get holding(): boolean {
    return this.#hold?.holding === true
  }

  /** From now on its replies pass a gate. */
  hold(step: boolean, breakpoints: readonly string[]): Hold {
    this.#hold ??= holdSession({ step, breakpoints, ...this.#inside })
    return this.#hold
  }

  /** 421 as soon as the protocol allows, then close (RFC 5321 §3.8). */
  finish(): void {
    if (this.#done) return
    this.#hold?.open()
    if (!this.#wire.securing) return this.#feed({ type: 'finish' })
    this.notSecured({ code: 'cancelled', message: 'The server was stopped.' })
    this.#wire.destroy()
  }

  /** Now, without a word. */
  destroy(): void {
    this.#wire.destroy()
  }

  bytes(chunk: Uint8Array): void {
    if (this.#done) return
    if (this.#blocked()) this.#waiting.keep(chunk, this.holding)
    else this.#feed({ type: 'bytes', bytes: chunk })
  }

  drained(): void {
    this.#goOn()
  }

  finished(): void {
    this.#waiting.end()
    this.#hold?.peerLeft()
    this.#goOn()
  }

  secured(facts: TlsFacts): void {
    if (this.#handshake !== null) this.#record(this.#handshake.made(facts))
    this.#feed({ type: this.#context.rules.opens, tls: agreed(facts, this.#wire) })
  }

  notSecured(fault: TlsFault): void {
    const event = this.#handshake?.failed(fault)
    if (this.#done) return
    if (event !== undefined) this.#record(event)
    const how = fault.code === 'tls-closed' ? 'closed' : fault.code === 'tls-reset' ? 'reset' : 'failed'
    this.#feed({ type: 'ended', how, message: fault.message })
  }

  gone(how: 'closed' | 'reset' | 'failed', message: string): void {
    if (!this.#done) this.#feed({ type: 'ended', how, message })
    this.#context.over()
  }

  sweep(now: number): void {
    // A person is being waited for: no limit of ours runs.
    if (this.#hold?.holding === true) return
    const due = this.#deadlines.due(now)
    if (due === 'patience') {
      if (!this.#done) this.notSecured(tlsTimeout)
      this.#wire.destroy()
    } else if (due === 'idle' && this.#keeping?.content.full === true) {
      // We are not reading: the silence is ours, however long the disk takes.
      this.#deadlines.set('idle', now + lookAgain)
    } else if (due !== null && !this.#done) this.#feed({ type: 'elapsed', timer: due })
  }

  done(): boolean {
    return this.#done
  }

  flush(): void {
    this.#wire.flush()
  }

  get #waiting(): Inbound {
    return (this.#inbound ??= new Inbound(this.#wire))
  }

  get #keeper(): Keeping {
    return (this.#keeping ??= makeKeeping(this.#inside))
  }

  /** For those parts of it that are made when they are needed. */
  get #inside() {
    return {
      context: this.#context,
      machine: this.machine,
      deadlines: this.#deadlines,
      wire: () => this.#wire,
      hold: () => this.#hold,
      record: (event: EventBody) => this.#record(event),
      say: (line: Outgoing, bytes?: Uint8Array) => this.#say(line, bytes),
      answer: (id: number, question: Question) => this.#keeper.asking.answer(id, question),
      turn: (input: Input) => this.#turn(input),
      feed: (input: Input) => (this.#done ? undefined : this.#feed(input)),
      later: (work?: () => void) => this.#goOn(work),
      broken: (error: unknown) => this.#broken(error),
      cut: (message: string) => this.#cut(message),
    }
  }

  /** True while octets from the client may not be given to the machine. */
  #blocked(): boolean {
    return (
      this.machine.waiting || this.#keeping?.content.full === true || this.#wire.full || this.#wire.securing
    )
  }

  #feed(input: Input): void {
    try {
      this.#turn(input)
      this.#settle()
    } catch (error) {
      this.#broken(error)
    }
  }

  #turn(input: Input): void {
    this.#turns.take(input)
  }

  /** A defect here must cost one session, not the server with all the others. */
  #broken(error: unknown): void {
    this.#context.log('error', 'A session of the local server broke', { reason: String(error) })
    this.#turns.abandon()
    this.#cut('An internal error ended the session.')
  }

  #cut(message: string): void {
    if (!this.#done) this.#end({ how: 'failed', by: 'this-computer', message })
    this.#wire.destroy()
  }

  /** What comes from outside a turn: the wire has room again, a person has decided. Then on, as far as it may. */
  #goOn(work?: () => void): void {
    if (this.#done) return
    try {
      work?.()
      this.#settle()
    } catch (error) {
      this.#broken(error)
    }
  }

  /** Goes on with what was held back, as far as it may. */
  #settle(): void {
    while (!this.#done && !this.#blocked()) {
      // Without anything kept back nothing was paused either.
      const input = this.#inbound?.next() ?? null
      if (input === null) return
      this.#turn(input)
    }
    if (this.holding && !this.#done) this.#inbound?.lookAhead()
  }

  perform(effect: Effect): void {
    switch (effect.type) {
      case 'send':
        return this.#hold === null ? this.#say(effect.line) : this.#offer(this.#hold, effect.line)
      case 'note':
        return this.#note(effect.note)
      case 'content':
        return this.#keeping?.content.append(effect.bytes)
      case 'ask':
        return this.#keeper.asking.ask(effect.id, effect.question)
      case 'arm':
        return this.#deadlines.set(effect.timer, this.#context.now() + effect.ms)
      case 'disarm':
        return this.#deadlines.clear(effect.timer)
      case 'secure':
        return this.#startTls()
      case 'close':
        return this.#close()
      case 'done':
        return this.#end(effect.outcome)
      case 'pull':
      case 'derive':
      case 'next':
        return
    }
  }

  #say(line: Outgoing, bytes?: Uint8Array): void {
    this.#wire.write(bytes ?? line.bytes)
    if (this.#wire.backlog > outputLimit) return this.#tooSlow()
    this.#hold?.sent(line, bytes)
    this.#turn(bytes === undefined ? { type: 'sent', id: line.id } : { type: 'sent', id: line.id, bytes })
  }

  /** Says it, says what a person wants instead, or waits for a person. */
  #offer(hold: Hold, line: Outgoing): void {
    const verdict = hold.offer(line)
    if (verdict === null) return
    if (verdict.said === 'nothing') return this.#turn({ type: 'skipped', id: line.id })
    this.#say(line, verdict.said === 'as it is' ? undefined : verdict.said)
  }

  #note(note: Note): void {
    this.#keeping?.content.settle()
    this.#hold?.noted(note)
    this.#record(eventOfNote(note, this.#context.recorder.seq))
  }

  /** Octets that came in clear behind STARTTLS are given to the machine, which drops and notes them (CVE-2011-0411). */
  #startTls(): void {
    for (const chunk of this.#inbound?.take() ?? []) this.#turn({ type: 'bytes', bytes: chunk })
    this.#secure()
  }

  #secure(): void {
    const { rules, recorder } = this.#context
    this.#handshake = new Handshake(recorder, this.#deadlines, rules.versions)
    this.#handshake.begin(this.#context.now())
    if (rules.context === null) throw new Error('a listener without TLS has no handshake')
    this.#wire.secure(rules.context, rules.clientCertificate)
  }

  #tooSlow(): void {
    const message = 'The client does not read the replies; it was dropped.'
    this.#turn({ type: 'ended', how: 'failed', message })
    this.#wire.destroy()
  }

  #close(): void {
    this.#deadlines.set('patience', this.#context.now() + lingerLimit)
    this.#wire.end()
  }

  #end({ how, by, message }: Outcome): void {
    this.#keeping?.content.abandon()
    this.#hold?.end()
    this.#record({ kind: 'end', phase: 'other', direction: 'none', outcome: how, by, message })
    this.#done = true
    this.#inbound?.take()
    this.#close()
  }

  #record(event: EventBody): void {
    this.#context.recorder.write(this.#wire.sealed ? { ...event, sealed: true } : event)
  }
}
