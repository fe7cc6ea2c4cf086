/**
 * Owns: one message's octets while they pass on their way to the store: the beginning of them in memory, up to 256 KiB, and
 * what the relay has to know of all of them: how many, whether all are ASCII, whether every line ends in CRLF.
 */
import { isAscii } from 'node:buffer'
import { headerEnd } from './intakeHeader.ts'
import type { Memory } from './intakeMemory.ts'

/** Octets of the beginning that are kept; a smaller message is kept whole. */
export const mostKept = 256 * 1024
/** Octets that are kept of any message, however little room there is: most headers are shorter. */
export const alwaysKept = 16 * 1024
const first = 4096

const [lf, cr] = [0x0a, 0x0d]

export interface Passed {
  /** Octets in all. */
  size: number
  /** The beginning: all of them where `whole`. */
  head: Uint8Array
  whole: boolean
  eightBit: boolean
  /** A CR without LF, or an LF without CR. */
  bareLineEnds: boolean
  /** There was no room for the header: it cannot be judged. */
  headerLost: boolean
}

export class IntakeContent {
  readonly #memory: Memory
  #buffer: Uint8Array = new Uint8Array(0)
  #used = 0
  #size = 0
  #full = false
  #headerLost = false
  #eightBit = false
  #bare = false
  /** The last octet was a CR. */
  #pending = false

  constructor(memory: Memory) {
    this.#memory = memory
  }

  see(bytes: Uint8Array): void {
    this.#size += bytes.length
    if (!this.#eightBit && !isAscii(bytes)) this.#eightBit = true
    this.#watchLineEnds(bytes)
    if (!this.#full) this.#keep(bytes.subarray(0, mostKept - this.#used))
  }

  /** What passed. The octets stay counted until `release`. */
  passed(): Passed {
    return {
      size: this.#size,
      head: this.#buffer.subarray(0, this.#used),
      whole: this.#used === this.#size,
      eightBit: this.#eightBit,
      bareLineEnds: this.#bare || this.#pending,
      headerLost: this.#headerLost,
    }
  }

  release(): void {
    this.#memory.give(this.#buffer.length)
    this.#buffer = new Uint8Array(0)
    this.#used = 0
    this.#full = true
  }

  #keep(bytes: Uint8Array): void {
    if (this.#room(this.#used + bytes.length)) this.#add(bytes)
    else {
      this.#room(Math.min(this.#used + bytes.length, alwaysKept))
      this.#add(bytes.subarray(0, this.#buffer.length - this.#used))
      this.#full = true
      // Without room a message is judged by its header alone, which has to be there.
      this.#headerLost = headerEnd(this.#buffer.subarray(0, this.#used)) < 0
    }
    if (this.#used === mostKept) this.#full = true
  }

  #add(bytes: Uint8Array): void {
    this.#buffer.set(bytes, this.#used)
    this.#used += bytes.length
  }

  #room(wanted: number): boolean {
    return wanted <= this.#buffer.length || this.#grow(wanted)
  }

  #grow(wanted: number): boolean {
    let room = Math.max(first, this.#buffer.length)
    while (room < wanted) room *= 2
    const more = room - this.#buffer.length
    if (room <= alwaysKept) this.#memory.force(more)
    else if (!this.#memory.take(more)) return false
    const grown = new Uint8Array(room)
    grown.set(this.#buffer.subarray(0, this.#used))
    this.#buffer = grown
    return true
  }

  /** By DATA the machine has looked already; BDAT brings octets as they are (RFC 3030), and they may go on by DATA. */
  #watchLineEnds(bytes: Uint8Array): void {
    if (this.#bare || bytes.length === 0) return
    let at = 0
    if (this.#pending) {
      this.#pending = false
      if (bytes[0] !== lf) return void (this.#bare = true)
      at = 1
    }
    for (;;) {
      const [nextCr, nextLf] = [bytes.indexOf(cr, at), bytes.indexOf(lf, at)]
      if (nextCr < 0 && nextLf < 0) return
      if (nextCr >= 0 && nextLf < 0 && nextCr === bytes.length - 1) return void (this.#pending = true)
      if (nextLf !== nextCr + 1 || nextCr < 0) return void (this.#bare = true)
      at = nextLf + 1
    }
  }
}
