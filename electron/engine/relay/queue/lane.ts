/**
 * Owns: one way that mail goes: the legs that are ready for it, its connections, its rate, pauses that its servers asked
 * for. An idle connection before a new one; one connection alone until the first has worked.
 */
import type { LegTry } from '#shared/rpc/contract/relay.ts'
import { BackOff } from '../../many/backOff.ts'
import type { TokenBucket } from '../../many/tokenBucket.ts'
import type { RecipientOutcome } from '../types.ts'
import { Fifo } from './fifo.ts'
import type { Entry, Work } from './entry.ts'
import { type HopVerdict, notBegun } from './hopVerdict.ts'
import type { LaneHost } from './laneTypes.ts'
import { inOneTurn } from './limits.ts'
import { Link, type LinkOwner } from './link.ts'
import { openWay, type OpeningEnd } from './opening.ts'
import { bucketFor } from './rate.ts'
import { openOf, tryOf } from './settle.ts'
import type { SlotUser } from './slots.ts'
import type { SmtpRoute } from './types.ts'
import { countOf } from './words.ts'

/** Times in a row that a leg may come back from connections that did not take it up. */
const mostReturns = 3
/** Microseconds for which a server's limit of connections is heeded. */
const capFor = 60_000_000

export class Lane implements LinkOwner, SlotUser, Work {
  readonly #host: LaneHost
  readonly #ready = new Fifo<Entry>()
  readonly #again: Entry[] = []
  readonly #links = new Set<Link>()
  readonly #opening = new Set<Link>()
  readonly #free: Link[] = []
  /** Calls for a pause by 421, and connections that could not be made while others work. */
  readonly #asked = new BackOff()
  readonly #trouble = new BackOff()
  #route: SmtpRoute
  #bucket: TokenBucket | null = null
  #dialling = 0
  #proven = false
  /** What the server takes at once, as it seems. */
  #cap = { most: Infinity, until: 0 }
  #alarm: NodeJS.Timeout | undefined
  #soon = false
  #pumping = false
  /** Microseconds; when it was last of use. */
  used = 0

  constructor(route: SmtpRoute, host: LaneHost) {
    this.#route = route
    this.#host = host
    this.#bucket = bucketFor(route.rules.maxRate, host.micros())
  }

  get connections(): number {
    return this.#links.size + this.#dialling
  }

  get waiting(): number {
    return this.#ready.length + this.#again.length
  }

