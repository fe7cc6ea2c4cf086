/**
 * Owns: the course of a leg: from its time over its way to a try, from there to its next time or its end. Each step is in a
 * file of its own; this one moves legs from one to the next.
 */
import type { LegTry } from '#shared/rpc/contract/relay.ts'
import type { Leg, RecipientOutcome, RelayRulesNow, Route } from '../types.ts'
import { type Acting, fulfil, heldByHand } from './acts.ts'
import { Book } from './book.ts'
import { Conclusion } from './conclusion.ts'
import { DueTimer } from './dueTimer.ts'
import type { Entry } from './entry.ts'
import { HopMemory } from './hopMemory.ts'
import type { LaneHost } from './laneTypes.ts'
import { Lanes } from './lanes.ts'
import { Ledger } from './ledger.ts'
import { queueLimits, queueTiming } from './limits.ts'
import { LocalDelivery } from './localDelivery.ts'
import { Planner } from './planner.ts'
import { changesWays } from './rulesChange.ts'
import { rulesOf } from './ruleWords.ts'
import { notLater, openOf, settle, tryOf } from './settle.ts'
import { Slots } from './slots.ts'
import { type End, Teller } from './teller.ts'
import type { QueueDeps } from './types.ts'
import { WayMemory } from './wayMemory.ts'
import { oneLineWords } from './words.ts'

