/** Owns: the course of one run: its connections, its figures told some times a second, its end, polite or at once. */
import type { ManyPlan, ManyProgress, ManyResult } from '#shared/rpc/contract/many.ts'
import { EventLog } from '#shared/rpc/eventLog.ts'
import type { Clock } from '../ports.ts'
import { Desk, type Job } from './desk.ts'
import type { Examples } from './examples.ts'
import type { Missed } from './judge.ts'
import { Lane, type LaneDeps, type LaneReport } from './lane.ts'
import { isForGood } from './forGood.ts'
import { describeRun } from './words.ts'
import { Pace } from './pace.ts'
import { Tally } from './tally.ts'

/** Milliseconds between two figures. */
const tellEvery = 250
/** Milliseconds that a cancelled run may take to end politely. */
const politely = 2000

export interface RunDeps extends Omit<LaneDeps, 'report' | 'take' | 'leave' | 'most'> {
  clock: Clock
  examples: Examples
}

export class ManyRun implements LaneReport {
  readonly progress = new EventLog<ManyProgress>(64)
  readonly #plan: ManyPlan
  readonly #deps: RunDeps
  readonly #tally = new Tally()
  readonly #desk: Desk
  readonly #lanes = new Set<Lane>()
  readonly #began: number
  readonly #pace: Pace
  readonly #laneDeps: LaneDeps
  #cancelled = false
  #cutTimer: NodeJS.Timeout | undefined
  #over: () => void = () => {}

  constructor(plan: ManyPlan, deps: RunDeps) {
    this.#plan = plan
    this.#deps = deps
    this.#began = deps.clock.micros()
    this.#pace = new Pace(this.#began)
    const { messages, connections, rate } = plan
    const now = (): number => deps.clock.micros()
    const scout = plan.request.auth.mechanism !== 'none'
    this.#desk = new Desk(
      { messages, connections, rate, scout },
      { now, after, open: (job) => this.#open(job) },
    )
    this.#laneDeps = {
      ...deps,
      most: plan.perConnection,
      report: this,
      take: (give) => this.#desk.take(give),
      leave: (give) => this.#desk.leave(give),
    }
  }

  /** Resolves when every connection is closed and what was kept is stored. Rejects only for a defect. */
  async run(): Promise<ManyResult> {
    const over = new Promise<void>((resolve) => (this.#over = resolve))
    const telling = setInterval(() => this.#tell(), tellEvery)
    try {
      this.#desk.begin()
      await over
      await this.#deps.examples.stored()
      const last = this.#figures(true)
      this.progress.append(last)
      return {
        ...last,
        ...describeRun(last, { cancelled: this.#cancelled, host: this.#plan.request.target.host }),
      }
    } finally {
      clearInterval(telling)
      clearTimeout(this.#cutTimer)
      this.progress.end()
    }
  }

  cancel(): void {
    if (this.#cancelled) return
    this.#cancelled = true
    this.#desk.stop()
    for (const lane of this.#lanes) lane.finish()
    this.#cutTimer = setTimeout(() => {
      for (const lane of this.#lanes) lane.cut()
    }, politely)
    this.#endIfOver()
  }

  ready(micros: number): void {
    this.#tally.connect.add(micros)
    this.#desk.ready()
  }

  accepted(lane: Lane, octets: number, micros: number, missed: Missed | null): void {
    this.#tally.took(octets, micros)
    this.#desk.took()
    if (missed) this.#missed('partly', lane, missed)
  }

  rejected(lane: Lane, missed: Missed): void {
    this.#missed('rejected', lane, missed)
  }

  failed(lane: Lane, missed: Missed): void {
    this.#missed('failed', lane, missed)
    // The next one would fail in the same way, and a wrong password that is tried again and again locks its account.
    if (!lane.made && this.#tally.accepted === 0 && isForGood(missed.code)) this.#desk.stop()
  }

  back(job: Job, pause: Missed | undefined): void {
    if (pause) {
      this.#tally.pauseMessage = pause.message
      this.#desk.pause()
    }
    this.#desk.back(job)
  }

  /** It stays unsent. */
  dropped(): void {}

  #missed(how: 'rejected' | 'failed' | 'partly', lane: Lane, missed: Missed): void {
    const first = this.#tally.missed(how, missed)
    if (!first) return
    const id = this.#deps.examples.keep(lane.recorder, `First of a run: ${first.code}`, lane.end())
    if (id !== undefined) first.session = id
  }

  #open(job: Job): void {
    const lane = new Lane(job, this.#laneDeps)
    const number = ++this.#tally.opened
    this.#lanes.add(lane)
    void lane.run().then(() => this.#closed(lane, number))
  }

  #closed(lane: Lane, number: number): void {
    const { examples } = this.#deps
    this.#lanes.delete(lane)
    if (!lane.made) this.#tally.failedConnections++
    if (examples.sampled(number)) examples.keep(lane.recorder, `Connection ${number} of a run`, lane.end())
    this.#desk.closed(lane.made || this.#cancelled)
    this.#endIfOver()
  }

  #endIfOver(): void {
    if (this.#desk.open === 0 && (this.#desk.waiting === 0 || this.#desk.stopped)) this.#over()
  }

  #tell(): void {
    this.progress.append(this.#figures(false))
  }

  #figures(done: boolean): ManyProgress {
    const now = this.#deps.clock.micros()
    const elapsed = Math.max(0, Math.round(now - this.#began))
    const { opened, failedConnections, pauseMessage } = this.#tally
    const phase = done
      ? 'done'
      : this.#cancelled
        ? 'cancelling'
        : this.#desk.pausing
          ? 'backing-off'
          : 'running'
    return {
      ...this.#tally.figures(this.#plan.messages),
      phase,
      elapsed,
      rate: this.#pace.read(now, this.#tally.settled),
      average: elapsed === 0 ? 0 : (this.#tally.settled * 1e6) / elapsed,
      connections: { open: this.#desk.open, opened, failed: failedConnections },
      backedOff: {
        times: this.#desk.pauses,
        ...(pauseMessage === undefined ? {} : { message: pauseMessage }),
      },
      kept: [...this.#deps.examples.kept],
      done,
    }
  }
}

function after(micros: number, wake: () => void): () => void {
  const timer = setTimeout(wake, Math.max(1, Math.ceil(micros / 1000)))
  return () => clearTimeout(timer)
}
