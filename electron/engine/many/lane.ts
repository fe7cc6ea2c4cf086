/**
 * Owns: one connection of a run: dialling it, message after message on it, and what became of each. Every message that
 * is begun here is settled here exactly once, or given back to be begun anew.
 */
import type { Target } from '#shared/rpc/contract/dialogue.ts'
import { createClientMachine } from '#shared/smtp/machine/client.ts'
import type { ClientMachine, ClientOptions } from '#shared/smtp/machine/options.ts'
import type { Outcome, Outgoing } from '#shared/smtp/machine/types.ts'
import type { EventBody } from '#shared/transcript/event.ts'
import { findBannerFaults, findConnectionFaults, findDialogueFaults } from '../dialogue/diagnose.ts'
import { dial, type Dialled } from '../dialogue/dialer.ts'
import { Driver } from '../dialogue/driver.ts'
import type { Order } from '../dialogue/driverParts.ts'
import { Journal } from '../dialogue/journal.ts'
import type { Lookup } from '../dialogue/resolve.ts'
import type { Clock } from '../ports.ts'
import type { Job } from './desk.ts'
import { judge, type Judgement, type Missed } from './judge.ts'
import { OpenGate } from './openGate.ts'
import { MemoryRecorder } from './recorder.ts'

export interface LaneDeps {
  clock: Clock
  target: Target
  lookup?: Lookup | undefined
  /** What a server may echo. */
  secrets: readonly string[]
  /** Of a connection whose own address is `local`, its first message among them. */
  options(local: string, order: Order): ClientOptions
  make(n: number): Order | Promise<Order>
  /** Messages on one connection; 0: as many as it takes. */
  most: number
  take(give: Give): void
  leave(give: Give): void
  report: LaneReport
  onDefect(error: unknown): void
}

export type Give = (job: Job | null) => void

/** What a run is told by its connections. */
export interface LaneReport {
  /** The first MAIL is said, so long after it was dialled. */
  ready(micros: number): void
  /** `missed`: taken, but not for this recipient. */
  accepted(lane: Lane, octets: number, micros: number, missed: Missed | null): void
  rejected(lane: Lane, missed: Missed): void
  failed(lane: Lane, missed: Missed): void
  /** The server did not take it up: to be begun anew, after a pause where one is given. */
  back(job: Job, pause: Missed | undefined): void
  /** A person ended it before it was answered. */
  dropped(): void
}

/** Times that one message is begun at most. */
const mostTries = 3

export class Lane {
  readonly recorder: MemoryRecorder
  readonly #deps: LaneDeps
  readonly #journal: Journal
  readonly #gate = new OpenGate((line) => this.#sent(line))
  readonly #abort = new AbortController()
  readonly #dialledAt: number
  #job: Job | undefined
  #waiting: Give | undefined
  #machine: ClientMachine | undefined
  #driver: Driver | undefined
  /** Messages answered on this connection. */
  #answered = 0
  #mailAt = 0
  #said = false
  #octets = 0
  #ended = false
  #outcome: Outcome | undefined
  /** It came as far as the first message. */
  made = false

  constructor(job: Job, deps: LaneDeps) {
    this.#job = job
    this.#deps = deps
    this.recorder = new MemoryRecorder(deps.clock, deps.secrets)
    this.#journal = new Journal(this.recorder)
    this.#dialledAt = deps.clock.micros()
  }

