/**
 * Owns: one client of a replayed server: the machine between the wire and the transcript. TLS is real, with this
 * installation's certificate; where the recorded handshake failed at the server, this one fails too.
 */
import type { SecureContext } from 'node:tls'
import type { Effect, Input, Outcome } from '#shared/smtp/machine/types.ts'
import { createReplayServer } from '#shared/smtp/machine/replay/serverMachine.ts'
import type { ReplayServerMachine, ServerScript } from '#shared/smtp/machine/replay/types.ts'
import { standInRemark, standInsAnswered } from '#shared/transcript/replay/standIns.ts'
import { Timers } from '../dialogue/timers.ts'
import { eventOfNote, tlsEvent } from '../server/notes.ts'
import { tlsClosed, tlsTimeout, type TlsFault } from '../server/tlsFault.ts'
import type { TlsFacts, Wire, WireListener } from '../server/wire.ts'
import type { ContentWriter, Store } from '../store/types.ts'
import type { Recorder } from '../transcripts/types.ts'

/** Milliseconds for a handshake, and for a client to close its side after we closed ours. */
const handshakeLimit = 30_000
const lingerLimit = 2000
/** Octets of replies a client may leave unread before it is dropped. */
const outputLimit = 1 << 20

export interface ReplaySessionParts {
  script: ServerScript
  waits: boolean
  recorder: Recorder
  store: Pick<Store, 'openContent'>
  /** Null for a recording without TLS. */
  context: SecureContext | null
  /** The connection is gone. */
  over(): void
  /** A mistake of this program, for the log. */
  defect(error: unknown): void
}

export class ReplaySession implements WireListener {
  readonly #parts: ReplaySessionParts
  readonly #machine: ReplayServerMachine
  readonly #timers = new Timers((timer) => this.#feed({ type: 'elapsed', timer }))
  readonly #writers: ContentWriter[] = []
  #wire!: Wire
  #pending: Uint8Array[] = []
  readonly #inputs: Input[] = []
  #busy = false
  #finished = false
  #done = false
  /** The recorded server broke the handshake off: so does this one, at the first octet of it. */
  #breaks = false
  #began = 0
  #limit: NodeJS.Timeout | undefined
  #body = 0

  constructor(parts: ReplaySessionParts) {
    this.#parts = parts
    this.#machine = createReplayServer({ script: parts.script, waits: parts.waits })
  }

