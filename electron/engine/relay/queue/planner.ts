/**
 * Owns: how many legs look for their way at once: few of one domain, and what looks for long leaves its place to others, so
 * that domains whose name servers are silent hold up themselves alone.
 */
import { Places } from '../places.ts'
import type { Entry } from './entry.ts'
import { Fifo } from './fifo.ts'
import { inOneTurn } from './limits.ts'

const mostOfOne = 8
const mostOfAll = 256
/** Milliseconds: who has found no way by then waits for somebody who is silent. So many may do that beside the others. */
const long = 3000
const mostLong = 1024

interface Group {
  running: number
  waiting: Fifo<Entry>
}

export class Planner {
  readonly #plan: (entry: Entry) => Promise<void>
  readonly #groups = new Map<string, Group>()
  /** Domains with work, in their turns. */
  readonly #turns = new Set<string>()
  readonly #places = new Places({ most: mostOfAll, mostLong, long, freed: () => this.#go() })
  /** Begun since others had their turn; ways that are known are found without one. */
  #begun = 0
  #resting = false

  /** `plan` is run for each; it does not reject. */
  constructor(plan: (entry: Entry) => Promise<void>) {
    this.#plan = plan
  }

  add(entry: Entry): void {
    const { domain } = entry.leg
    let group = this.#groups.get(domain)
    if (group === undefined) {
      group = { running: 0, waiting: new Fifo() }
      this.#groups.set(domain, group)
    }
    group.waiting.push(entry)
    this.#turns.add(domain)
    this.#go()
  }

  #go(): void {
    for (const domain of this.#turns) {
      if (!this.#places.free || this.#rests()) return
      this.#turns.delete(domain)
      const group = this.#groups.get(domain)!
      const entry = group.running < mostOfOne ? group.waiting.shift() : undefined
      if (entry === undefined) continue
      // Behind the others: each has its turn. A set that grows while it is walked is walked to its end.
      if (group.waiting.length > 0) this.#turns.add(domain)
      group.running++
      const back = this.#places.take()
      void this.#plan(entry).finally(() => {
        back?.()
        this.#done(domain, group)
      })
    }
  }

  #rests(): boolean {
    if (this.#resting || this.#begun++ < inOneTurn) return this.#resting
    this.#resting = true
    setImmediate(() => {
      this.#resting = false
      this.#begun = 0
      this.#go()
    })
    return true
  }

  #done(domain: string, group: Group): void {
    group.running--
    if (group.waiting.length > 0) this.#turns.add(domain)
    else if (group.running === 0) this.#groups.delete(domain)
    this.#go()
  }
}
