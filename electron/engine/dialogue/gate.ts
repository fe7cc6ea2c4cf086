/**
 * Owns: the gate between the machine's lines and the socket: step or run, breakpoints, and what a person decides about
 * the line that is held. It decides and records; writing is the driver's business. While a line is held no reply is
 * awaited, so no timer of this side runs.
 */
import { toByteString } from '#shared/bytes/bytes.ts'
import { EventLog } from '#shared/rpc/eventLog.ts'
import type { GateAction, GateState } from '#shared/rpc/contract/dialogue.ts'
import type { StreamSource } from '#shared/rpc/types.ts'
import type { Outgoing, Tls } from '#shared/smtp/machine/types.ts'
import { stopReason, type StopReason } from './breakpoint.ts'
import { planned, shownBytes } from './planned.ts'
import type { Journal } from './journal.ts'
import { readTyped, type Typed, typedProblem } from './typed.ts'

/** What the driver does when a person has decided. */
export interface GateListener {
  /** Send the held line now, with these octets instead of its own when given. */
  release(line: Outgoing, bytes?: Uint8Array): void
  skip(line: Outgoing): void
  insert(bytes: Uint8Array): void
  drop(): void
  /** QUIT as soon as the protocol allows; `held` is the line that waits, to be skipped. */
  finish(held: Outgoing | undefined): void
}

export interface GateOptions {
  step: boolean
  breakpoints: readonly string[]
  journal: Journal
}

/** What the gate shows of the machine. */
export interface MachineView {
  readonly state: string
  /** What TLS agreed; null in clear. */
  readonly secured: Tls | null
  plan(): Outgoing[]
}

export interface ActAnswer {
  ok: boolean
  problem?: string
}

interface Held {
  line: Outgoing
  reason: StopReason
  since: number
}

/** Lines to come that are shown; a message for a thousand recipients has a thousand. */
const shownLines = 30
export class Gate {
  readonly #log = new EventLog<GateState>(64)
  readonly #journal: Journal
  #mode: GateState['mode']
  #breakpoints: string[]
  #held: Held | undefined
  /** The first digit of a reply after which the next line is held. */
  #stopAfter: string | undefined
  #inContent = false
  #view: MachineView = { state: 'connecting', secured: null, plan: () => [] }
  #listener: GateListener | undefined

  constructor(options: GateOptions) {
    this.#mode = options.step ? 'step' : 'run'
    this.#breakpoints = [...options.breakpoints]
    this.#journal = options.journal
    this.#tell()
  }

  /** States as they change, the newest last; ends with the dialogue. */
  get states(): StreamSource<GateState> {
    return this.#log
  }

  get holding(): boolean {
    return this.#held !== undefined
  }

  connect(view: MachineView, listener: GateListener): void {
    this.#view = view
    this.#listener = listener
    this.#tell()
  }

  /** Whether the line may leave now. If not it is held, and the listener hears of it when a person has decided. */
  admit(line: Outgoing): boolean {
    const inside = this.#inContent
    this.#inContent = line.kind === 'body'
    // Message content counts as one line: once its first block has left, the blocks behind it follow.
    if (this.#mode === 'ended' || (inside && line.kind === 'body')) return true
    const reason = stopReason(line, this.#mode, this.#breakpoints, this.#stopAfter)
    this.#stopAfter = undefined
    if (!reason) return true
    this.#inContent = inside
    this.#held = { line, reason, since: this.#journal.elapsed() }
    this.#journal.recorder.held(true)
    this.#tell()
    return false
  }

  /** A reply came; a breakpoint on its class holds the next line. */
  replied(code: number | undefined): void {
    if (code === undefined) return
    const wanted = `${String(code)[0]}xx`
    // Of pipelined replies the next line follows all, so a later good one does not take back an earlier bad one.
    if (this.#breakpoints.includes(wanted)) this.#stopAfter ??= String(code)
  }

  /** There is a connection, or there was one. */
  get opened(): boolean {
    return this.#listener !== undefined || this.#mode === 'ended'
  }

  /** What a person asks for. A refusal says in words why, and changes nothing. */
  act(action: GateAction): ActAnswer {
    if (this.#mode === 'ended') return no('This dialogue has ended.')
    const listener = this.#listener
    if (action.type === 'breakpoints') {
      this.#breakpoints = [...action.breakpoints]
      this.#stopAfter = undefined
      this.#tell()
      return yes
    }
    if (action.type === 'pause' || action.type === 'run' || action.type === 'step')
      return this.#go(action.type)
    if (!listener) return no('The connection is not open yet.')
    if (action.type === 'edit') return this.#edit(action.raw, listener)
    if (action.type === 'skip') return this.#skip(listener)
    if (action.type === 'insert') return this.#insert(action.raw, listener)
    if (action.type === 'finish') return this.#finish(listener)
    return this.#drop(listener)
  }

  /** The dialogue is over; nothing is held any more. Safe to call twice. */
  end(): void {
    if (this.#mode === 'ended') return
    this.#let()
    this.#mode = 'ended'
    this.#log.append({
      mode: 'ended',
      upcoming: [],
      breakpoints: this.#breakpoints,
      state: this.#view.state,
    })
    this.#log.end()
    // Who asks late still holds this gate: machine, message and password behind it are let go.
    this.#view = ended
    this.#listener = undefined
  }

  #go(type: 'pause' | 'run' | 'step'): ActAnswer {
    this.#mode = type === 'run' ? 'run' : 'step'
    if (type === 'pause' || !this.#held) this.#tell()
    else this.#release()
    return yes
  }

  #release(bytes?: Uint8Array): void {
    const line = this.#let()
    if (!line) return
    this.#inContent = line.kind === 'body'
    this.#listener?.release(line, bytes)
    this.#tell()
  }

  #edit(raw: string, listener: GateListener): ActAnswer {
    const line = this.#held?.line
    if (!line) return no('No line is held: pause first, then edit the line that waits.')
    if (line.kind === 'body')
      return no('Message content cannot be edited here; edit the message and send again.')
    const problem = typedProblem(raw)
    if (problem) return no(problem)
    const typed = this.#readTyped(raw)
    this.#record('edited', line, typed.shown)
    this.#inContent = false
    this.#let()
    listener.release(line, typed.bytes)
    this.#tell()
    return yes
  }

  /** A secret that is typed is masked from its first mention on, and wherever the server repeats it. */
  #readTyped(raw: string): Typed {
    const typed = readTyped(raw, this.#view.state === 'auth')
    for (const secret of typed.secrets) this.#journal.recorder.conceal(secret)
    return typed
  }

  #skip(listener: GateListener): ActAnswer {
    const line = this.#held?.line
    if (!line) return no('No line is held: pause first, then skip the line that waits.')
    if (line.kind === 'body')
      return no(
        'The server awaits content now: let it go, or drop the connection so that nothing is delivered.',
      )
    this.#record('skipped', line)
    this.#let()
    listener.skip(line)
    this.#tell()
    return yes
  }

