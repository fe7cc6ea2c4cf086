/**
 * Owns: one client's session: drives one ServerMachine between the wire, the content and the transcript. Everything
 * happens in the turn in which the client's octets arrive, except waiting for the disk, for the client and for TLS.
 */
import { createServerMachine } from '#shared/smtp/machine/server.ts'
import type { ServerMachine } from '#shared/smtp/machine/options.ts'
import type { Answer, Effect, Input, Note, Outcome, Outgoing, Question } from '#shared/smtp/machine/types.ts'
import type { EventBody } from '#shared/transcript/event.ts'
import { Content } from './content.ts'
import { Deadlines, isDeadline, lingerLimit, lookAgain } from './deadlines.ts'
import { Handshake } from './handshake.ts'
import type { Hold } from './hold.ts'
import { eventOfNote } from './notes.ts'
import { Questions } from './questions.ts'
import type { SessionContext } from './sessionContext.ts'
import { holdSession } from './sessionHold.ts'
import type { Swept } from './sweep.ts'
import { tlsTimeout, type TlsFault } from './tlsFault.ts'
import type { TlsFacts, Wire, WireListener } from './wire.ts'

/** Octets of replies a client may leave unread before it is dropped. */
export const outputLimit = 1 << 20

export class Session implements WireListener, Swept {
  readonly #context: SessionContext
  readonly #machine: ServerMachine
  readonly #content: Content
  readonly #questions: Questions
  #wire!: Wire
  /** Octets that came while nothing may be read: at most what the socket had read already. */
  #pending: Uint8Array[] = []
  #effects: Effect[] = []
  #running = false
  #waitsForDisk = false
  #finished = false
  #done = false
  readonly #deadlines = new Deadlines()
  readonly #handshake: Handshake
  /** Null, and costing nothing, while nobody holds this client. */
  #hold: Hold | null = null

