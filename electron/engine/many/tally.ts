/** Owns: the figures of a run: what was taken, refused and failed, how long it took, failures by kind. Bounded. */
import type { ManyFailure, ManyProgress } from '#shared/rpc/contract/many.ts'
import { Histogram } from './histogram.ts'
import type { Missed } from './judge.ts'

/** Kinds of failure that are told apart. */
const mostKinds = 50
export const otherKinds = 'other'

export type Settled = 'accepted' | 'rejected' | 'failed'

export class Tally {
  readonly connect = new Histogram()
  readonly latency = new Histogram()
  readonly #failures = new Map<string, ManyFailure>()
  accepted = 0
  partly = 0
  rejected = 0
  failed = 0
  octets = 0
  opened = 0
  failedConnections = 0
  pauseMessage: string | undefined

  get settled(): number {
    return this.accepted + this.rejected + this.failed
  }

  took(octets: number, micros: number): void {
    this.accepted++
    this.octets += octets
    this.latency.add(micros)
  }

  /**
   * Answers with the kind when this is the first of it, whose dialogue is worth keeping. One finding may stand for several
   * replies: no room now (452) and no mail of this kind ever (554) are two kinds, because two things are to be done.
   */
  missed(how: 'rejected' | 'failed' | 'partly', missed: Missed): ManyFailure | undefined {
    this[how]++
    const own = `${missed.code} ${missed.reply ?? ''}`
    const room = this.#failures.size < mostKinds || this.#failures.has(own)
    const kind = room ? own : otherKinds
    const known = this.#failures.get(kind)
    if (known) {
      known.count++
      return undefined
    }
    const { code, message, next } = missed
    const base = { code: room ? code : otherKinds, message: message.slice(0, 500), count: 1 }
    const first: ManyFailure = next === undefined ? base : { ...base, next: next.slice(0, 500) }
    this.#failures.set(kind, first)
    return first
  }

  /** The most frequent first. */
  get failures(): ManyFailure[] {
    return [...this.#failures.values()].toSorted((a, b) => b.count - a.count).map((one) => ({ ...one }))
  }

  figures(
    messages: number,
  ): Omit<
    ManyProgress,
    'phase' | 'rate' | 'average' | 'elapsed' | 'kept' | 'done' | 'connections' | 'backedOff'
  > {
    const { accepted, partly, rejected, failed, octets } = this
    return {
      messages,
      accepted,
      partly,
      rejected,
      failed,
      unsent: messages - this.settled,
      octets,
      connect: this.connect.read(),
      latency: this.latency.read(),
      failures: this.failures,
    }
  }
}
