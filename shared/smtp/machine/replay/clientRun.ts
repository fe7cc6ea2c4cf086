/**
 * Owns: the state of one replay of a client: how far the recording is said, what has been answered, where the server
 * parted from it. What the protocol means is ClientCore's business, as in any session; nothing is decided here but the
 * order of the recorded lines.
 */
import { ClientCore, type Expected } from '../client/core.ts'
import type { ClientOptions } from '../options.ts'
import type { Outcome } from '../types.ts'
import type { ClientStep, ReplayClientOptions } from './types.ts'

export type Progress = 'ahead' | 'held' | 'said' | 'left out'

/** A line of our own that no recording holds: its reply belongs to no step. */
export const own = -1

export class ClientRun {
  readonly core: ClientCore
  readonly options: ReplayClientOptions
  readonly progress: Progress[]
  /** Index among the recipients of each RCPT step. */
  readonly recipients: ReadonlyMap<number, number>
  /** Which step each owed reply answers. */
  readonly owed = new Map<Expected, number>()
  /** Which step each line at the gate belongs to. */
  readonly lines = new Map<number, number>()
  /** The step to be said next. */
  next = 0
  /** The step whose line went out last. */
  last = own
  parted: string | null = null
  /** How the session is told in the end, unless something graver ends it. */
  verdict: Outcome | null = null
  /** A person asked for the end. */
  finishing = false
  /** The transaction cannot succeed any more: no recipient is named and no content sent until the next one. */
  doomed = false
  /** The content step that is open, and how many octets of it have been asked for. */
  content: { step: number; from: number } | null = null
  /** Octets of a BDAT that have come so far. */
  chunk: Uint8Array[] = []
  /** The step for which the recorded wait runs, and whether it is over. */
  waiting = -1
  waited = -1
  /** The hello has to be said anew inside TLS. */
  anew = false
  /** The server knows HELO only, and has not been asked with it yet. */
  olderHello = false

  constructor(options: ReplayClientOptions) {
    this.options = options
    const { steps } = options.script
    this.progress = steps.map(() => 'ahead')
    const { recipients, to } = readRecipients(steps)
    this.recipients = recipients
    this.core = new ClientCore(coreOptions(options, to))
    // No line of a person is followed by content: the recording alone says which content belongs where.
    this.core.contentIssued = true
  }

  get steps(): readonly ClientStep[] {
    return this.options.script.steps
  }

  get idle(): boolean {
    return this.core.expected.length === 0
  }

  /** All steps before this one that had their answers then have them now. */
  ready(place: number): boolean {
    const { after } = this.steps[place]!
    const outstanding = this.core.expected.some((expected) => {
      const step = this.owed.get(expected)
      return step === own || step === undefined || step < after
    })
    return !outstanding
  }

  leaveOut(place: number): void {
    this.progress[place] = 'left out'
  }

  /** Names the step that the replies asked for since the last call answer. */
  claim(place: number): void {
    for (const expected of this.core.expected) {
      if (this.owed.has(expected)) continue
      this.owed.set(expected, place)
      this.adopt(expected, place)
    }
  }

  /** What the machine would have said by itself is followed as its own: its reply counts for the result. */
  private adopt(expected: Expected, place: number): void {
    const step = this.steps[place]
    if (step?.kind !== 'line' || expected.verb !== step.verb) return
    expected.own = true
    if (step.verb === 'RCPT') expected.recipient = this.recipients.get(place) ?? -1
  }

  /** The content that belongs to the DATA at this place; -1 when none was recorded. */
  contentAfter(place: number): number {
    for (let at = place + 1; at < this.steps.length; at++) {
      const step = this.steps[at]!
      if (step.kind === 'content') return this.progress[at] === 'ahead' ? at : -1
      if (step.kind === 'line' && step.verb !== undefined && step.verb !== 'RCPT' && step.verb !== 'NOOP')
        return -1
    }
    return -1
  }
}

function readRecipients(steps: readonly ClientStep[]) {
  const recipients = new Map<number, number>()
  const to: { address: string; parameters: [] }[] = []
  steps.forEach((step, place) => {
    if (step.kind !== 'line' || step.address === undefined) return
    recipients.set(place, to.length)
    to.push({ address: step.address, parameters: [] })
  })
  return { recipients, to }
}

function coreOptions(options: ReplayClientOptions, to: { address: string; parameters: [] }[]): ClientOptions {
  const { tls, auth, timeouts, ehloName, script } = options
  const size = script.steps.reduce((sum, step) => sum + ('size' in step ? step.size : 0), 0)
  const sends = script.steps.some(({ kind }) => kind === 'content' || kind === 'chunk')
  const transaction = { from: '', fromParameters: [], to, size, eightBit: false, utf8: false }
  return {
    ehloName,
    tls,
    auth,
    transaction: sends || to.length > 0 ? transaction : null,
    pipelining: true,
    chunking: false,
    stopAfter: 'end',
    ...(timeouts === undefined ? {} : { timeouts }),
  }
}
