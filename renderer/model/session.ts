/** Owns: everything that is derived from one session's log, kept up to date together and incrementally. */
import { readEvent, type EventLog } from './eventLog.ts'
import { Facets } from './facets.ts'
import { Ladder } from './ladder.ts'
import { Overview } from './overview.ts'
import { PhaseTrack } from './phases.ts'
import { StateTrack } from './stateTrack.ts'

/** Events read at one go, a part of a frame: a log that is there already may have a million. */
export const readAtOnce = 10_000

export class SessionModel {
  readonly ladder = new Ladder()
  readonly phases = new PhaseTrack()
  readonly overview = new Overview()
  readonly facets = new Facets()
  readonly states = new StateTrack()
  #read = 0

  /** Reads what the log has more than at the last call, at most `most` events of it. */
  sync(log: EventLog, most = readAtOnce): this {
    const end = Math.min(log.length, this.#read + most)
    for (; this.#read < end; this.#read++) {
      const event = readEvent(log, this.#read)!
      this.ladder.take(log, event)
      this.phases.take(event)
      this.overview.take(event)
      this.facets.take(event)
      this.states.take(event)
    }
    if (log.ended && end === log.length) this.ladder.finish(log)
    return this
  }

  /** Events of the log that have been read. */
  get read(): number {
    return this.#read
  }

  /** Not the whole log has been read: call `sync` once more, in a later frame. */
  isBehind(log: EventLog): boolean {
    return this.#read < log.length
  }
}
