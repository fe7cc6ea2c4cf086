/**
 * Owns: the turns of one session: an input goes to the machine, and everything that follows from it is worked off in the
 * order in which it was made, what follows from that included.
 */
import type { Effect, Input, Machine } from '#shared/smtp/machine/types.ts'

export interface TurnsOptions {
  machine: Pick<Machine, 'handle'>
  perform: (effect: Effect) => void
  /** The session is over: what is left is not worked off. */
  done: () => boolean
  /** A turn is complete. */
  flush: () => void
}

export class Turns {
  readonly #options: TurnsOptions
  #effects: Effect[] = []
  #running = false

  constructor(options: TurnsOptions) {
    this.#options = options
  }

  /** One input and everything that follows from it at once; inside a turn its effects are added to that turn's. */
  take(input: Input): void {
    const { machine, perform, done, flush } = this.#options
    const effects = this.#effects
    for (const effect of machine.handle(input)) effects.push(effect)
    if (this.#running) return
    this.#running = true
    for (let i = 0; i < effects.length && !done(); i++) perform(effects[i]!)
    this.abandon()
    flush()
  }

  /** After a defect in the middle of a turn. */
  abandon(): void {
    this.#effects = []
    this.#running = false
  }
}