  /** Resolves when the connection is over and its last message settled. Never rejects. */
  async run(): Promise<void> {
    try {
      const order = await this.#deps.make(this.#job!.n)
      const { target, lookup, clock } = this.#deps
      const { signal } = this.#abort
      const dialled = await dial(target, { journal: this.#journal, now: () => clock.now(), signal, lookup })
      if (dialled.ok) this.#over(await this.#drive(dialled, order))
      else this.#over(notConnected(dialled))
    } catch (error) {
      this.#deps.onDefect(error)
      this.#over({ how: 'failed', by: 'this-computer', message: 'This program failed; see its log.' })
    }
  }

  /** Ends it politely: nothing is dialled any more, QUIT follows the message that is being said. */
  finish(): void {
    this.#ended = true
    if (!this.#driver) this.#abort.abort()
    else if (!this.#said) this.#gate.finish()
  }

  /** Ends it at once. */
  cut(): void {
    this.#ended = true
    this.#abort.abort()
  }

  /** How its transcript ends, its diagnosis written before. Call once, for one that is kept. */
  end(): EventBody[] {
    const { host, port, tls } = this.#deps.target
    const startedAt = this.recorder.startedAt.toISOString()
    findDialogueFaults(this.#journal, { role: 'client', host, port, tls, startedAt })
    const outcome = this.#outcome
    if (outcome)
      return [{ kind: 'end', phase: 'other', direction: 'none', outcome: outcome.how, by: outcome.by, message: outcome.message }] // prettier-ignore
    const message = 'What is kept ends here; the connection went on with further messages.'
    return [{ kind: 'end', phase: 'other', direction: 'none', outcome: 'completed', by: 'client', message }]
  }

  #drive(dialled: Dialled & { ok: true }, order: Order): Promise<Outcome> {
    const { connection, local, tls } = dialled
    const deps = this.#deps
    this.#octets = order.content.size
    this.#machine = createClientMachine({ ...deps.options(local, order), series: true })
    this.#driver = new Driver({
      machine: this.#machine,
      connection,
      journal: this.#journal,
      gate: this.#gate,
      content: order.content,
      onDefect: (error) => deps.onDefect(error),
      signal: this.#abort.signal,
      onTlsFailed: () => findConnectionFaults(this.#journal),
      next: (give) => this.#answeredNow(give),
    })
    return this.#driver.run(tls)
  }

  #sent(line: Outgoing): void {
    if (line.verb !== 'MAIL') return
    this.#mailAt = this.#deps.clock.micros()
    this.#said = true
    if (this.made) return
    this.made = true
    this.#deps.report.ready(this.#mailAt - this.#dialledAt)
  }

  #answeredNow(give: (order: Order | null) => void): void {
    const job = this.#job!
    const verdict = judge(this.#machine!.result())
    const tired = this.#settle(job, verdict)
    this.#job = undefined
    this.#answered++
    const { most } = this.#deps
    if (tired || this.#ended || (most > 0 && this.#answered >= most)) return give(null)
    const next: Give = (following) => {
      this.#waiting = undefined
      if (following) this.#begin(following, give)
      else give(null)
    }
    this.#waiting = next
    this.#deps.take(next)
  }

  #begin(job: Job, give: (order: Order | null) => void): void {
    this.#job = job
    this.#said = false
    const follow = (order: Order): void => {
      this.#octets = order.content.size
      give(order)
    }
    const order = this.#deps.make(job.n)
    if (!(order instanceof Promise)) return follow(order)
    order.then(follow, (error: unknown) => {
      this.#deps.onDefect(error)
      give(null)
    })
  }

  /** True when the server has enough of this connection. */
  #settle(job: Job, verdict: Judgement): boolean {
    const { report, clock } = this.#deps
    if (verdict.how === 'accepted') {
      report.accepted(this, this.#octets, clock.micros() - this.#mailAt, verdict.missed)
      return false
    }
    if (verdict.how === 'open') {
      report.failed(this, { code: 'other', message: 'The message was not answered.' })
      return true
    }
    const { missed, limit } = verdict
    // A limit for one connection is met by opening another; a limit for the first message of one, by waiting.
    if (limit && job.tries + 1 < mostTries && !this.#ended)
      report.back(job, missed.code === 'closed-421' && this.#answered > 0 ? undefined : missed)
    else report.rejected(this, missed)
    return limit
  }

  /** The connection is over: what was under way on it is settled by how it ended. */
  #over(outcome: Outcome): void {
    this.#outcome = outcome
    if (this.#waiting) this.#deps.leave(this.#waiting)
    this.#waiting = undefined
    const job = this.#job
    this.#job = undefined
    if (!job) return
    const verdict: Judgement = this.#machine ? judge(this.#machine.result()) : { how: 'open' }
    const asked = this.#said && verdict.how !== 'open'
    if (asked) return void this.#settle(job, verdict)
    if (this.#ended) return this.#deps.report.dropped()
    this.#unanswered(job, outcome)
  }

  #unanswered(job: Job, outcome: Outcome): void {
    const { report, target } = this.#deps
    const journal = this.#journal
    findConnectionFaults(journal)
    if (this.#machine) findBannerFaults(journal, outcome, target.port, undefined)
    journal.findSpare()
    const found = journal.findings().findLast(({ severity }) => severity === 'error')
    const missed: Missed = found ?? { code: `connection-${outcome.how}`, message: outcome.message }
    const again = job.tries + 1 < mostTries
    // A server may close an idle connection while the next MAIL is on its way: nothing was taken up.
    const idle = this.#answered > 0 && !this.#replied() && outcome.by !== 'this-computer'
    if (again && idle) report.back(job, undefined)
    else if (again && this.#gate.lastCode === 421) report.back(job, missed)
    else report.failed(this, missed)
  }

  #replied(): boolean {
    const result = this.#machine?.result()
    return (
      this.#said &&
      result !== undefined &&
      (result.mail !== null || result.recipients.some(({ reply }) => reply !== null))
    )
  }
}

const notConnected = ({ how, message }: Dialled & { ok: false }): Outcome =>
  how === 'cancelled'
    ? { how: 'dropped', by: 'person', message: 'Cancelled.' }
    : { how, by: 'network', message }
