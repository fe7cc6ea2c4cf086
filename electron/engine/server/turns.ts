/**
 * Owns: the turns of one session: an input goes to the machine, and everything that follows from it is worked off in the
 * order in which it was made, what follows from that included.
 */
import type { Effect, Input, Machine } from '#shared/smtp/machine/types.ts'

export interface TurnsOptions {
  machine: Pick<Machine, 'handle'>
  perform(effect: Effect): void
  /** The session is over: what is left is not worked off. */
  done(): boolean
  /** A turn is complete. */
  flush(): void
}

export class Turns {
  readonly #options: TurnsOptions
  /** Null between turns. */
  #effects: Effect[] | null = null

  constructor(options: TurnsOptions) {
    this.#options = options
  }

  /** One input and everything that follows from it at once; inside a turn its effects are added to that turn's. */
  take(input: Input): void {
    const options = this.#options
    const made = options.machine.handle(input)
    if (this.#effects !== null) {
      for (const effect of made) this.#effects.push(effect)
      return
    }
    const effects = (this.#effects = made)
    for (let i = 0; i < effects.length && !options.done(); i++) options.perform(effects[i]!)
    this.abandon()
    options.flush()
  }

  /** After a defect in the middle of a turn. */
  abandon(): void {
    this.#effects = null
  }
}
