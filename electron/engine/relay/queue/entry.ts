/** Owns: one open leg while it is in memory: where it stands, beside what the store knows of it. */
import type { Leg } from '../types.ts'
import type { SmtpRoute } from './types.ts'

/**
 * `waiting`: for its time; `planning`: its way is looked for; `ready`: for a connection; `delivering`: a try runs;
 * `settling`: the try is over and what it came to is not stored yet; `held`: for a person.
 */
export type Phase = 'waiting' | 'planning' | 'ready' | 'delivering' | 'settling' | 'held'

/** What a person asked for while a try ran: done when the try has not ended it. */
export type Wish = 'hold' | 'drop' | 'bounce'

/** Who works on it, for a person who looks. */
export interface Work {
  words(entry: Entry): string
}

export class Entry {
  readonly leg: Leg
  /** Content as received, for the first try; null: it is read from the store. */
  bytes: Uint8Array | null
  /** Changed by the book alone, which counts. */
  phase: Phase = 'waiting'
  /** In the heap; -1: not in it. */
  place = -1
  route: SmtpRoute | null = null
  work: Work | null = null
  /** A connection is being opened for it; changed by the book alone, and only while it is `ready`. */
  opening = false
  wish: Wish | null = null
  /** Its sender is being told: until that is durable what the leg came to must not be stored, or after a kill nobody would be. */
  telling = false
  /** Times in a row that it came back from a connection that had not taken it up. */
  returned = 0
  /** Grows with each time that its way is to be found; `found` is the last of them that was begun. */
  turn = 0
  found = 0

  constructor(leg: Leg, bytes: Uint8Array | null) {
    this.leg = leg
    this.bytes = bytes
  }

  get virtualMta(): string | undefined {
    const chosen = this.leg.virtualMta ?? this.leg.message.virtualMta
    return chosen === '' ? undefined : chosen
  }

  get over(): boolean {
    return this.leg.state !== 'waiting' && this.leg.state !== 'held'
  }
}
