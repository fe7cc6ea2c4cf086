/** Owns: lines that a machine wants to send and that have not left, in order; those that a person added go first. */
import type { Outgoing } from '#shared/smtp/machine/types.ts'

export interface Waiting {
  line: Outgoing
  /** A person added it: it goes before a line that is held, and is not held itself. */
  free: boolean
}

export class Outbox {
  readonly #lines: Waiting[] = []
  /** The machine sends the very same array that it was given. */
  readonly #inserted = new WeakSet<Uint8Array>()
  readonly #added = new Set<number>()

  /** A line with these octets will come from the machine because a person added it. */
  expect(bytes: Uint8Array): void {
    this.#inserted.add(bytes)
  }

  push(line: Outgoing): void {
    const free = this.#inserted.has(line.bytes)
    if (free) this.#added.add(line.id)
    this.#lines.splice(free ? 0 : this.#lines.length, 0, { line, free })
  }

  get first(): Waiting | undefined {
    return this.#lines[0]
  }

  remove(line: Outgoing): void {
    const at = this.#lines.findIndex((entry) => entry.line === line)
    if (at >= 0) this.#lines.splice(at, 1)
  }

  /** Whether a person added the line with this id; asked once, when it has been sent. */
  wasAdded(id: number): boolean {
    return this.#added.delete(id)
  }

  clear(): void {
    this.#lines.length = 0
  }
}
