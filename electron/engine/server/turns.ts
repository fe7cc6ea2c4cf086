/**
 * Owns: the turns of one session: an input goes to the machine, and everything that follows from it is worked off in the
 * order in which it was made, what follows from that included.
 */
import type { ServerMachine } from '#shared/smtp/machine/options.ts'
import type { Effect, Input } from '#shared/smtp/machine/types.ts'
import { free, receiving } from './readMemory.ts'

export interface TurnsOptions {
  machine: Pick<ServerMachine, 'handle' | 'state' | 'waiting' | 'transaction'>
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

  /**
   * One input and everything that follows from it at once; inside a turn its effects are added to that turn's. Octets that
   * are data of one message and nothing else are freed: who performs their effects copies what is to stay.
   */
  take(input: Input): void {
    const options = this.#options
    const { machine } = options
    // Lines and what stands behind the end of data may be kept by reference, so only what lies inside the data is freed.
    const before = input.type === 'bytes' && this.#effects === null ? receiving(machine) : null
    const made = machine.handle(input)
    if (this.#effects !== null) {
      for (const effect of made) this.#effects.push(effect)
      return
    }
    const effects = (this.#effects = made)
    for (let i = 0; i < effects.length && !options.done(); i++) options.perform(effects[i]!)
    this.abandon()
    if (before !== null && input.type === 'bytes' && receiving(machine) === before) free(input.bytes)
    options.flush()
  }

  /** After a defect in the middle of a turn. */
  abandon(): void {
    this.#effects = null
  }
}
