/** Owns: everything that is derived from one session's log, kept up to date together and incrementally. */
import type { EventLog } from './eventLog.ts'
import { Ladder } from './ladder.ts'
import { PhaseTrack } from './phases.ts'

export class SessionModel {
  readonly ladder = new Ladder()
  readonly phases = new PhaseTrack()

  sync(log: EventLog): this {
    this.ladder.sync(log)
    this.phases.sync(log)
    return this
  }
}
