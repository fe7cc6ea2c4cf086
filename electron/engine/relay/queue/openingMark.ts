/**
 * Owns: which leg of a lane its first connection is opened for: its try has begun, whatever comes of it. While that lasts
 * whoever looks is told every few seconds: a silent server changes nothing, and what is said of it changes with time.
 */
import type { Entry } from './entry.ts'
import type { LaneHost } from './laneTypes.ts'

/** Milliseconds. */
const tellEvery = 5000

export class OpeningMark {
  readonly #host: Pick<LaneHost, 'opens' | 'changed'>
  #entry: Entry | undefined
  #telling: NodeJS.Timeout | undefined

  constructor(host: Pick<LaneHost, 'opens' | 'changed'>) {
    this.#host = host
  }

  /** Undefined: none. `holds`: the one of before still waits in the lane, and is not somebody else's by now. */
  set(entry: Entry | undefined, holds: (entry: Entry) => boolean): void {
    const before = this.#entry
    if (before !== undefined && before !== entry && holds(before)) this.#host.opens(before, false)
    this.#entry = entry
    if (entry === undefined) {
      clearInterval(this.#telling)
      this.#telling = undefined
      return
    }
    this.#host.opens(entry, true)
    this.#telling ??= setInterval(() => this.#host.changed(), tellEvery).unref()
  }
}
