/**
 * Owns: the gate between the machine's lines and the socket: step or run, breakpoints, delays, and what a person decides
 * about the line that is held. It decides and records; writing is the driver's business. While a line is held no reply is
 * awaited, so no timer of this side runs. Commands of a client and replies of our server pass the same gate; what differs
 * is a `GateSide`.
 */
import { fromByteString, toByteString } from '#shared/bytes/bytes.ts'
import type { GateAction, GateState } from '#shared/rpc/contract/dialogue.ts'
import type { StreamSource } from '#shared/rpc/types.ts'
import type { Outgoing } from '#shared/smtp/machine/types.ts'
import { namesCode } from './breakpoint.ts'
import { GateCore } from './gateCore.ts'
import type { ActAnswer, GateListener, GateOptions, MachineView } from './gateTypes.ts'
import { type Typed, typedProblem } from './typed.ts'

export type { ActAnswer, GateListener, GateOptions, MachineView } from './gateTypes.ts'

export class Gate {
  readonly #core: GateCore

  constructor(options: GateOptions) {
    this.#core = new GateCore(options)
    this.#core.tell()
  }

  /** States as they change, the newest last; ends with the dialogue. */
  get states(): StreamSource<GateState> {
    return this.#core.log
  }

  get holding(): boolean {
    return this.#core.held !== undefined
  }

  /** There is a connection, or there was one. */
  get opened(): boolean {
    return this.#core.listener !== undefined || this.#core.mode === 'ended'
  }

  connect(view: MachineView, listener: GateListener): void {
    this.#core.view = view
    this.#core.listener = listener
    this.#core.tell()
  }

  /** Whether the line may leave now. If not it is held, and the listener hears of it when a person has decided. */
  admit(line: Outgoing): boolean {
    const core = this.#core
    const { mode, breakpoints, inContent: inside, stopAfter: after, delay } = core
    core.inContent = line.kind === 'body'
    // Message content counts as one line: once its first block has left, the blocks behind it follow.
    if (mode === 'ended' || (inside && line.kind === 'body')) return true
    const reason = core.side.stop(line, { mode, breakpoints, after })
    core.stopAfter = undefined
    if (!reason && delay === 0) return true
    core.inContent = inside
    if (reason) core.hold(line, reason)
    else core.hold(line, { why: 'delay', words: '' }, delay)
    return false
  }

  /** A line has left: its own octets, or those that a person put in their place. */
  sent(line: Outgoing, bytes?: Uint8Array): void {
    if (this.#core.mode !== 'ended') this.#core.wire.sent(line, bytes, this.#core.view)
  }

  /** A reply came; a breakpoint on its class or its code holds the next line. */
  replied(code: number | undefined): void {
    const core = this.#core
    core.wire.touch()
    if (core.held) {
      core.held.replied(core.journal.elapsed())
      // The other side waits from now on, not since the line before.
      core.tell()
    }
    if (code === undefined) return
    core.side.replied(code, core.view)
    // Of pipelined replies the next line follows all, so a later good one does not take back an earlier bad one.
    if (namesCode(core.breakpoints, code)) core.stopAfter ??= String(code)
  }

  /** The other side is heard although nothing was asked: what was waited so far was a person's time, not its own. */
  interrupted(): void {
    this.#core.interrupt()
  }

  /** The other side has said something and waits. */
  heard(): void {
    this.#core.wire.touch()
  }

  /** The other side has closed its half of the connection. */
  peerLeft(): void {
    this.#core.wire.leave()
    this.#core.tell()
  }

  /** Nothing is held from now on; what was goes as it is. */
  open(): void {
    if (this.#core.mode === 'ended') return
    this.#core.breakpoints = []
    this.#core.delay = 0
    this.#core.mode = 'run'
    this.#core.release()
  }

  /** The dialogue is over; nothing is held any more. Safe to call twice. */
  end(): void {
    this.#core.end()
  }

  /** What a person asks for. A refusal says in words why, and changes nothing. */
  act(action: GateAction): ActAnswer {
    const { mode, listener } = this.#core
    if (mode === 'ended') return no('This dialogue has ended.')
    if (action.type === 'breakpoints' || action.type === 'speed') return this.#set(action)
    if (action.type === 'pause') return this.#pause()
    if (action.type === 'run' || action.type === 'step') return this.#go(action.type)
    return listener ? this.#do(action, listener) : no('The connection is not open yet.')
  }

  #do(action: LineWish, listener: GateListener): ActAnswer {
    switch (action.type) {
      case 'edit':
        return this.#edit(action.raw, listener)
      case 'skip':
        return this.#skip(listener)
      case 'insert':
        return this.#insert(action.raw, listener)
      case 'repeat':
        return this.#repeat(listener)
      case 'delay':
        return this.#delay(action.ms)
      case 'finish':
        return this.#finish(listener)
      case 'drop':
      case 'reset':
        break
    }
    return this.#cut(action.type, listener)
  }

  #set(action: Extract<GateAction, { type: 'breakpoints' | 'speed' }>): ActAnswer {
    const core = this.#core
    if (action.type === 'speed') core.delay = action.delay
    else {
      core.breakpoints = [...action.breakpoints]
      core.stopAfter = undefined
    }
    core.tell()
    return yes
  }

