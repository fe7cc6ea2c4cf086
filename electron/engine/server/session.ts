/**
 * Owns: one client's session: drives one ServerMachine between the wire, the content and the transcript. Everything
 * happens in the turn in which the client's octets arrive, except waiting for the disk, for the client and for TLS.
 */
import { createServerMachine } from '#shared/smtp/machine/server.ts'
import type { ServerMachine } from '#shared/smtp/machine/options.ts'
import type { Answer, Effect, Input, Note, Outcome, Question } from '#shared/smtp/machine/types.ts'
import type { EventBody } from '#shared/transcript/event.ts'
import type { Log } from '../ports.ts'
import type { Store } from '../store/types.ts'
import type { Recorder } from '../transcripts/types.ts'
import { Content } from './content.ts'
import { Deadlines, handshakeLimit, isDeadline, lingerLimit, lookAgain } from './deadlines.ts'
import { eventOfNote, tlsEvent } from './notes.ts'
import { Questions } from './questions.ts'
import type { SessionRules } from './rules.ts'
import type { Swept } from './sweep.ts'
import { tlsTimeout, type TlsFault } from './tlsFault.ts'
import type { TlsFacts, Wire, WireListener } from './wire.ts'

export interface SessionContext {
  rules: SessionRules
  recorder: Recorder
  store: Pick<Store, 'openContent'>
  /** The listener's port. */
  port: number
  /** Monotonic milliseconds. */
  now: () => number
  date: () => Date
  log: Log
  /** A message was kept. */
  kept: () => void
  /** The connection is gone. */
  over: () => void
}

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
  #handshakeBegan = 0

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
    this.#questions = new Questions({ content, recorder, accounts: rules.accounts, port, date, kept })
  }

  /** Begins on this wire; with implicit TLS the handshake comes first. */
  begin(wire: Wire): void {
    this.#wire = wire
    if (this.#context.rules.tls !== 'implicit') return this.#feed({ type: 'opened' })
    try {
      this.#secure()
    } catch (error) {
      this.#broken(error)
    }
  }

  /** 421 as soon as the protocol allows, then close (RFC 5321 §3.8). */
  finish(): void {
    if (this.#done) return
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
    this.#goOn()
  }

  secured(facts: TlsFacts): void {
    this.#deadlines.clear('patience')
    const { version, cipher } = facts
    this.#record(tlsEvent({ outcome: 'established', took: this.#handshakeTook(), ...facts }))
    const tls = { version, cipher, verified: false }
    this.#feed(this.#context.rules.tls === 'implicit' ? { type: 'opened', tls } : { type: 'secured', tls })
  }

  notSecured(fault: TlsFault): void {
    this.#deadlines.clear('patience')
    if (this.#done) return
    this.#record(tlsEvent({ outcome: 'failed', took: this.#handshakeTook(), fault }))
    const how = fault.code === 'tls-closed' ? 'closed' : fault.code === 'tls-reset' ? 'reset' : 'failed'
    this.#feed({ type: 'ended', how, message: fault.message })
  }

  gone(how: 'closed' | 'reset' | 'failed', message: string): void {
    if (!this.#done) this.#feed({ type: 'ended', how, message })
    this.#context.over()
  }

  sweep(now: number): void {
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

  #goOn(): void {
    try {
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
        this.#wire.write(effect.line.bytes)
        if (this.#wire.backlog > outputLimit) return this.#tooSlow()
        return this.#turn({ type: 'sent', id: effect.line.id })
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

  #note(note: Note): void {
    this.#content.settle()
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
    const { rules, recorder, now } = this.#context
    this.#handshakeBegan = recorder.elapsed()
    this.#deadlines.set('patience', now() + handshakeLimit)
    if (rules.context === null) throw new Error('a listener without TLS has no handshake')
    this.#wire.secure(rules.context)
  }

  #handshakeTook(): number {
    return this.#context.recorder.elapsed() - this.#handshakeBegan
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
