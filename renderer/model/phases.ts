/** Owns: the strip of phases: one bar for each stretch of one phase with one protection, incrementally. */
import type { GateState } from '#shared/rpc/contract/dialogue.ts'
import type { Phase, TranscriptEvent } from '#shared/transcript/event.ts'

export interface PhaseStretch {
  phase: Phase | 'more'
  /** Several phases said in one go (PIPELINING, RFC 2920): their times cannot be told apart. */
  together?: Phase[]
  look: 'connecting' | 'open' | 'handshake' | 'sealed' | 'failed'
  /** First and last event. */
  first: number
  last: number
  /** Microseconds, holds by a person left out. */
  took: number
}

/** Bars that can be told apart; what comes after goes into one bar named `more`. */
export const stretchLimit = 18
/** Bars beside an overview. */
const openingLimit = 10

const failed = (event: TranscriptEvent) =>
  (event.kind === 'connect' && event.outcome !== 'connected') ||
  (event.kind === 'tls' && event.outcome === 'failed') ||
  (event.kind === 'resolve' && event.addresses.length === 0)

function lookOf(event: TranscriptEvent): PhaseStretch['look'] {
  if (failed(event)) return 'failed'
  if (event.kind === 'resolve' || event.kind === 'connect') return 'connecting'
  if (event.kind === 'tls') return 'handshake'
  return event.sealed === true ? 'sealed' : 'open'
}

/** What can be said before the line before it is answered; a message and what follows it are bars of their own. */
const pipelined: ReadonlySet<Phase> = new Set(['mail', 'rcpt', 'data'])

const isCommand = (event: TranscriptEvent): boolean =>
  event.kind === 'line' && event.direction === 'to-server'

/** Whether an event belongs to the stretch that is open. */
function belongs(open: PhaseStretch, event: TranscriptEvent, look: PhaseStretch['look']): boolean {
  if (open.phase === 'more') return true
  if (open.look !== look) return false
  if (open.together === undefined) return open.phase === event.phase
  // MAIL begins the next message.
  return open.together.includes(event.phase) && !(event.phase === 'mail' && isCommand(event))
}

function join(open: PhaseStretch, phase: Phase): void {
  if (open.phase === 'more' || open.phase === phase) return
  open.together ??= [open.phase]
  if (!open.together.includes(phase)) open.together.push(phase)
}

export class PhaseTrack {
  readonly stretches: PhaseStretch[] = []
  #at = 0
  /** Commands without an answer so far. */
  #unanswered = 0

  /** A command that was sent before the one before it was answered shares its bar. */
  #joins(open: PhaseStretch | undefined, event: TranscriptEvent): open is PhaseStretch {
    const waiting = this.#unanswered
    if (isCommand(event)) this.#unanswered = pipelined.has(event.phase) ? waiting + 1 : 0
    else if (event.kind === 'reply') this.#unanswered = Math.max(0, waiting - 1)
    if (!isCommand(event) || waiting === 0 || open === undefined || open.phase === 'more') return false
    if (!pipelined.has(open.phase) || !pipelined.has(event.phase)) return false
    return open.look === lookOf(event) && event.phase !== 'mail'
  }

  /** The stretches before the first message: what is shown beside an overview when there are too many. */
  get opening(): readonly PhaseStretch[] {
    const message = this.stretches.findIndex(({ phase }) => phase === 'mail' || phase === 'more')
    return this.stretches.slice(0, Math.min(message < 0 ? openingLimit : message, openingLimit))
  }

  /** There are more stretches than can be told apart. */
  get crowded(): boolean {
    return this.stretches.at(-1)?.phase === 'more'
  }

  /** The stretch that an event belongs to, or -1. */
  indexOf(seq: number): number {
    return this.stretches.findIndex((stretch) => seq >= stretch.first && seq <= stretch.last)
  }

  take(event: TranscriptEvent): void {
    if (event.kind === 'finding' || event.kind === 'end' || event.kind === 'edit' || event.kind === 'remark')
      return
    if (event.kind === 'wait') {
      this.#at = Math.max(this.#at, event.at)
      return
    }
    const took = Math.max(0, event.at - this.#at)
    this.#at = event.at
    const look = lookOf(event)
    const open = this.stretches.at(-1)
    const joins = this.#joins(open, event)
    if (joins) join(open, event.phase)
    if (open && (joins || belongs(open, event, look))) {
      open.last = event.seq
      open.took += took
      if (open.phase === 'more') open.look = look
      return
    }
    const phase = this.stretches.length < stretchLimit ? event.phase : 'more'
    this.stretches.push({ phase, look, first: event.seq, last: event.seq, took })
  }
}

/** Phases of the planned lines, each once in a row. */
export function plannedPhases(gate: GateState | undefined): Phase[] {
  if (!gate) return []
  const phases: Phase[] = []
  for (const line of [...(gate.held ? [gate.held] : []), ...gate.upcoming])
    if (phases.at(-1) !== line.phase && phases.length < 12) phases.push(line.phase)
  return phases
}
