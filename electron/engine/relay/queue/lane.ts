/**
 * Owns: the mail of one queue on one way: the legs that are ready for it, its connections, and that neither goes beyond what
 * the rules allow. An idle connection before a new one.
 */
import type { LegTry } from '#shared/rpc/contract/relay.ts'
import type { RecipientOutcome } from '../types.ts'
import type { Allowance } from './allowance.ts'
import { Fifo, removeFrom } from './fifo.ts'
import type { Entry, Work } from './entry.ts'
import { notBegun, notTaken } from './hopVerdict.ts'
import type { LaneHost, WayLane } from './laneTypes.ts'
import { Link, type LinkOwner } from './link.ts'
import { OpeningMark } from './openingMark.ts'
import { openWay, type OpeningEnd } from './opening.ts'
import { openOf, tryOf } from './settle.ts'
import type { SmtpRoute } from './types.ts'
import type { Way } from './way.ts'
import { waitingWords } from './waitingWords.ts'
import { countOf } from './words.ts'

/** Times in a row that a leg may come back from connections that did not take it up. */
const mostReturns = 3

export interface LaneParts {
  host: LaneHost
  way: Way<Lane>
  allowance: Allowance
  route: SmtpRoute
  /** It has neither legs nor connections any more. */
  emptied: () => void
}

export class Lane implements LinkOwner, WayLane, Work {
  readonly allowance: Allowance
  readonly #host: LaneHost
  readonly #way: Way<Lane>
  readonly #emptied: () => void
  readonly #ready = new Fifo<Entry>()
  readonly #again: Entry[] = []
  // Arrays: there may be a hundred thousand lanes, and most have one connection or none.
  readonly #links: Link[] = []
  readonly #opening: Link[] = []
  readonly #marked: OpeningMark
  readonly #free: Link[] = []
  #route: SmtpRoute
  #dialling = 0
  #alarm: NodeJS.Timeout | undefined
  #pumping = false
  #gone = false

  constructor({ host, way, allowance, route, emptied }: LaneParts) {
    this.#host = host
    this.#marked = new OpeningMark(host)
    this.#way = way
    this.allowance = allowance
    this.#route = route
    this.#emptied = emptied
  }

  get waiting(): number {
    return this.#ready.length + this.#again.length
  }

