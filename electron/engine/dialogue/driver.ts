/**
 * Owns: running one client machine over one connection: its effects become writes, timers, TLS and events; what happens
 * becomes its inputs. The machine decides, the gate holds, this file only carries. Order is kept by one loop: an input is
 * worked off whole, then a line is sent, then the next input.
 */
import type { Derivation } from '#shared/smtp/sasl/mechanism.ts'
import type { Effect, Input, Note, Outcome, Outgoing, Tls } from '#shared/smtp/machine/types.ts'
import type { Phase } from '#shared/transcript/event.ts'
import type { ConnectionEnd } from './connection.ts'
import { ContentFeeder } from './content.ts'
import type { DriverParts, Order } from './driverParts.ts'
import { endMessage, type Fault } from './fault.ts'
import { deriveKey } from './hashes.ts'
import { alertEvent, noteEvent } from './notes.ts'
import { Outbox } from './outbox.ts'
import { Timers } from './timers.ts'

/** Octets a server may say in one transaction. The machine bounds lines; this bounds their number. */
const maxInbound = 32 << 20
const unreadable =
  'The message could not be read to its end; the connection was dropped before it was complete.'

export class Driver {
  readonly #parts: DriverParts
  readonly #timers = new Timers((timer) => this.#feed({ type: 'elapsed', timer }))
  #feeder: ContentFeeder
  readonly #inputs: Input[] = []
  readonly #outbox = new Outbox()
  /** The line whose sending the machine is told now was added by a person. */
  #byHand = false
  readonly #abort = (): void => this.stop('cancelled', 'Cancelled by the user.')
  #finish: (outcome: Outcome) => void = () => {}
  #outcome: Outcome | undefined
  #busy = false
  #full = false
  #pull: number | undefined
  #inbound = 0
  #keeping: Promise<void> = Promise.resolve()
  #tlsFailed = false

  constructor(parts: DriverParts) {
    this.#parts = parts
    this.#feeder = new ContentFeeder(parts.content, parts.openKeeper)
  }

