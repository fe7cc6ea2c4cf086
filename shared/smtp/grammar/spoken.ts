/**
 * Owns: what a person typed among the lines of a machine, read in two ways. On the wire a piece without a line end runs
 * into the machine's next line; in the person's mind it goes on where it stopped. A secret by either reading is one:
 * `A`, the machine's `QUIT`, `UTH PLAIN ...` is no AUTH for the server, and a password for everybody who reads it.
 */
import type { Shown } from '../machine/types.ts'
import type { MaskContext } from './mask.ts'
import { type Continued, OpenLine } from './openLine.ts'
import { replaceRanges } from './ranges.ts'

export interface Read extends Pick<Continued, 'secrets' | 'announces' | 'complete'> {
  shown: Shown
}

export class Spoken {
  /** As the server sees it. */
  #wire = new OpenLine()
  /** Without the machine's lines; null while that is the same. */
  #hand: OpenLine | null = null

  /** To be gone on with beside this one. */
  copy(): Spoken {
    const spoken = new Spoken()
    spoken.#wire = this.#wire.copy()
    spoken.#hand = this.#hand?.copy() ?? null
    return spoken
  }

  /** What a person would say now, masked; one line or several. */
  read(bytes: Uint8Array, context: MaskContext): Read {
    const wire = this.#wire.read(bytes, context)
    const hand = this.#hand?.read(bytes, context)
    return {
      shown: replaceRanges(bytes, [...wire.ranges, ...(hand?.ranges ?? [])]),
      secrets: [...wire.secrets, ...(hand?.secrets ?? [])],
      announces: wire.announces || hand?.announces === true,
      complete: wire.complete && hand?.complete !== false,
    }
  }

  /** A person said it. */
  typed(bytes: Uint8Array, context: MaskContext): void {
    this.#wire.said(bytes, context)
    this.#hand?.said(bytes, context)
    if (this.#hand?.empty === true) this.#hand = null
  }

  /** The machine said a whole line of its own, or message content: a line begins after it. */
  own(): void {
    if (!this.#wire.empty) this.#hand ??= this.#wire.copy()
    this.#wire.clear()
  }
}