  constructor(context: SessionContext) {
    this.#context = context
    this.#machine = createServerMachine(context.rules.machine)
    const { store, recorder, log, port, date, kept, rules } = context
    const content = new Content({
      store,
      session: recorder.session,
      log,
      record: (event) => this.#record(event),
    })
    this.#content = content
    this.#handshake = new Handshake(recorder, this.#deadlines)
    this.#questions = new Questions({ content, recorder, accounts: rules.accounts, port, date, kept })
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
    this.#hold ??= holdSession({
      step,
      breakpoints,
      context: this.#context,
      machine: this.#machine,
      wire: () => this.#wire,
      deadlines: this.#deadlines,
      record: (event) => this.#record(event),
      say: (line, bytes) => this.#say(line, bytes),
      answer: (id, question) => this.#answer(id, question),
      turn: (input) => this.#turn(input),
      later: (work) => this.#goOn(work),
    })
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
    if (this.#blocked()) {
      this.#pending.push(chunk)
      this.#wire.pause()
    } else this.#feed({ type: 'bytes', bytes: chunk })
  }

  drained(): void {
    this.#goOn()
  }

  finished(): void {
    this.#finished = true
    this.#hold?.peerLeft()
    this.#goOn()
  }

  secured(facts: TlsFacts): void {
    const { version, cipher } = facts
    this.#record(this.#handshake.made(facts))
    const tls = { version, cipher, verified: false }
    this.#feed(this.#context.rules.tls === 'implicit' ? { type: 'opened', tls } : { type: 'secured', tls })
  }

  notSecured(fault: TlsFault): void {
    const event = this.#handshake.failed(fault)
    if (this.#done) return
    this.#record(event)
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
    } else if (due === 'idle' && this.#waitsForDisk) {
      // We are not reading: the silence is ours, however long the disk takes.
      this.#deadlines.set('idle', now + lookAgain)
    } else if (due !== null && !this.#done) this.#feed({ type: 'elapsed', timer: due })
  }

  /** True while octets from the client may not be given to the machine. */
  #blocked(): boolean {
    return this.#machine.waiting || this.#waitsForDisk || this.#wire.full || this.#wire.securing
  }

  #feed(input: Input): void {
    try {
      this.#turn(input)
      this.#settle()
    } catch (error) {
      this.#broken(error)
    }
  }

  /** One input and everything that follows from it at once. Effects are worked off in the order they were made. */
  #turn(input: Input): void {
    const effects = this.#effects
    push(effects, this.#machine.handle(input))
    if (this.#running) return
    this.#running = true
    for (let i = 0; i < effects.length && !this.#done; i++) this.#perform(effects[i]!)
    this.#effects = []
    this.#running = false
    this.#wire.flush()
  }

  /** A defect here must cost one session, not the server with all the others. */
  #broken(error: unknown): void {
    this.#context.log('error', 'A session of the local server broke', { reason: String(error) })
    this.#effects = []
    this.#running = false
    if (!this.#done)
      this.#end({ how: 'failed', by: 'this-computer', message: 'An internal error ended the session.' })
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
      const chunk = this.#pending.shift()
      if (chunk !== undefined) this.#turn({ type: 'bytes', bytes: chunk })
      else if (this.#finished)
        this.#turn({ type: 'ended', how: 'closed', message: 'The client closed the connection.' })
      else return this.#wire.resume()
    }
  }

  #perform(effect: Effect): void {
    switch (effect.type) {
      case 'send':
        return this.#hold === null ? this.#say(effect.line) : this.#offer(this.#hold, effect.line)
      case 'note':
        return this.#note(effect.note)
      case 'content':
        return this.#append(effect.bytes)
      case 'ask':
        return this.#ask(effect.id, effect.question)
      case 'arm':
        if (isDeadline(effect.timer)) this.#deadlines.set(effect.timer, this.#context.now() + effect.ms)
        return
      case 'disarm':
        if (isDeadline(effect.timer)) this.#deadlines.clear(effect.timer)
        return
      case 'secure':
        return this.#startTls()
      case 'close':
        return this.#close()
      case 'done':
        return this.#end(effect.outcome)
      case 'pull':
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
    this.#content.settle()
    this.#hold?.noted(note)
    this.#record(eventOfNote(note, this.#context.recorder.seq))
  }

  #append(bytes: Uint8Array): void {
    const drain = this.#content.append(bytes)
    if (drain === null) return
    this.#waitsForDisk = true
    const goOn = () => {
      this.#waitsForDisk = false
      this.#goOn()
    }
    // A broken store is told at the commit; until then the rest of the content must still be read.
    drain.then(goOn, goOn)
  }

  #ask(id: number, question: Question): void {
    // Before it is durable: a person who refuses it afterwards would be too late.
    if (this.#hold !== null && question.kind === 'commit' && question.said !== true) {
      if (!this.#hold.mayCommit(id, question, this.#questions.promise())) return
    }
    this.#answer(id, question)
  }

  #answer(id: number, question: Question): void {
    const encoding = this.#machine.state === 'chunk' ? 'bdat' : 'data'
    const standing = { user: this.#machine.user, sealed: this.#wire.sealed, encoding } as const
    const answer = this.#questions.answer(question, standing)
    if (!(answer instanceof Promise)) return this.#turn({ type: 'answer', id, answer })
    const goOn = (late: Answer) => (this.#done ? undefined : this.#feed({ type: 'answer', id, answer: late }))
    answer.then(goOn, (error: unknown) => this.#broken(error))
  }

  /** Octets that came in clear behind STARTTLS are given to the machine, which drops and notes them (CVE-2011-0411). */
  #startTls(): void {
    for (const chunk of this.#pending.splice(0)) this.#turn({ type: 'bytes', bytes: chunk })
    this.#secure()
  }

  #secure(): void {
    const { rules, now } = this.#context
    this.#handshake.begin(now())
    if (rules.context === null) throw new Error('a listener without TLS has no handshake')
    this.#wire.secure(rules.context)
  }

  #tooSlow(): void {
    this.#turn({
      type: 'ended',
      how: 'failed',
      message: 'The client does not read the replies; it was dropped.',
    })
    this.#wire.destroy()
  }

  #close(): void {
    this.#deadlines.set('patience', this.#context.now() + lingerLimit)
    this.#wire.end()
  }

  #end({ how, by, message }: Outcome): void {
    this.#content.abandon()
    this.#hold?.end()
    this.#record({ kind: 'end', phase: 'other', direction: 'none', outcome: how, by, message })
    this.#done = true
    this.#pending = []
    this.#close()
  }

  #record(event: EventBody): void {
    this.#context.recorder.write(this.#wire.sealed ? { ...event, sealed: true } : event)
  }
}

function push(queue: Effect[], more: Effect[]): void {
  for (const effect of more) queue.push(effect)
}