  /** Milliseconds for which its pauses and its rate matter. */
  get memory(): number {
    return Math.max(60_000, this.#route.rules.maxRate?.per ?? 0)
  }

  add(entry: Entry, route: SmtpRoute): void {
    const { maxRate } = this.#route.rules
    const { maxRate: now } = route.rules
    if (maxRate?.messages !== now?.messages || maxRate?.per !== now?.per) this.#bucket = bucketFor(now, this.#host.micros()) // prettier-ignore
    this.#route = route
    this.used = this.#host.micros()
    entry.work = this
    this.#ready.push(entry)
    this.pump()
  }

  words(entry: Entry): string {
    if (this.#asked.left(this.#host.micros()) > 0) return 'Waiting, as the server asked'
    const hop = this.#route.hops[0]
    const first = this.#links.size === 0 && this.#dialling > 0 && this.#ready.first === entry
    return first && hop ? `Connecting to ${hop.host}` : 'Waiting for a free connection'
  }

  /**
   * Gives legs to connections. New ones are opened at the end of the turn: what becomes ready together is counted
   * together.
   */
  pump(): void {
    if (this.#pumping) return
    this.#pumping = true
    try {
      this.#giveOut()
    } finally {
      this.#pumping = false
    }
    if (this.waiting === 0) for (const link of this.#free) link.rest()
    else if (this.#free.length === 0 && !this.#soon) this.#openSoon()
  }

  #openSoon(): void {
    this.#soon = true
    setImmediate(() => {
      this.#soon = false
      while (this.#mayOpen()) this.#open()
    })
  }

  wake(): void {
    this.pump()
  }

  closeIdle(): boolean {
    const link = this.#free.find(({ isFree }) => isFree)
    link?.retire()
    return link !== undefined
  }

  /** Its legs, to find their way anew; connections end behind what is under way. */
  recall(): Entry[] {
    const entries = [...this.#again.splice(0), ...this.#ready.takeAll()].filter((entry) => this.#holds(entry))
    this.#proven = false
    clearTimeout(this.#alarm)
    this.#alarm = undefined
    for (const link of [...this.#links, ...this.#opening]) link.retire()
    return entries
  }

  cut(): void {
    for (const link of [...this.#links, ...this.#opening]) link.cut()
  }

  ready(link: Link): void {
    this.#dialling--
    this.#opening.delete(link)
    this.#links.add(link)
    this.#proven = true
    this.#trouble.took()
  }

  free(link: Link): void {
    this.#free.push(link)
    this.pump()
  }

  settled(entry: Entry, outcomes: readonly RecipientOutcome[], tried: LegTry, closing: boolean): void {
    if (closing) this.#asked.ask(this.#host.micros())
    else this.#asked.took()
    this.#host.settled(entry, outcomes, tried)
  }

  back(entry: Entry): void {
    if (++entry.returned <= mostReturns) {
      this.#host.returned(entry)
      this.#again.push(entry)
      entry.work = this
      return
    }
    const words = 'The server closed one connection after the other before it took the message up.'
    const outcomes = openOf(entry.leg).map(({ address }) => ({ address, outcome: 'again' as const, words, enhanced: '4.4.2' })) // prettier-ignore
    const at = this.#host.now().toISOString()
    this.#host.settled(entry, outcomes, tryOf(outcomes, { at, host: this.#route.hops[0]?.host }))
  }

  over(link: Link): void {
    this.#links.delete(link)
    const at = this.#free.indexOf(link)
    if (at >= 0) this.#free.splice(at, 1)
    if (this.#links.size === 0) this.#proven = false
    this.#host.slots.release(this)
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
      if (entry === undefined || !this.#mayGo()) return
      this.#shift()
      this.#free.pop()
      this.#host.taken(entry)
      if (link.take(entry)) this.#free.push(link)
    }
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

  /** Else the alarm is set for when it may. */
  #mayGo(): boolean {
    if (!this.#host.mayGo()) return false
    const now = this.#host.micros()
    const wait = this.#asked.left(now) || (this.#bucket?.take(now) ?? 0)
    if (wait > 0) this.#wakeIn(wait)
    return wait === 0
  }

  #mayOpen(): boolean {
    if (!this.#host.mayGo() || this.#first() === undefined || this.#free.length > 0) return false
    if (this.waiting <= this.#dialling || (!this.#proven && this.#dialling > 0)) return false
    const now = this.#host.micros()
    if (now > this.#cap.until) this.#cap.most = Infinity
    if (this.connections >= Math.min(this.#route.rules.maxConnections, this.#cap.most)) return false
    const wait = Math.max(this.#asked.left(now), this.#links.size > 0 ? this.#trouble.left(now) : 0)
    if (wait > 0) this.#wakeIn(wait)
    return wait === 0 && this.#host.slots.take(this)
  }

  #open(): void {
    this.#dialling++
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
        this.#opening.add(link)
        return link.open().finally(() => this.#opening.delete(link))
      },
    })
    opening.then(
      (end) => this.#opened(end),
      (error: unknown) => {
        this.#host.deps.log('error', `A connection could not be begun: ${String(error)}`)
        // As a server that does not answer: else it would be begun again at once, for ever.
        this.#opened({ how: 'failed', verdicts: [notBegun] })
      },
    )
  }

  #opened(end: OpeningEnd): void {
    if (end.how === 'ready') return
    this.#dialling--
    if (end.how === 'failed') this.#notOpened(end.verdicts)
    this.#host.slots.release(this)
    this.pump()
  }

  #notOpened(verdicts: readonly HopVerdict[]): void {
    const now = this.#host.micros()
    const verdict = verdicts.findLast(({ code }) => code !== undefined) ?? verdicts.at(-1) ?? notBegun
    if (this.#links.size > 0) {
      // Others work: it may have been one too many.
      this.#trouble.ask(now)
      this.#cap = { most: this.#links.size, until: now + capFor }
      return
    }
    const never = verdict.never && verdicts.every((one) => one.never)
    const { words, code, enhanced, host, session, seq } = verdict
    if (code === 421) this.#asked.ask(now)
    // The one attempt was for all that waited for it, and is remembered once: there may be a hundred thousand.
    const entries = [...this.#again.splice(0), ...this.#ready.takeAll()]
    const said = { outcome: never ? 'failed' : 'again', words, code, enhanced, host } as const
    const of = session === '' ? {} : { session, seq }
    const tried = tryOf([{ address: '', ...said }], { at: this.#host.now().toISOString(), ...of, host })
    this.#settleAll(entries, (entry) => {
      const outcomes = openOf(entry.leg).map(({ address }): RecipientOutcome => ({ address, ...said }))
      this.#host.settled(entry, outcomes, tried)
    })
  }

  #settleAll(entries: readonly Entry[], settle: (entry: Entry) => void): void {
    for (const entry of entries.slice(0, inOneTurn)) if (this.#holds(entry)) settle(entry)
    if (entries.length > inOneTurn) setImmediate(() => this.#settleAll(entries.slice(inOneTurn), settle))
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
