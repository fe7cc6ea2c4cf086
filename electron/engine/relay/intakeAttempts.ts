/**
 * Owns: the attempts of the last moment on their way to the store, which takes them in batches. Under a flood they are
 * bounded by the rules that their traces name: what was accepted goes first, then what was refused, and what is left out is
 * counted and said. The sentence of every decision stands in its dialogue all the same.
 */
import type { RelayAttemptRow } from '#shared/rpc/contract/relay.ts'
import type { Log } from '../ports.ts'
import type { RelayStore } from './types.ts'

export interface LeftOut {
  relayed: number
  refused: number
}

export interface AttemptsOptions {
  store: Pick<RelayStore, 'queueAttempts'>
  log: Log
  /** Milliseconds until a batch goes. */
  wait?: number
  /** Weight of a batch: each attempt counts one for itself and one for each step of its trace. */
  most?: number
}

const usual = { wait: 200, most: 20_000 }

interface Kept {
  row: RelayAttemptRow
  place: number
  weight: number
}

export class Attempts {
  readonly #store: AttemptsOptions['store']
  readonly #log: Log
  readonly #wait: number
  readonly #most: number
  #refused: Kept[] = []
  #relayed: Kept[] = []
  #weight = 0
  #count = 0
  #timer: NodeJS.Timeout | null = null
  #said: LeftOut = { relayed: 0, refused: 0 }
  /** Since the program began. */
  readonly leftOut: LeftOut = { relayed: 0, refused: 0 }

  constructor({ store, log, wait = usual.wait, most = usual.most }: AttemptsOptions) {
    this.#store = store
    this.#log = log
    this.#wait = wait
    this.#most = most
  }

  add(row: RelayAttemptRow): void {
    this.#timer ??= setTimeout(() => this.flush(), this.#wait)
    const { relay, trace } = row.decision
    const weight = 1 + trace.length
    if (!this.#makeRoom(weight, relay)) {
      this.leftOut[relay ? 'relayed' : 'refused']++
      return
    }
    this.#weight += weight
    const kept = relay ? this.#relayed : this.#refused
    kept.push({ row, place: this.#count++, weight })
  }

  /** Gives the store what there is, in the order in which it came. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    const all = [...this.#relayed, ...this.#refused].toSorted((a, b) => a.place - b.place)
    this.#relayed = []
    this.#refused = []
    this.#weight = 0
    if (all.length > 0) this.#store.queueAttempts(all.map(({ row }) => row))
    this.#say()
  }

  /** A refusal takes the room of what was relayed, the newest first; one attempt always has room. */
  #makeRoom(weight: number, relay: boolean): boolean {
    const yielding = relay ? [] : this.#relayed
    while (this.#weight + weight > this.#most && yielding.length > 0) {
      this.#weight -= yielding.pop()!.weight
      this.leftOut.relayed++
    }
    return this.#weight === 0 || this.#weight + weight <= this.#most
  }

  #say(): void {
    const relayed = this.leftOut.relayed - this.#said.relayed
    const refused = this.leftOut.refused - this.#said.refused
    if (relayed + refused === 0) return
    this.#said = { ...this.leftOut }
    this.#log(
      'warn',
      'So many recipients were asked for at once that some are not in the list of attempts; their dialogues say what was decided',
      { relayed, refused },
    )
  }
}
