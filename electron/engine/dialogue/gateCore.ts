/**
 * Owns: the gate's state, all of it, and the few ways in which it changes: holding a line, letting it go, telling how it
 * stands. What a person may ask for is gate.ts's business.
 */
import { EventLog } from '#shared/rpc/eventLog.ts'
import type { GateState } from '#shared/rpc/contract/dialogue.ts'
import type { Outgoing } from '#shared/smtp/machine/types.ts'
import { lineName, type StopReason } from './breakpoint.ts'
import { createClientSide } from './clientSide.ts'
import { GateRecord } from './gateRecord.ts'
import type { GateJournal, GateListener, GateOptions, GateSide, MachineView } from './gateTypes.ts'
import { Held } from './held.ts'
import { planned } from './planned.ts'
import type { Typed } from './typed.ts'
import { WireMemory } from './wireMemory.ts'

/** Lines to come that are shown; a message for a thousand recipients has a thousand. */
const shownLines = 30

export class GateCore {
  readonly log = new EventLog<GateState>(64)
  readonly journal: GateJournal
  readonly side: GateSide
  readonly record: GateRecord
  readonly wire: WireMemory
  mode: GateState['mode']
  breakpoints: readonly string[]
  /** Milliseconds that each line waits while it runs. */
  delay: number
  held: Held | undefined
  /** The reply after which the next line is held. */
  stopAfter: string | undefined
  /** A block of message content was the last line to leave. */
  inContent = false
  view: MachineView = { state: 'connecting', secured: null, plan: () => [] }
  listener: GateListener | undefined

  constructor({ step, breakpoints, journal, delay = 0, side = createClientSide() }: GateOptions) {
    this.mode = step ? 'step' : 'run'
    this.breakpoints = breakpoints
    this.journal = journal
    this.delay = delay
    this.side = side
    this.wire = new WireMemory(side, () => journal.elapsed())
    this.record = new GateRecord(journal, side.direction, () => this.view.secured !== null)
  }

  hold(line: Outgoing, reason: StopReason, ms?: number): void {
    const held = new Held(line, reason, this.journal.elapsed())
    this.held = held
    if (ms === undefined) this.journal.recorder.held(true)
    else held.goIn(ms, this.journal.elapsed(), () => this.release())
    this.tell()
  }

  /** Ends the holding: the time a person or a delay took is recorded and never counted as the other side's. */
  let(): Outgoing | undefined {
    const { held } = this
    if (!held) return undefined
    this.held = undefined
    held.stop()
    this.journal.recorder.held(false)
    if (!held.toldUntil(this.journal.elapsed())) this.record.wait(held)
    return held.line
  }

  /** The other side speaks by itself: the time until now was a person's and stands before what it says. */
  interrupt(): void {
    const { held } = this
    if (!held || held.toldUntil(this.journal.elapsed())) return
    this.record.wait(held)
    held.interrupted(this.journal.elapsed())
  }

  /** Another line goes before the held one: the time until now was a person's, and no part of that line's. */
  splitWait(): void {
    const { held } = this
    if (!held) return
    this.record.wait(held)
    held.added(this.journal.elapsed(), this.side.role === 'client')
  }

  /** The held line goes as it is. */
  release(): void {
    const line = this.let()
    if (line) {
      this.inContent = line.kind === 'body'
      this.listener?.release(line)
    }
    this.tell()
  }

  /** A secret that is typed is masked from its first mention on, and wherever the other side repeats it. */
  read(raw: string): Typed {
    const typed = this.side.read(raw, this.view, this.held?.line)
    for (const secret of typed.secrets) this.journal.recorder.conceal(secret)
    return typed
  }

  /** Where a line stops when every line does. */
  before(line: Outgoing): string {
    const facts = { mode: 'step', breakpoints: [], after: undefined } as const
    return this.side.stop(line, facts)?.words ?? `before ${lineName(line)}`
  }

  tell(): void {
    // A skipped QUIT ends the dialogue at once.
    if (this.mode === 'ended') return
    const { held, view } = this
    this.log.append({
      mode: this.mode,
      ...(held ? this.#holding(held) : {}),
      upcoming: view.plan().slice(0, shownLines).map(planned),
      breakpoints: [...this.breakpoints],
      state: view.state,
      delay: this.delay,
      role: this.side.role,
    })
  }

  #holding({ line, reason, goesAt }: Held): Partial<GateState> {
    const answering = this.side.answering(line)
    return {
      held: planned(line),
      ...(reason.words === '' ? {} : { why: reason.words }),
      ...(goesAt === undefined ? {} : { goesAt }),
      ...(answering === undefined ? {} : { answering }),
      peer: this.wire.patience(line),
    }
  }

  end(): void {
    if (this.mode === 'ended') return
    this.let()
    this.mode = 'ended'
    const { side, view } = this
    this.log.append({ mode: 'ended', upcoming: [], breakpoints: [...this.breakpoints], state: view.state, role: side.role }) // prettier-ignore
    this.log.end()
    // Who asks late still holds this gate: machine, message and password behind it are let go.
    this.view = ended
    this.listener = undefined
    this.wire.last = undefined
  }
}

const ended: MachineView = { state: 'done', secured: null, plan: () => [] }
