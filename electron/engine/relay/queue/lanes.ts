/** Owns: the lanes by their key. One that nothing needs goes when its pauses and its rate do not matter any more. */
import type { Entry } from './entry.ts'
import { Lane } from './lane.ts'
import type { LaneHost } from './laneTypes.ts'
import type { SmtpRoute } from './types.ts'

/** Microseconds between two looks for lanes that may go. */
const sweepEvery = 10_000_000

export class Lanes {
  readonly #host: LaneHost
  readonly #lanes = new Map<string, Lane>()
  #swept = 0

  constructor(host: LaneHost) {
    this.#host = host
  }

  get size(): number {
    return this.#lanes.size
  }

  /** The leg is ready: the next free connection of its way takes it. */
  add(entry: Entry, route: SmtpRoute): void {
    let lane = this.#lanes.get(route.key)
    if (lane === undefined) {
      this.#sweep()
      lane = new Lane(route, this.#host)
      this.#lanes.set(route.key, lane)
    }
    lane.add(entry, route)
  }

  pump(): void {
    for (const lane of this.#lanes.values()) lane.pump()
  }

  /** All that is ready, to find its way anew; connections end behind what is under way. */
  recall(): Entry[] {
    return [...this.#lanes.values()].flatMap((lane) => lane.recall())
  }

  cut(): void {
    for (const lane of this.#lanes.values()) lane.cut()
  }

  #sweep(): void {
    const now = this.#host.micros()
    if (now - this.#swept < sweepEvery) return
    this.#swept = now
    for (const [key, lane] of this.#lanes) {
      const idle = lane.waiting === 0 && lane.connections === 0
      if (idle && now - lane.used > lane.memory * 1000) this.#lanes.delete(key)
    }
  }
}
