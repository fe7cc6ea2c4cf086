/**
 * Owns: one connection to one host: its transcript, message after message on it, and what became of each. A message that
 * is taken here is settled exactly once, or given back to be begun anew.
 */
import { createClientMachine } from '#shared/smtp/machine/client.ts'
import type { ClientMachine } from '#shared/smtp/machine/options.ts'
import type { Outcome } from '#shared/smtp/machine/types.ts'
import type { LegTry } from '#shared/rpc/contract/relay.ts'
import { findConnectionFaults } from '../../dialogue/diagnose.ts'
import { dial, type Dialled, type DialTarget } from '../../dialogue/dialer.ts'
import { Driver } from '../../dialogue/driver.ts'
import type { Order } from '../../dialogue/driverParts.ts'
import { literalName, replyTimeouts } from '../../dialogue/options.ts'
import { OpenGate } from '../../many/openGate.ts'
import type { Hop, RecipientOutcome } from '../types.ts'
import { Course } from './course.ts'
import type { Entry, Work } from './entry.ts'
import { authOf, targetOf } from './hopTarget.ts'
import type { HopVerdict } from './hopVerdict.ts'
import { lateOutcome, LinkRecord } from './linkRecord.ts'
import type { QueueDeps, QueueLimits, SmtpRoute, Timing } from './types.ts'
import { oneLineWords, tlsName } from './words.ts'

/** Who keeps the connections of one way. */
export interface LinkOwner {
  /** It came as far as the first message; `free` follows. */
  ready(link: Link): void
  /** It takes another message. */
  free(link: Link): void
  /** `closing`: the server asked to be left alone (421). */
  settled(entry: Entry, outcomes: readonly RecipientOutcome[], tried: LegTry, closing: boolean): void
  /** The server did not take it up: it is begun anew on another connection. */
  back(entry: Entry): void
  /** Of one that was ready: it is gone. */
  over(link: Link): void
}

export interface LinkParts {
  deps: Pick<QueueDeps, 'hub' | 'clock' | 'log' | 'lookup' | 'ca' | 'store'>
  route: SmtpRoute
  hop: Hop
  timing: Timing
  limits: QueueLimits
  title: string
  remarks: readonly string[]
  inClear: boolean
  owner: LinkOwner
}

type Give = (order: Order | null) => void

export class Link implements Work {
  readonly #parts: LinkParts
  readonly #record: LinkRecord
  readonly #target: DialTarget
  readonly #gate = new OpenGate((line) => this.#course?.sent(line))
  readonly #abort = new AbortController()
  /** What is said of TLS, from when it is ready. */
  #sealed = ''
  #opened: ((verdict: HopVerdict | null) => void) | null = null
  #machine: ClientMachine | undefined
  #course: Course | null = null
  /** The machine waits for its next message. */
  #give: Give | null = null
  #idle: NodeJS.Timeout | undefined
  /** Messages answered. */
  #answered = 0
  /** No further message. */
  #retired = false
  #cut = false
  #late = false
  #over = false

  /** Throws when the program is stopping: no session can begin. */
  constructor(parts: LinkParts) {
    this.#parts = parts
    const { deps, title, remarks } = parts
    this.#target = targetOf({ ...parts, ca: deps.ca, now: () => deps.clock.now() })
    const { route, hop, inClear } = parts
    this.#record = new LinkRecord({ deps, target: this.#target, auth: route.auth, title, remarks, from: hop.tls.from, inClear }) // prettier-ignore
  }

