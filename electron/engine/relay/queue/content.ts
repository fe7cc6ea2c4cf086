/**
 * Owns: a message as it goes on: the octets as received, behind the prefix, without what is cut out. From memory where it
 * is there, else from the store in stretches, never whole.
 */
import { isAscii, utf8 } from '#shared/bytes/bytes.ts'
import type { MessageSource, Stretch } from '../../dialogue/content.ts'
import type { Store } from '../../store/types.ts'
import type { QueuedMessage, Rewriting } from '../types.ts'

/** Octets read from the store at once. */
const stretch = 262_144
/** Up to here prefix and content are joined: they leave as one line of the machine. */
const joined = 65_536

export type Piece = readonly [from: number, to: number]

/** What is left of `size` octets without the cuts; those that overlap, run backwards or end behind it do no harm. */
export function keptPieces(size: number, cuts: Rewriting['cuts']): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const [from, to] of cuts.toSorted(([a], [b]) => a - b)) {
    if (to <= from) continue
    if (from > at) pieces.push([at, Math.min(from, size)])
    at = Math.max(at, to)
    if (at >= size) break
  }
  if (at < size) pieces.push([at, size])
  return pieces.filter(([from, to]) => to > from)
}

/** A source that says how much of it has been asked for. */
export interface GoingSource extends MessageSource {
  readonly given: number
}

/** Reads octets [from, to) of the content as received; null when it is gone. */
export type ReadOctets = (from: number, to: number) => Uint8Array | null | Promise<Uint8Array | null>

/** Null when the store has the content no more. Rejects with a StoreError. */
export function openContent(
  message: QueuedMessage,
  bytes: Uint8Array | null,
  store: Pick<Store, 'readContent'>,
  before = '',
): GoingSource | null | Promise<GoingSource | null> {
  const prefix = utf8(before + message.prefix)
  const pieces = keptPieces(message.size, message.cuts)
  const eightBit = message.eightBit || !isAscii(before + message.prefix)
  const made = { prefix, pieces, eightBit, utf8: message.utf8 }
  if (bytes !== null) return new Rewritten(made, (from, to) => bytes.subarray(from, to), true)
  return whenThere(message, store, (read) => new Rewritten(made, read, false))
}

/** What is gone must be known before MAIL, not inside the content. */
async function whenThere<T>(
  { session, body, size }: QueuedMessage,
  store: Pick<Store, 'readContent'>,
  make: (read: ReadOctets) => T,
): Promise<T | null> {
  const read = await store.readContent(session, body, 0, Math.min(size, stretch))
  if (read === null || read.total !== size) return null
  let first: Uint8Array | null = read.bytes
  return make((from, to) => {
    if (first !== null && to <= first.length) return first.subarray(from, to)
    first = null
    return store.readContent(session, body, from, to - from).then((more) => more?.bytes ?? null)
  })
}

interface Made {
  prefix: Uint8Array
  pieces: readonly Piece[]
  eightBit: boolean
  utf8: boolean
}

class Rewritten implements GoingSource {
  readonly size: number
  readonly eightBit: boolean
  readonly utf8: boolean
  readonly #read: ReadOctets
  readonly #pieces: Piece[]
  /** Read and not given yet. */
  #ready: Uint8Array
  given = 0

  constructor({ prefix, pieces, eightBit, utf8: isUtf8 }: Made, read: ReadOctets, here: boolean) {
    this.size = prefix.length + pieces.reduce((sum, [from, to]) => sum + to - from, 0)
    this.eightBit = eightBit
    this.utf8 = isUtf8
    this.#read = read
    const whole = here && this.size <= joined
    this.#ready = whole ? join(this.size, prefix, pieces, read) : prefix
    this.#pieces = whole ? [] : [...pieces]
  }

  read(max: number): Stretch | Promise<Stretch> {
    const piece = this.#pieces[0]
    if (this.#ready.length > 0 || piece === undefined) return this.#give(max)
    const [from, to] = piece
    const end = Math.min(to, from + stretch)
    if (end === to) this.#pieces.shift()
    else this.#pieces[0] = [end, to]
    const read = this.#read(from, end)
    return read instanceof Promise ? read.then((bytes) => this.#took(bytes, max)) : this.#took(read, max)
  }

  #took(bytes: Uint8Array | null, max: number): Stretch {
    if (bytes === null || bytes.length === 0)
      throw new Error('the content of the message is gone from the store')
    this.#ready = bytes
    return this.#give(max)
  }

  #give(max: number): Stretch {
    const bytes = this.#ready.subarray(0, max)
    this.#ready = this.#ready.subarray(bytes.length)
    this.given += bytes.length
    return { bytes, last: this.#ready.length === 0 && this.#pieces.length === 0 }
  }
}

function join(size: number, prefix: Uint8Array, pieces: readonly Piece[], read: ReadOctets): Uint8Array {
  const [only] = pieces
  if (prefix.length === 0 && pieces.length === 1 && only !== undefined) {
    const bytes = read(...only)
    if (bytes instanceof Uint8Array) return bytes
  }
  const whole = new Uint8Array(size)
  whole.set(prefix)
  let at = prefix.length
  for (const [from, to] of pieces) {
    const bytes = read(from, to)
    if (bytes instanceof Uint8Array) whole.set(bytes, at)
    at += to - from
  }
  return whole
}