export class Flow implements LaneHost, Acting {
  readonly deps: QueueDeps
  readonly timing
  readonly limits
  readonly slots: Slots
  readonly hops: HopMemory
  readonly ways = new WayMemory()
  readonly book: Book
  readonly ledger: Ledger
  readonly conclusion: Conclusion
  readonly #due = new DueTimer(
    () => this.time(),
    (entry) => this.#plan(entry),
    () => this.#clockSetBack(),
  )
  readonly #lanes: Lanes
  readonly #planner = new Planner((entry) =>
    this.#findWay(entry).catch((error: unknown) => this.#defect(entry, error)),
  )
  readonly #local: LocalDelivery
  rules: RelayRulesNow
  /** Changes with the rules: a way that was found by older ones is none. */
  #epoch = 0
  #begun = false
  #stopping: Promise<void> | null = null
  trouble: string | null = null
  /** So much waits to be stored that nothing is begun. */
  #stalled = false

  constructor(deps: QueueDeps) {
    const { store, log, rules } = deps
    this.deps = deps
    this.rules = rules
    this.timing = { ...queueTiming, ...deps.timing }
    this.limits = { ...queueLimits, ...deps.limits }
    this.slots = new Slots(this.limits.connections, { opening: this.timing.patience, micros: this.micros })
    this.hops = new HopMemory(this.timing.hopMemory)
    this.book = new Book(this.limits.memory)
    this.ledger = new Ledger({
      putLegs: (legs) => store.relay.putLegs(legs),
      stored: (entries) => this.#stored(entries),
      trouble: (words) => this.#troubled(words),
      log,
      retry: this.timing.storeRetry,
    })
    const { ledger, timing } = this
    this.#lanes = new Lanes(this)
    this.#local = new LocalDelivery({ store, ledger, log, now: () => this.now(), settled: (entry, outcomes, tried) => this.settled(entry, outcomes, tried, true) }) // prettier-ignore
    const teller = new Teller({ deps, ledger, timing, added: ({ legs }, bytes) => legs.forEach((leg) => this.take(leg, bytes)) }) // prettier-ignore
    this.conclusion = new Conclusion({
      acting: this,
      teller,
      log,
      givesUpAt: (entry) => entry.leg.message.receivedAt + rulesOf(this.rules, entry).bounceAfter,
      enter: (entry) => this.enter(entry),
      stopping: () => this.#stopping !== null,
    })
  }

  /** What was taken begins to go. */
  begin(): void {
    this.#begun = true
    this.#due.run(this.#goes)
  }

  /** Known ones are left as they are. */
  take(leg: Leg, bytes: Uint8Array | null): void {
    if (this.book.get(leg.id) === undefined) this.enter(this.book.add(leg, bytes))
  }

  setRules(now: RelayRulesNow): void {
    const before = this.rules
    this.rules = now
    this.#epoch++
    for (const entry of [...this.#lanes.recall(), ...this.#local.recall()])
      if (entry.wish === null) this.enter(entry)
      else fulfil(entry, entry.wish, this)
    if (changesWays(before, now)) this.#reconsider()
    this.#due.run(this.#goes)
    this.book.changed()
  }

  stop(): Promise<void> {
    return (this.#stopping ??= this.#stop())
  }

  now(): Date {
    return this.deps.clock.now()
  }

  /** Milliseconds since 1970. */
  time(): number {
    return this.deps.clock.now().getTime()
  }

  readonly micros = (): number => this.deps.clock.micros()

  readonly mayGo = (): boolean => {
    if (!this.#goes || this.trouble !== null) return false
    if (this.ledger.pending < this.limits.unstored) return true
    this.#stalled = true
    return false
  }

  taken(entry: Entry): void {
    this.book.move(entry, 'delivering')
  }

  opens(entry: Entry, opening: boolean): void {
    this.book.opens(entry, opening)
  }

  changed(): void {
    this.book.changed()
  }

  returned(entry: Entry): void {
    this.book.move(entry, 'ready')
    if (entry.wish !== null) fulfil(entry, entry.wish, this)
  }

  settled(entry: Entry, outcomes: readonly RecipientOutcome[], tried: LegTry, local = false): void {
    entry.returned = 0
    this.takeOut(entry)
    const rules = entry.route?.rules ?? rulesOf(this.rules, entry)
    const now = this.time()
    settle(entry.leg, outcomes, tried, { rules, now, random: (this.deps.random ?? Math.random)() })
    this.conclude(entry, { outcomes, tried, local, now })
  }

  takeOut(entry: Entry): void {
    this.#due.remove(entry)
    entry.work = null
    this.book.move(entry, 'settling')
  }

  conclude(entry: Entry, end: End = this.#byHand(entry)): void {
    this.conclusion.conclude(entry, end)
  }

  /** Where it belongs by what it is: held, due or waiting for its time. */
  enter(entry: Entry): void {
    if (entry.leg.state === 'held') return this.book.move(entry, 'held')
    this.book.move(entry, 'waiting')
    notLater(entry.leg, () => rulesOf(this.rules, entry), this.time())
    if (!this.#goes || entry.leg.nextAt > this.time()) return this.#due.push(entry)
    this.#due.remove(entry)
    this.#plan(entry)
  }

  #clockSetBack(): void {
    for (const entry of this.book.all()) if (entry.phase === 'waiting') this.enter(entry)
  }

  /** Legs whose time has come go. */
  get #goes(): boolean {
    return this.#begun && this.#stopping === null && !this.rules.settings.paused
  }

  #plan(entry: Entry): void {
    entry.turn++
    this.book.move(entry, 'planning')
    this.#planner.add(entry)
  }

  async #findWay(entry: Entry): Promise<void> {
    const { turn } = entry
    if (entry.phase !== 'planning' || entry.found === turn) return
    entry.found = turn
    // Its end was decided before: what is missing is that somebody is told.
    if (openOf(entry.leg).length === 0) {
      this.takeOut(entry)
      return this.conclude(entry)
    }
    const epoch = this.#epoch
    const route = await this.deps.router
      .plan(entry.leg, this.rules)
      .catch((error: unknown) => this.#lost(error))
    if (entry.phase !== 'planning' || entry.turn !== turn) return
    if (epoch !== this.#epoch || !this.#goes) this.enter(entry)
    else this.#send(entry, route)
  }

  /** A mistake of this program must not end it, nor lose the leg: it is looked at again a while later. */
  #defect(entry: Entry, error: unknown): void {
    this.deps.log('error', `A message could not go on: ${String(error)}`, { leg: entry.leg.id })
    if (entry.phase !== 'planning') return
    entry.leg.nextAt = this.time() + this.timing.hopMemory
    this.enter(entry)
  }

  #lost(error: unknown): Route {
    this.deps.log('error', `The way of a message could not be found: ${String(error)}`)
    return {
      kind: 'failed',
      permanent: false,
      code: 451,
      enhanced: '4.3.0',
      words: 'This program failed; see its log',
    }
  }

  #send(entry: Entry, route: Route): void {
    entry.route = route.kind === 'smtp' ? route : null
    if (route.kind === 'smtp') {
      this.book.move(entry, 'ready')
      return this.#lanes.add(entry, route)
    }
    if (route.kind === 'inbox') {
      this.book.move(entry, 'delivering')
      return this.#local.add(entry)
    }
    if (route.kind === 'held') {
      entry.leg.state = 'held'
      entry.leg.why = oneLineWords(route.why)
      entry.leg.toAllow = route.toAllow
      // It may wait for weeks: its content is read from the store when it goes.
      this.book.letGo(entry)
      this.book.move(entry, 'held')
      return this.ledger.put(entry)
    }
    const { permanent, code, enhanced, words, seen } = route
    const outcome = permanent ? 'failed' : 'again'
    const said = { outcome, code, enhanced, words: `${code} ${enhanced} ${oneLineWords(words)}` } as const
    const outcomes = openOf(entry.leg).map(({ address }): RecipientOutcome => ({ address, ...said }))
    this.settled(entry, outcomes, tryOf(outcomes, { at: this.now().toISOString(), ...seen }))
  }

  /** No try stands behind it. */
  #byHand({ leg }: Entry): End {
    const tried = leg.history.at(-1) ?? { at: this.now().toISOString(), outcome: 'failed', words: '' }
    return { outcomes: [], tried, local: false, now: this.time() }
  }

  #stored(entries: readonly Entry[]): void {
    for (const entry of entries)
      if (entry.over && !entry.telling && !this.ledger.waits(entry)) this.book.remove(entry)
    if (!this.#stalled || this.ledger.pending >= this.limits.unstored / 2) return
    this.#stalled = false
    this.#lanes.pump()
  }

  /** Another place to go to, or another permission: what was held for the old ones is looked at again. */
  #reconsider(): void {
    for (const entry of this.book.all()) {
      if (entry.phase !== 'held' || entry.leg.why === heldByHand) continue
      entry.leg.state = 'waiting'
      delete entry.leg.why
      delete entry.leg.toAllow
      this.enter(entry)
    }
  }

  #troubled(words: string | null): void {
    this.trouble = words
    this.book.changed()
    if (words === null) this.#lanes.pump()
  }

  async #stop(): Promise<void> {
    this.#due.run(false)
    this.#local.close()
    this.#lanes.recall()
    await Promise.race([this.slots.empty(), elapsed(this.timing.politely)])
    this.#lanes.cut()
    const told = this.slots.empty().then(() => this.conclusion.idle())
    await Promise.race([told.then(() => this.ledger.flushed()), elapsed(this.timing.politely)])
    this.ledger.close()
  }
}

const elapsed = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms).unref())