  #go(mode: 'run' | 'step'): ActAnswer {
    this.#core.mode = mode
    this.#core.release()
    return yes
  }

  /** What only waits for its time waits for a person from now on. */
  #pause(): ActAnswer {
    const core = this.#core
    core.mode = 'step'
    const line = core.held?.goesAt === undefined ? undefined : core.let()
    if (line) core.hold(line, { why: 'gate', words: core.before(line) })
    else core.tell()
    return yes
  }

  #delay(ms: number): ActAnswer {
    const core = this.#core
    const line = core.let()
    if (!line) return no('No line is held: pause first, then delay the line that waits.')
    core.hold(line, { why: 'delay', words: core.before(line) }, ms)
    return yes
  }

  #edit(raw: string, listener: GateListener): ActAnswer {
    const core = this.#core
    const line = core.held?.line
    if (!line) return no('No line is held: pause first, then edit the line that waits.')
    const problem = core.side.refusal('edit', line, core.inContent) ?? typedProblem(raw)
    if (problem) return no(problem)
    const typed = core.read(raw)
    core.record.edit('edited', line, typed.shown)
    core.inContent = false
    core.let()
    listener.release(line, typed.bytes)
    core.tell()
    return yes
  }

  #skip(listener: GateListener): ActAnswer {
    const core = this.#core
    const line = core.held?.line
    if (!line) return no('No line is held: pause first, then skip the line that waits.')
    const problem = core.side.refusal('skip', line, core.inContent)
    if (problem) return no(problem)
    core.record.edit('skipped', line)
    core.let()
    listener.skip(line)
    core.tell()
    return yes
  }

  #insert(raw: string, listener: GateListener): ActAnswer {
    const { side, held, inContent } = this.#core
    const problem = typedProblem(raw) ?? side.refusal('insert', held?.line, inContent, fromByteString(raw))
    return problem ? no(problem) : this.#add('inserted', this.#core.read(raw), listener)
  }

  #repeat(listener: GateListener): ActAnswer {
    const { side, held, inContent, wire } = this.#core
    const problem = side.refusal('insert', held?.line, inContent, wire.last?.bytes)
    if (problem) return no(problem)
    const { last } = wire
    if (last) {
      // Where it is said again it may be the rest of a secret, and it may have been one where it was said first.
      const { shown, secrets } = this.#core.read(toByteString(last.bytes))
      return this.#add('repeated', secrets.length > 0 ? { ...last, shown } : last, listener)
    }
    return no('Nothing has been said yet that could be repeated.')
  }

  #add(action: 'inserted' | 'repeated', line: Added, listener: GateListener): ActAnswer {
    this.#core.record.edit(action, undefined, line.shown)
    this.#core.splitWait()
    // A copy: an added line is known by its array, and this one may be said more than once.
    const bytes = line.bytes.slice()
    this.#core.side.added(bytes, this.#core.view)
    listener.insert(bytes)
    this.#core.tell()
    return yes
  }

  #finish(listener: GateListener): ActAnswer {
    const core = this.#core
    const problem = core.side.refusal('finish', core.held?.line, core.inContent)
    if (problem) return no(problem)
    // The person has asked for the end: its line is not held again.
    core.mode = 'run'
    core.breakpoints = []
    if (core.held?.line.verb === 'QUIT') core.release()
    else {
      const line = core.held?.line
      if (line) core.record.edit('skipped', line)
      core.let()
      listener.finish(line)
      core.tell()
    }
    return yes
  }

  #cut(type: 'drop' | 'reset', listener: GateListener): ActAnswer {
    this.#core.record.edit(type === 'drop' ? 'dropped' : 'reset', this.#core.held?.line)
    this.#core.let()
    if (type === 'drop') listener.drop()
    else listener.reset()
    return yes
  }
}

type LineWish = Exclude<GateAction, { type: 'breakpoints' | 'speed' | 'pause' | 'run' | 'step' }>
type Added = Pick<Typed, 'bytes' | 'shown'>
const yes: ActAnswer = { ok: true }
const no = (problem: string): ActAnswer => ({ ok: false, problem })
