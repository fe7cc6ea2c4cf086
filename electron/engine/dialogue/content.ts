/** Owns: what the driver needs of the message it sends: octets in stretches, and a copy kept beside the transcript. */

export interface Stretch {
  bytes: Uint8Array
  /** True with the stretch that ends the message. */
  last: boolean
}

/** A message to send. The reader asks for one stretch at a time; `read` may answer at once or later, and may reject. */
export interface MessageSource {
  /** Octets, before dot-stuffing. */
  readonly size: number
  /** Octets above 127 in it (RFC 6152), and such octets in a header field (RFC 6531). */
  readonly eightBit: boolean
  readonly utf8: boolean
  read(max: number): Stretch | Promise<Stretch>
}

/** Keeps the sent octets for the transcript's reader; the store's content writer is one. */
export interface ContentKeeper {
  append(bytes: Uint8Array): boolean
  drain(): Promise<void>
  keep(): Promise<void>
}

const failed = async (error: unknown): Promise<never> => {
  throw error
}

/** Reads the message for the driver, and gives what it read to the keeper: what was begun is kept, whole or cut off. */
export class ContentFeeder {
  readonly #source: MessageSource | null
  readonly #open: (() => ContentKeeper) | undefined
  #keeper: ContentKeeper | undefined
  #over = false

  constructor(source: MessageSource | null, open: (() => ContentKeeper) | undefined) {
    this.#source = source
    this.#open = open
  }

  /**
   * Without a source the content is empty. At once where the source answers so, else later; never throws. Rejects when the
   * source throws or rejects, or the keeper cannot take more.
   */
  read(max: number): Stretch | Promise<Stretch> {
    if (!this.#source) return { bytes: new Uint8Array(), last: true }
    try {
      const stretch = this.#source.read(max)
      return stretch instanceof Promise ? stretch.then((later) => this.#keep(later)) : this.#keep(stretch)
    } catch (error) {
      return failed(error)
    }
  }

  #keep(stretch: Stretch): Stretch | Promise<Stretch> {
    if (this.#over) return stretch
    this.#keeper ??= this.#open?.()
    const roomy = this.#keeper?.append(stretch.bytes) !== false
    return roomy ? stretch : this.#keeper!.drain().then(() => stretch)
  }

  /** Resolves when all that was read is kept. */
  async end(): Promise<void> {
    this.#over = true
    await this.#keeper?.keep()
  }
}