  begin(wire: Wire): void {
    this.#wire = wire
    for (const words of standInsAnswered(this.#parts.script)) this.#record(standInRemark(words))
    const { tls, greeting } = this.#parts.script
    if (tls !== 'implicit') return this.#feed({ type: 'opened' })
    this.#secure(greeting.tls === 'failed')
  }

  stop(): void {
    this.#feed({ type: 'finish' })
    this.#wire.destroy()
  }

  bytes(chunk: Uint8Array): void {
    if (this.#done) return
    if (this.#breaks)
      return this.notSecured({
        ...tlsClosed,
        message: 'The handshake was broken off here, as it was recorded.',
      })
    this.#pending.push(chunk)
    if (this.#blocked()) this.#wire.pause()
    else this.#settle()
  }

  drained(): void {
    this.#settle()
  }

  finished(): void {
    this.#finished = true
    this.#settle()
  }

  secured({ version, cipher, ...facts }: TlsFacts): void {
    clearTimeout(this.#limit)
    const took = this.#parts.recorder.elapsed() - this.#began
    this.#record(tlsEvent({ outcome: 'established', took, version, cipher, ...facts }))
    const tls = { version, cipher, verified: false }
    this.#feed(this.#parts.script.tls === 'implicit' ? { type: 'opened', tls } : { type: 'secured', tls })
  }

  notSecured(fault: TlsFault): void {
    clearTimeout(this.#limit)
    if (this.#done) return
    const took = this.#parts.recorder.elapsed() - this.#began
    this.#record(tlsEvent({ outcome: 'failed', took, fault }))
    const how = this.#breaks ? 'failed' : fault.code === 'tls-reset' ? 'reset' : 'closed'
    if (this.#breaks) this.#wire.destroy()
    this.#feed({ type: 'ended', how, message: fault.message })
  }

  gone(how: 'closed' | 'reset' | 'failed', message: string): void {
    this.#feed({ type: 'ended', how, message })
    clearTimeout(this.#limit)
    this.#timers.clear()
    this.#parts.over()
  }

  #blocked(): boolean {
    return this.#machine.waiting || this.#wire.full || this.#wire.securing
  }

  #settle(): void {
    while (!this.#done && !this.#blocked()) {
      const chunk = this.#pending.shift()
      if (chunk !== undefined) this.#feed({ type: 'bytes', bytes: chunk })
      else if (this.#finished)
        this.#feed({ type: 'ended', how: 'closed', message: 'The client closed the connection.' })
      else return this.#wire.resume()
    }
  }

  /** One after another, never one inside another: a client may send thousands of commands at once. */
  #feed(input: Input): void {
    this.#inputs.push(input)
    if (this.#busy) return
    this.#busy = true
    try {
      for (let next = this.#inputs.shift(); next !== undefined && !this.#done; next = this.#inputs.shift())
        for (const effect of this.#machine.handle(next)) this.#perform(effect)
      this.#wire.flush()
    } catch (error) {
      this.#parts.defect(error)
      this.#inputs.length = 0
      if (!this.#done)
        this.#end({ how: 'failed', by: 'this-computer', message: 'This program failed; see its log.' })
      this.#wire.destroy()
    } finally {
      this.#busy = false
    }
    if (input.type === 'elapsed' || input.type === 'secured' || input.type === 'opened') this.#settle()
  }

  #perform(effect: Effect): void {
    if (effect.type === 'send') return this.#say(effect.line.id, effect.line.bytes)
    if (effect.type === 'note') {
      this.#record(eventOfNote(effect.note, this.#parts.recorder.seq))
      if (effect.note.kind === 'chunk' && effect.note.last) this.#body++
    } else if (effect.type === 'content') this.#keep(effect.bytes)
    else if (effect.type === 'arm') this.#timers.arm(effect.timer, effect.ms)
    else if (effect.type === 'disarm') this.#timers.disarm(effect.timer)
    else if (effect.type === 'secure') this.#upgrade()
    else if (effect.type === 'done') this.#end(effect.outcome)
  }

  #say(id: number, bytes: Uint8Array): void {
    this.#wire.write(bytes)
    if (this.#wire.backlog > outputLimit) return this.#wire.destroy()
    this.#feed({ type: 'sent', id })
  }

  /** Beside the transcript and nowhere else: a replay delivers nothing. */
  #keep(bytes: Uint8Array): void {
    const { store, recorder } = this.#parts
    this.#writers[this.#body] ??= store.openContent(recorder.session, this.#body + 1)
    this.#writers[this.#body]!.append(bytes)
  }

  #upgrade(): void {
    this.#pending = []
    const starttls = this.#parts.script.exchanges.find(
      ({ verb, tls }) => verb === 'STARTTLS' && tls !== undefined,
    )
    this.#secure(starttls?.tls === 'failed')
  }

  #secure(breaks: boolean): void {
    const { recorder, context } = this.#parts
    this.#began = recorder.elapsed()
    this.#breaks = breaks
    this.#limit = setTimeout(() => {
      this.notSecured(tlsTimeout)
      this.#wire.destroy()
    }, handshakeLimit)
    if (breaks) return this.#wire.flush()
    if (context === null) throw new Error('a recording with TLS has a certificate')
    this.#wire.secure(context)
  }

  #end({ how, by, message }: Outcome): void {
    for (const writer of this.#writers) void writer.keep().catch(() => undefined)
    this.#record({ kind: 'end', phase: 'other', direction: 'none', outcome: how, by, message })
    this.#done = true
    this.#pending = []
    this.#timers.clear()
    if (this.#machine.ending === 'reset') return this.#wire.reset()
    this.#wire.end()
    this.#limit = setTimeout(() => this.#wire.destroy(), lingerLimit)
    this.#limit.unref()
  }

  #record(event: Parameters<Recorder['write']>[0]): void {
    this.#parts.recorder.write(this.#wire.sealed ? { ...event, sealed: true } : event)
  }
}
