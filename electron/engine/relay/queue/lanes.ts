/**
 * Owns: the ways by their key, and on each of them a lane for each queue that has limits of its own. A lane goes when it has
 * neither legs nor connections, a way when what its server asked for does not matter any more, a limit when it allows all.
 */
import { allowanceKey, Allowances } from './allowances.ts'
import type { Entry } from './entry.ts'
import { Lane } from './lane.ts'
import type { LaneHost } from './laneTypes.ts'
import { mtaOf } from './ruleWords.ts'
import type { SmtpRoute } from './types.ts'
import { Way } from './way.ts'

/** Microseconds between two looks for ways that may go. */
const sweepEvery = 10_000_000

export class Lanes {
  readonly #host: LaneHost
  readonly #ways = new Map<string, Way<Lane>>()
  readonly #allowances: Allowances
  #swept = 0

  constructor(host: LaneHost) {
    this.#host = host
    this.#allowances = new Allowances(() => host.micros())
  }

  get size(): number {
    return this.#ways.size
  }

  /** The leg is ready: the next free connection of its queue on its way takes it. */
  add(entry: Entry, route: SmtpRoute): void {
    const way = this.#way(route.key)
    const key = allowanceKey({ domain: entry.leg.domain, virtualMta: mtaOf(this.#host.rules, entry), route })
    const allowance = this.#allowances.for(key, route)
    const lane = way.lane(key, () => {
      allowance.lanes++
      return new Lane({ host: this.#host, way, allowance, route, emptied: () => this.#emptied(way, key) })
    })
    lane.add(entry, route)
  }

  pump(): void {
    for (const way of this.#ways.values()) for (const lane of way.lanes()) lane.pump()
  }

  /** All that is ready, to find its way anew; connections end behind what is under way. */
  recall(): Entry[] {
    return [...this.#ways.values()].flatMap((way) => way.recall())
  }

  cut(): void {
    for (const way of this.#ways.values()) for (const lane of way.lanes()) lane.cut()
  }

  #emptied(way: Way<Lane>, key: string): void {
    const lane = way.drop(key)
    if (lane !== undefined) lane.allowance.lanes--
  }

  #way(key: string): Way<Lane> {
    let way = this.#ways.get(key)
    if (way === undefined) {
      this.#sweep()
      way = new Way(key, this.#host)
      this.#ways.set(key, way)
    }
    way.used = this.#host.micros()
    return way
  }

  #sweep(): void {
    const now = this.#host.micros()
    if (now - this.#swept < sweepEvery) return
    this.#swept = now
    for (const [key, way] of this.#ways) if (way.isIdle(now)) this.#ways.delete(key)
  }
}