  /** With a rate one connection at a time is opened: the next message may be long in coming. */
  get wants(): boolean {
    if (this.#free.length > 0 || this.#first() === undefined) return false
    if (this.allowance.rate !== null && this.#dialling > 0) return false
    return this.waiting > this.#dialling && this.allowance.left(this.#host.micros()) === 0
  }

  add(entry: Entry, route: SmtpRoute): void {
    this.#route = route
    entry.work = this
    this.#ready.push(entry)
    this.pump()
  }

  words(entry: Entry): string {
    if (entry.opening) return this.#opening.at(-1)?.openingWords() ?? `Connecting to ${this.#route.hops[0]?.host ?? ''}` // prettier-ignore
    const now = this.#host.micros()
    const { rate, most, isFull } = this.allowance
    return waitingWords({ rate, most, isFull, left: this.allowance.left(now) }, this.#way.pause(now) > 0)
  }

  /** Gives legs to connections, and asks for new ones. */
  pump(): void {
    if (this.#pumping) return
    this.#pumping = true
    try {
      this.#giveOut()
    } finally {
      this.#pumping = false
    }
    // Read first: what is over a moment later would be neither wanted nor waited for.
    const wait = this.#wait()
    if (this.#free.length > 0) this.#restFree()
    else if (this.wants) this.#way.want(this)
    this.#look(wait)
  }

  wake(): void {
    this.pump()
  }

  closeIdle(): boolean {
    const link = this.#free.find(({ isFree }) => isFree)
    link?.retire()
    return link !== undefined
  }

  takeAll(): Entry[] {
    const entries = [...this.#again.splice(0), ...this.#ready.takeAll()].filter((entry) => this.#holds(entry))
    clearTimeout(this.#alarm)
    this.#alarm = undefined
    this.allowance.forget(this)
    this.#look()
    return entries
  }

  retire(): void {
    for (const link of [...this.#links, ...this.#opening]) link.retire()
  }

  cut(): void {
    for (const link of [...this.#links, ...this.#opening]) link.cut()
  }

  open(alone: boolean): void {
    this.#dialling++
    this.#mark()
    this.allowance.connect(this)
    const { deps, timing, limits } = this.#host
    const messages = countOf(Math.min(this.waiting, limits.messages), 'message')
    const title = `To ${this.#first()?.leg.domain ?? this.#route.hops[0]?.host ?? ''}, ${messages}`
    const route = this.#route
    const opening = openWay({
      route,
      memory: this.#host.hops,
      // Of no clock that can be set.
      now: () => this.#host.micros() / 1000,
      open: (hop, inClear, remarks) => {
        const link = new Link({ deps, timing, limits, route, hop, title, remarks, inClear, owner: this })
        this.#opening.push(link)
        this.#host.slots.opening(link)
        return link.open().finally(() => {
          removeFrom(this.#opening, link)
          this.#host.slots.opened(link)
        })
      },
    })
    opening.then(
      (end) => this.#opened(end, alone),
      (error: unknown) => {
        this.#host.deps.log('error', `A connection could not be begun: ${String(error)}`)
        // As a server that does not answer: else it would be begun again at once, for ever.
        this.#opened({ how: 'failed', verdicts: [notBegun] }, alone)
      },
    )
  }

  ready(link: Link): void {
    this.#dialling--
    removeFrom(this.#opening, link)
    this.#links.push(link)
    this.#mark()
    this.#host.slots.opened(link)
    this.#way.ready()
  }

  free(link: Link): void {
    this.#free.push(link)
    this.#way.idle.add(this)
    this.pump()
  }

  settled(entry: Entry, outcomes: readonly RecipientOutcome[], tried: LegTry, closing: boolean): void {
    if (closing) this.#way.askedToPause()
    else this.#way.took()
    // What the relay decides itself has a code and no host, what the network does a host and no code.
    const said = outcomes.filter(({ host }) => host !== undefined)
    if (said.length > 0) this.#way.answered(said.some(({ code }) => code !== undefined))
    this.#host.settled(entry, outcomes, tried)
  }

  back(entry: Entry): void {
    if (++entry.returned <= mostReturns) {
      this.#host.returned(entry)
      this.#again.push(entry)
      entry.work = this
      return
    }
    const outcomes = openOf(entry.leg).map(({ address }) => ({ address, ...notTaken }))
    const at = this.#host.now().toISOString()
    this.#host.settled(entry, outcomes, tryOf(outcomes, { at, host: this.#route.hops[0]?.host }))
  }

  over(link: Link): void {
    removeFrom(this.#links, link)
    removeFrom(this.#free, link)
    if (this.#free.length === 0) this.#way.idle.delete(this)
    this.#way.over()
    this.#handOn()
  }

  #opened(end: OpeningEnd, alone: boolean): void {
    if (end.how === 'ready') return
    this.#dialling--
    this.#way.notOpened(end.how === 'failed' ? end.verdicts : null, alone)
    this.#handOn()
  }

  /** Turns come in this order: who waits for a place, who waits for the limit on other ways, who waits on this one, this lane. */
  #handOn(): void {
    this.allowance.ended(this)
    this.#way.wake()
    this.pump()
  }

  #giveOut(): void {
    while (this.waiting > 0 && this.#free.length > 0) {
      const link = this.#free.at(-1)!
      if (!link.isFree) {
        this.#free.pop()
        continue
      }
      const entry = this.#first()
      if (entry === undefined || !this.#mayGo()) break
      this.#shift()
      this.#free.pop()
      this.allowance.spend(this.#host.micros())
      this.#host.taken(entry)
      if (link.take(entry)) this.#free.push(link)
    }
    if (this.#free.length === 0) this.#way.idle.delete(this)
  }

  /** There is nothing for them now, or nothing that may go. Where others wait for their places they do not wait for more. */
  #restFree(): void {
    if (this.#isPressed) while (this.closeIdle());
    for (const link of this.#free) link.rest()
  }

  get #isPressed(): boolean {
    return this.#way.pressed || this.allowance.wanted
  }

  /** The next leg that still is one: a person may have held or dropped some. */
  #first(): Entry | undefined {
    while (this.#again.length > 0 && !this.#holds(this.#again[0]!)) this.#again.shift()
    if (this.#again.length > 0) return this.#again[0]
    while (this.#ready.first !== undefined && !this.#holds(this.#ready.first)) this.#ready.shift()
    return this.#ready.first
  }

  #shift(): void {
    if (this.#again.length > 0) this.#again.shift()
    else this.#ready.shift()
  }

  #holds(entry: Entry): boolean {
    return entry.phase === 'ready' && entry.work === this
  }

  #mayGo(): boolean {
    return this.#host.mayGo() && this.#wait() === 0
  }

  /** For whom the first connection is opened. */
  #mark(): void {
    const first = this.#links.length === 0 && this.#dialling > 0 ? this.#first() : undefined
    this.#marked.set(first, (entry) => this.#holds(entry))
  }

  /** What is to come: an alarm for when something may go, or the end of the lane. */
  #look(wait = this.#wait()): void {
    this.#mark()
    if (this.#first() === undefined) {
      if (this.#gone || this.#links.length > 0 || this.#dialling > 0) return
      this.#gone = true
      clearTimeout(this.#alarm)
      this.allowance.forget(this)
      return this.#emptied()
    }
    if (wait > 0) this.#wakeIn(wait)
  }

  #wait(now = this.#host.micros()): number {
    return Math.max(this.#way.pause(now), this.allowance.left(now))
  }

  #wakeIn(micros: number): void {
    this.#alarm ??= setTimeout(
      () => {
        this.#alarm = undefined
        this.pump()
      },
      Math.max(1, Math.ceil(micros / 1000)),
    )
  }
}
