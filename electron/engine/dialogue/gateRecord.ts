/** Owns: what the transcript is told of the gate: who changed what, and how long a line was held. */
import { toByteString } from '#shared/bytes/bytes.ts'
import type { Outgoing } from '#shared/smtp/machine/types.ts'
import type { EventOf } from '#shared/transcript/event.ts'
import type { GateJournal } from './gateTypes.ts'
import type { Held } from './held.ts'
import { shownBytes } from './planned.ts'

export class GateRecord {
  readonly #journal: GateJournal
  readonly #direction: 'to-server' | 'to-client'
  readonly #sealed: () => boolean

  constructor(journal: GateJournal, direction: 'to-server' | 'to-client', sealed: () => boolean) {
    this.#journal = journal
    this.#direction = direction
    this.#sealed = sealed
  }

  wait({ line, reason, since }: Held): void {
    this.#journal.write({
      kind: 'wait',
      phase: line.phase,
      direction: 'none',
      ...this.#seal(),
      why: reason.why,
      took: this.#journal.elapsed() - since,
    })
  }

  /** `after` as it may be shown. */
  edit(action: EventOf<'edit'>['action'], line: Outgoing | undefined, after?: Uint8Array): void {
    this.#journal.write({
      kind: 'edit',
      phase: line?.phase ?? 'other',
      direction: this.#direction,
      ...this.#seal(),
      action,
      ...(line ? { before: toByteString(shownBytes(line)) } : {}),
      ...(after ? { after: toByteString(after) } : {}),
    })
  }

  #seal(): { sealed?: true } {
    return this.#sealed() ? { sealed: true } : {}
  }
}
