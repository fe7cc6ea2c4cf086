/** Owns: content that a client sends to a replayed server, by DATA or BDAT: where it ends, and the events that tell of it. */
import { concat } from '../../../bytes/bytes.ts'
import { DotDecoder } from '../../grammar/dotDecoder.ts'
import type { Effect } from '../types.ts'

/** Octets of one content event. */
const stretch = 1 << 20
/** Octets of content in one session. */
export const mostContent = 64 << 20

export interface Taken {
  effects: Effect[]
  ended: boolean
  /** What came behind the end. */
  rest: Uint8Array
}

export class Intake {
  /** Octets of the open body so far. */
  size = 0
  total = 0
  /** Bodies begun in this session. */
  body = 0
  #told = 0
  #decoder: DotDecoder | null = null
  #left = 0
  /** Between two BDATs of one message. */
  #chunked = false
  #last = false

  beginData(): void {
    this.#begin()
    this.#decoder = new DotDecoder()
  }

  /** `size` octets follow. */
  beginChunk(size: number, last: boolean): void {
    if (!this.#chunked) this.#begin()
    this.#decoder = null
    this.#left = size
    this.#last = last
    this.#chunked = !last
  }

  #begin(): void {
    this.body++
    this.size = 0
    this.#told = 0
    this.#chunked = false
  }

  push(wire: Uint8Array): Taken {
    const { bytes, ended, rest } = this.#decoder ? this.#decode(this.#decoder, wire) : this.#count(wire)
    this.size += bytes.length
    this.total += bytes.length
    const effects: Effect[] = bytes.length > 0 ? [{ type: 'content', bytes }] : []
    if (ended || this.size - this.#told >= stretch) effects.push(this.note(ended))
    return { effects, ended, rest }
  }

  #decode(decoder: DotDecoder, wire: Uint8Array): { bytes: Uint8Array; ended: boolean; rest: Uint8Array } {
    const { content, ended, rest } = decoder.push(wire)
    return { bytes: concat(content), ended, rest }
  }

  #count(wire: Uint8Array): { bytes: Uint8Array; ended: boolean; rest: Uint8Array } {
    const bytes = wire.subarray(0, this.#left)
    this.#left -= bytes.length
    return { bytes, ended: this.#left === 0, rest: wire.subarray(bytes.length) }
  }

  get untold(): boolean {
    return this.size > this.#told
  }

  /** The event of what came since the last one. */
  note(ended: boolean): Effect {
    const offset = this.#told
    this.#told = this.size
    const encoding = this.#decoder ? 'data' : 'bdat'
    const last = ended && (encoding === 'data' || this.#last)
    const part = { body: this.body, offset, size: this.size - offset, last, encoding } as const
    return { type: 'note', note: { kind: 'chunk', direction: 'to-server', ...part } }
  }
}