  #insert(raw: string, listener: GateListener): ActAnswer {
    const kind = this.#held?.line.kind
    if (this.#inContent || kind === 'body' || kind === 'body-end')
      return no('The server takes every line as message content now; wait until its end has been answered.')
    const problem = typedProblem(raw)
    if (problem) return no(problem)
    const typed = this.#readTyped(raw)
    this.#record('inserted', undefined, typed.shown)
    listener.insert(typed.bytes)
    this.#tell()
    return yes
  }

  #finish(listener: GateListener): ActAnswer {
    const kind = this.#held?.line.kind
    if (this.#inContent || kind === 'body' || kind === 'body-end')
      return no(
        'QUIT would become part of the message content. Let the content go and finish afterwards, or drop the connection.',
      )
    // The person has asked for the end: QUIT is not held again.
    this.#mode = 'run'
    if (this.#held?.line.verb === 'QUIT') {
      this.#release()
      return yes
    }
    const line = this.#let()
    if (line) this.#record('skipped', line)
    listener.finish(line)
    this.#tell()
    return yes
  }

  #drop(listener: GateListener): ActAnswer {
    this.#record('dropped', this.#held?.line)
    this.#let()
    listener.drop()
    return yes
  }

  /** Ends the holding: the time a person took is recorded and never counted as the server's. */
  #let(): Outgoing | undefined {
    const held = this.#held
    if (!held) return undefined
    this.#held = undefined
    this.#journal.recorder.held(false)
    this.#journal.write({
      kind: 'wait',
      phase: held.line.phase,
      direction: 'none',
      ...this.#sealed(),
      why: held.reason.why,
      took: this.#journal.elapsed() - held.since,
    })
    return held.line
  }

  #sealed(): { sealed?: true } {
    return this.#view.secured === null ? {} : { sealed: true }
  }

  #record(
    action: 'edited' | 'skipped' | 'inserted' | 'dropped',
    line: Outgoing | undefined,
    after?: Uint8Array,
  ): void {
    this.#journal.write({
      kind: 'edit',
      phase: line?.phase ?? 'other',
      direction: 'to-server',
      ...this.#sealed(),
      action,
      ...(line ? { before: toByteString(shownBytes(line)) } : {}),
      ...(after ? { after: toByteString(after) } : {}),
    })
  }

  #tell(): void {
    // A skipped QUIT ends the dialogue at once.
    if (this.#mode === 'ended') return
    const held = this.#held
    this.#log.append({
      mode: this.#mode,
      ...(held ? { held: planned(held.line), why: held.reason.words } : {}),
      upcoming: this.#view.plan().slice(0, shownLines).map(planned),
      breakpoints: [...this.#breakpoints],
      state: this.#view.state,
    })
  }
}

const ended: MachineView = { state: 'done', secured: null, plan: () => [] }
const yes: ActAnswer = { ok: true }
const no = (problem: string): ActAnswer => ({ ok: false, problem })
