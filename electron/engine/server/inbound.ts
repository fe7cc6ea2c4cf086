/**
 * Owns: what a client has sent and may not be looked at yet, in order, its end behind it; and reading no further than
 * that. Knows nothing of when it may be looked at.
 */
import type { Input } from '#shared/smtp/machine/types.ts'
import type { Wire } from './wire.ts'

/**
 * Octets that are read ahead of a person who is waited for: a client's hanging up lies behind what it has sent, and would
 * not be seen otherwise. One more read may come on top of it; a thousand held clients cost some 100 MiB at worst.
 */
export const readAhead = 65_536

export class Inbound {
  readonly #wire: Pick<Wire, 'pause' | 'resume'>
  #chunks: Uint8Array[] = []
  #size = 0
  #ended = false

  constructor(wire: Pick<Wire, 'pause' | 'resume'>) {
    this.#wire = wire
  }

  /** Keeps what came, and reads no more until `next` has given all of it, unless some may be read `ahead`. */
  keep(chunk: Uint8Array, ahead: boolean): void {
    this.#chunks.push(chunk)
    this.#size += chunk.length
    if (!ahead || this.#size >= readAhead) this.#wire.pause()
  }

  /** The client will send no more. */
  end(): void {
    this.#ended = true
  }

  /** What comes next; null when there is nothing, and then more is read. */
  next(): Input | null {
    const bytes = this.#chunks.shift()
    if (bytes !== undefined) {
      this.#size -= bytes.length
      return { type: 'bytes', bytes }
    }
    if (this.#ended) return { type: 'ended', how: 'closed', message: 'The client closed the connection.' }
    this.#wire.resume()
    return null
  }

  /** A person is waited for: reads on, as far as may be read ahead. */
  lookAhead(): void {
    if (this.#size < readAhead) this.#wire.resume()
  }

  /** All that is kept, to be dropped or given on at once. */
  take(): Uint8Array[] {
    this.#size = 0
    return this.#chunks.splice(0)
  }
}
