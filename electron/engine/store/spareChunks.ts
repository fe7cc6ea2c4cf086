/**
 * Owns: buffers of chunk size that went to the store's thread and came back, to be filled anew. A fast sender of large
 * messages would else make four thousand a gigabyte, and the collector spend a fifth of the time on them.
 */
import { chunkSize } from './schema.ts'

/** Buffers kept: 4 MiB. */
const mostSpare = 16

export class SpareChunks {
  #spare: ArrayBuffer[] = []

  /** A whole chunk's room. What stands in it is of another message: only what was written since may leave it. */
  take(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#spare.pop() ?? new ArrayBuffer(chunkSize))
  }

  giveBack(buffers: readonly ArrayBuffer[]): void {
    for (const buffer of buffers) {
      if (this.#spare.length < mostSpare && buffer.byteLength === chunkSize) this.#spare.push(buffer)
    }
  }
}