  /** Runs the session to its end; `tls` when implicit TLS is already made. Never rejects. */
  run(tls: Tls | undefined): Promise<Outcome> {
    const { connection, gate, machine, signal } = this.#parts
    const finished = new Promise<Outcome>((resolve) => (this.#finish = resolve))
    gate.connect(machine, {
      release: (line, bytes) => this.#release(line, bytes),
      skip: (line) => this.#skip(line),
      insert: (bytes) => this.#insert(bytes),
      drop: () => this.stop('dropped', 'The connection was dropped by hand.'),
      reset: () => {
        connection.reset()
        this.stop('dropped', 'The connection was reset by hand.')
      },
      finish: (held) => {
        this.#inputs.push({ type: 'finish' })
        if (held) this.#skip(held)
        else this.#turn()
      },
    })
    signal?.addEventListener('abort', this.#abort, { once: true })
    connection.listen({
      bytes: (bytes) => this.#received(bytes),
      drained: () => this.#drained(),
      ended: (end) => this.#ended(end),
    })
    if (signal?.aborted) this.#abort()
    else this.#feed({ type: 'opened', tls })
    return finished
  }

  /** Ends it at once and without a word to the server: a person's doing. */
  stop(how: 'dropped' | 'cancelled', message: string): void {
    if (this.#outcome) return
    this.#parts.connection.destroy()
    this.#feed({ type: 'ended', how: 'dropped', message })
    // The machine says `done` in answer; this is for one that does not.
    this.#done({ how: 'dropped', by: 'person', message: how === 'cancelled' ? 'Cancelled.' : message })
  }

  /** Ends it because of something found beside the protocol: the outcome is the given one. */
  abandon(outcome: Outcome): void {
    if (this.#outcome) return
    this.#parts.connection.destroy()
    this.#done(outcome)
  }

  /** Resolves when the sent octets are kept. */
  kept(): Promise<void> {
    return this.#keeping
  }

  #feed(input: Input): void {
    if (this.#outcome) return
    this.#inputs.push(input)
    this.#turn()
  }

  /** Works until nothing is left to do. Lines of one turn leave in one write. */
  #turn(): void {
    if (this.#busy) return
    this.#busy = true
    const { connection } = this.#parts
    connection.cork()
    try {
      while (!this.#outcome) {
        const input = this.#inputs.shift()
        if (input) this.#work(input)
        else if (!this.#sendNext()) break
      }
    } catch (error) {
      this.#fail(error)
    } finally {
      connection.uncork()
      this.#busy = false
    }
  }

  #work(input: Input): void {
    this.#byHand = input.type === 'sent' && this.#outbox.wasAdded(input.id)
    for (const effect of this.#parts.machine.handle(input)) this.#apply(effect)
  }

  #apply(effect: Effect): void {
    const { connection } = this.#parts
    switch (effect.type) {
      case 'send':
        return this.#outbox.push(effect.line)
      case 'note':
        return this.#note(effect.note)
      case 'arm':
        return this.#timers.arm(effect.timer, effect.ms)
      case 'disarm':
        return this.#timers.disarm(effect.timer)
      case 'secure':
        return this.#secure()
      case 'pull':
        this.#pull = effect.max
        return this.#answerPull()
      case 'close':
        return effect.reset ? connection.breakOff() : connection.close()
      case 'derive':
        return this.#derive(effect.id, effect.derivation)
      case 'next':
        return this.#parts.next?.((order) => this.#follow(order))
      case 'done':
        return this.#done(effect.outcome)
      case 'content':
      case 'ask':
        throw new Error(`a client machine has no effect ${effect.type}`)
    }
  }

  #note(note: Note): void {
    const { journal, connection, gate } = this.#parts
    const event = noteEvent(note, connection.sealed, journal.recorder.seq)
    if (event.kind === 'finding') {
      const { kind: _, direction: __, ...finding } = event
      if (this.#betterKnown(finding.phase)) return journal.spare(finding)
      return void journal.find(finding, finding.phase === 'rcpt')
    }
    if (note.kind === 'reply' && note.unasked) gate.interrupted()
    journal.write(this.#byHand && event.kind === 'line' ? { ...event, edited: true, added: true } : event)
    if (note.kind === 'reply') gate.replied(note.code)
  }

  /**
   * The machine sees only octets. Of a greeting (its time, a TLS trial) and of a failed handshake (alerts, the answer's
   * octets) the diagnosis knows more and says it itself; the machine's word is kept for when it does not.
   */
  #betterKnown(phase: Phase): boolean {
    return phase === 'banner' || (this.#tlsFailed && (phase === 'tls' || phase === 'starttls'))
  }

  /** Sends the first line that waits; false when there is none or it is held. */
  #sendNext(): boolean {
    const next = this.#outbox.first
    if (!next || (this.#parts.gate.holding && !next.free)) return false
    if (!next.free && !this.#parts.gate.admit(next.line)) return false
    this.#outbox.remove(next.line)
    this.#write(next.line)
    return true
  }

  #write(line: Outgoing, bytes?: Uint8Array): void {
    const { connection, gate } = this.#parts
    const roomy = connection.write(bytes ?? line.bytes)
    gate.sent(line, bytes)
    this.#inputs.push(bytes ? { type: 'sent', id: line.id, bytes } : { type: 'sent', id: line.id })
    if (line.kind === 'body' && roomy) this.#inputs.push({ type: 'drained' })
    else if (line.kind === 'body') this.#full = true
  }

  #release(line: Outgoing, bytes?: Uint8Array): void {
    this.#outbox.remove(line)
    this.#write(line, bytes)
    this.#turn()
  }

  #skip(line: Outgoing): void {
    this.#outbox.remove(line)
    this.#feed({ type: 'skipped', id: line.id })
  }

  #insert(bytes: Uint8Array): void {
    this.#outbox.expect(bytes)
    this.#feed({ type: 'insert', bytes })
  }

  #received(bytes: Uint8Array): void {
    if (this.#inbound === 0) this.#parts.onFirstBytes?.()
    this.#inbound += bytes.length
    if (this.#inbound <= maxInbound) return this.#feed({ type: 'bytes', bytes })
    const message = `The server said more than ${maxInbound >> 20} MiB in one dialogue; it was cut off.`
    this.abandon({ how: 'failed', by: 'server', message })
  }

  #drained(): void {
    if (!this.#full) return
    this.#full = false
    this.#feed({ type: 'drained' })
    this.#answerPull()
  }

  #ended(end: ConnectionEnd): void {
    if (end.fault?.code.startsWith('alert-')) this.#alerted(end.fault)
    this.#feed({ type: 'ended', how: end.how, message: endMessage(end.how, end.fault) })
  }

  /** In TLS 1.3 a server refuses a missing client certificate only after the handshake (RFC 8446 §4.4.2.4). */
  #alerted(fault: Fault): void {
    this.#tlsFailed = true
    this.#parts.journal.write(alertEvent(fault))
    this.#parts.onTlsFailed?.()
  }

  #secure(): void {
    const { connection } = this.#parts
    connection.uncork()
    const answered = connection.secure().then((result) => {
      if (result.ok) return this.#feed({ type: 'secured', tls: result.tls })
      const { how, message } = result
      this.#tlsFailed = true
      this.#parts.onTlsFailed?.()
      if (how === 'cancelled') return this.stop('cancelled', message)
      if (how === 'refused') return this.abandon({ how: 'refused', by: 'this-computer', message })
      return this.#feed({ type: 'ended', how, message: `TLS could not be made: ${message}.` })
    })
    answered.catch((error: unknown) => this.#fail(error))
  }

  #follow(order: Order | null): void {
    if (order) this.#feeder = new ContentFeeder(order.content, undefined)
    this.#inbound = 0
    this.#feed({ type: 'next', transaction: order?.transaction ?? null })
  }

  #derive(id: number, derivation: Derivation): void {
    const made = deriveKey(derivation).then((key) => this.#feed({ type: 'derived', id, key }))
    made.catch((error: unknown) => this.#fail(error))
  }

  /** A mistake of this program must not end the program, nor leave a connection open. */
  #fail(error: unknown): void {
    this.#parts.onDefect?.(error)
    this.abandon({ how: 'failed', by: 'this-computer', message: 'This program failed; see its log.' })
  }

  /** One stretch at a time, and none while the socket still has the last one. */
  #answerPull(): void {
    if (this.#pull === undefined || this.#full || this.#outcome) return
    const max = this.#pull
    this.#pull = undefined
    const read = this.#feeder.read(max)
    if (!(read instanceof Promise)) return this.#feed({ type: 'content', ...read })
    void read.then(
      (stretch) => this.#feed({ type: 'content', ...stretch }),
      () =>
        // Without its end the server must not take it for a whole message, so no final dot is sent.
        this.abandon({ how: 'failed', by: 'this-computer', message: unreadable }),
    )
  }

  #done(outcome: Outcome): void {
    if (this.#outcome) return
    this.#outcome = outcome
    this.#timers.clear()
    this.#inputs.length = 0
    this.#outbox.clear()
    this.#parts.signal?.removeEventListener('abort', this.#abort)
    this.#parts.gate.end()
    this.#keeping = this.#feeder.end().catch((error: unknown) => this.#parts.onDefect?.(error))
    this.#parts.connection.close()
    this.#finish(outcome)
  }
}