  /** Null when it is ready for messages; else why it is over. Never rejects. */
  open(): Promise<HopVerdict | null> {
    return new Promise((resolve) => {
      this.#opened = resolve
      this.#run().catch((error: unknown) => {
        this.#defect(error)
        this.#ended({ how: 'failed', by: 'this-computer', message: 'This program failed; see its log.' })
      })
    })
  }

  /** It waits for a message. */
  get isFree(): boolean {
    return this.#give !== null && !this.#retired
  }

  /** Takes up a message. True: it was decided without a word to the server, and the connection is still free. */
  take(entry: Entry): boolean {
    const give = this.#give!
    this.#give = null
    clearTimeout(this.#idle)
    this.#idle = undefined
    entry.work = this
    const { deps, hop } = this.#parts
    const course = new Course(entry, `${hop.host}:${hop.port}`, deps.clock.now(), this.#record.nextSeq)
    this.#course = course
    const order = course.open(deps.store, this.#offer())
    return order instanceof Promise
      ? (void this.#follow(course, order, give), false)
      : this.#begin(course, order, give)
  }

  /** Nothing is there to be sent: after a while it is closed. */
  rest(): void {
    if (this.#idle !== undefined || this.#give === null) return
    this.#idle = setTimeout(() => this.retire(), this.#parts.timing.idle)
  }

  /** Ends it politely: behind the message that is under way. */
  retire(): void {
    if (this.#retired) return
    this.#retired = true
    clearTimeout(this.#idle)
    if (this.#opened) return this.#abort.abort()
    const give = this.#give
    this.#give = null
    give?.(null)
  }

  /** While it is being opened: it takes too long, and others wait. As a server that does not answer. */
  giveUp(): void {
    if (this.#opened === null || this.#retired) return
    this.#late = true
    this.#abort.abort()
  }

  /** Ends it at once; its message is given back. */
  cut(): void {
    this.#retired = this.#cut = true
    this.#abort.abort()
  }

  /** While it is not ready for mail. */
  openingWords(): string {
    return this.#record.openingWords(this.#parts.hop)
  }

  words(entry: Entry): string {
    const course = this.#course
    const result = this.#machine?.result()
    if (course?.entry !== entry || result === undefined) return ''
    const tls = this.#machine?.secured
    return course.words(result, tls ? `over ${tlsName(tls)}` : 'in clear')
  }

  async #run(): Promise<void> {
    const { clock, lookup } = this.#parts.deps
    const { journal } = this.#record
    const { signal } = this.#abort
    const dialled = await dial(this.#target, { journal, now: () => clock.now(), signal, lookup })
    findConnectionFaults(journal)
    if (dialled.ok) return this.#ended(await this.#drive(dialled))
    const how = dialled.how === 'cancelled' ? 'dropped' : 'failed'
    this.#ended({ how, by: 'network', message: dialled.message })
  }

  #drive({ connection, local, tls }: Dialled & { ok: true }): Promise<Outcome> {
    const { route, timing, hop } = this.#parts
    try {
      this.#machine = createClientMachine({
        ehloName: route.ehloName === '' ? literalName(local) : route.ehloName,
        tls: this.#target.tls,
        auth: authOf({ hop, route }),
        transaction: null,
        series: true,
        pipelining: true,
        chunking: false,
        stopAfter: 'end',
        timeouts: replyTimeouts(timing.reply),
      })
    } catch (error) {
      connection.destroy()
      throw error
    }
    const driver = new Driver({
      machine: this.#machine,
      connection,
      journal: this.#record.journal,
      gate: this.#gate,
      content: null,
      onDefect: (error) => this.#defect(error),
      signal: this.#abort.signal,
      onTlsFailed: () => findConnectionFaults(this.#record.journal),
      next: (give) => this.#asked(give),
    })
    return driver.run(tls)
  }

  /** The machine wants a message: the first, or one behind the message that has been answered. */
  #asked(give: Give): void {
    const { owner, limits } = this.#parts
    if (this.#opened) {
      this.#sealed = this.#record.sealed(this.#machine!.secured)
      this.#opened(null)
      this.#opened = null
      owner.ready(this)
    } else if (this.#course) {
      const course = this.#course
      const more = course.answered(this.#machine!.result())
      if (more) {
        const order = course.open(this.#parts.deps.store, this.#offer())
        if (order instanceof Promise) void this.#follow(course, order, give)
        else this.#begin(course, order, give)
        return
      }
      this.#settle(course)
      this.#answered++
    }
    if (this.#retired || this.#answered >= limits.messages) return give(null)
    this.#give = give
    owner.free(this)
  }

  #offer() {
    const { capabilities, secured } = this.#machine!
    return { capabilities, verified: secured?.verified === true }
  }

  async #follow(course: Course, order: Promise<Order | null>, give: Give): Promise<void> {
    try {
      const made = await order.catch((error: unknown) => {
        course.unreadable(error)
        return null
      })
      if (this.#begin(course, made, give)) this.#parts.owner.free(this)
    } catch (error) {
      this.#defect(error)
      this.cut()
    }
  }

  /** True: there was nothing to say; the connection is free for another message. */
  #begin(course: Course, order: Order | null, give: Give): boolean {
    // It broke while the content was read.
    if (this.#over) return false
    if (order !== null) {
      give(order)
      return false
    }
    this.#settle(course)
    if (this.#retired) give(null)
    else this.#give = give
    return !this.#retired
  }

  #settle(course: Course, closing = false): void {
    this.#course = null
    const { session } = this.#record
    const { outcomes, tried } = this.#record.masked(course.end({ session, sealed: this.#sealed }))
    course.entry.work = null
    this.#parts.owner.settled(course.entry, outcomes, tried, closing)
  }

  /** The connection is over: what was under way on it is settled by how it ended. */
  #ended(how: Outcome): void {
    if (this.#over) return
    const outcome = this.#late ? lateOutcome(this.#parts.timing) : how
    this.#over = true
    clearTimeout(this.#idle)
    this.#give = null
    const { owner } = this.#parts
    const course = this.#course
    if (course) this.#break(course, outcome)
    const talked = this.#machine !== undefined
    this.#record.end(outcome, { asked: this.#retired, cut: this.#cut, talked })
    const opened = this.#opened
    this.#opened = null
    const tls = this.#machine?.secured ?? null
    if (opened) opened(this.#record.verdict(outcome, { cancelled: this.#retired, late: this.#late, tls }))
    else owner.over(this)
  }

  #break(course: Course, outcome: Outcome): void {
    const result = this.#machine!.result()
    const reused = this.#answered > 0 && outcome.by !== 'this-computer'
    if (this.#cut || (reused && course.untouched(result))) {
      this.#course = null
      course.entry.work = null
      return this.#parts.owner.back(course.entry)
    }
    this.#settle(course, course.broken(result, oneLineWords(outcome.message)))
  }

  #defect(error: unknown): void {
    this.#parts.deps.log('error', `A delivery failed inside this program: ${String(error)}`, { session: this.#record.session }) // prettier-ignore
  }
}
