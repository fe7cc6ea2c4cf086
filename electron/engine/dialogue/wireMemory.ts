/** Owns: what the gate remembers of the wire: when something last went over it, what can be said again, whether the other side left. */
import { toByteString } from '#shared/bytes/bytes.ts'
import type { Patience } from '#shared/rpc/contract/dialogue.ts'
import type { Outgoing } from '#shared/smtp/machine/types.ts'
import type { GateSide, MachineView } from './gateTypes.ts'
import { shownBytes } from './planned.ts'
import type { Typed } from './typed.ts'

export class WireMemory {
  readonly #side: GateSide
  readonly #now: () => number
  /** Microseconds since the session began. */
  #at = 0
  #left = false
  last: Pick<Typed, 'bytes' | 'shown'> | undefined

  /** `now` in microseconds since the session began. */
  constructor(side: GateSide, now: () => number) {
    this.#side = side
    this.#now = now
  }

  /** From now on the other side waits. */
  touch(): void {
    this.#at = this.#now()
  }

  sent(line: Outgoing, bytes: Uint8Array | undefined, view: MachineView): void {
    this.touch()
    if (this.#side.repeatable(line)) {
      // A line without a mask of its own may go on with one that a person began, and be the rest of its secret.
      const own = bytes === undefined && line.shown.masked.length > 0
      this.last = own
        ? { bytes: line.bytes, shown: shownBytes(line) }
        : this.#side.read(toByteString(bytes ?? line.bytes), view, line)
    }
    this.#side.sent(line, bytes, view)
  }

  leave(): void {
    this.#left = true
  }

  /** How long the other side waits while this line is held. */
  patience(line: Outgoing): Patience {
    return { ...this.#side.patience(line), since: this.#at, ...(this.#left ? { left: true } : {}) }
  }
}
