/** Owns: how many messages of the relay are over, and how many octets of content they still have, counted once and then kept. */
import type { DatabaseSync } from 'node:sqlite'

export interface OverTotals {
  messages: number
  octets: number
}

export class RelayTotals {
  readonly #count
  readonly #shed
  /** Null when it has to be counted anew. */
  #known: OverTotals | null = null

  constructor(db: DatabaseSync) {
    this.#count = db.prepare(
      'SELECT count(*) AS messages, coalesce(sum(size), 0) AS octets FROM relayMessages INDEXED BY relayMessages_over WHERE open = 0',
    )
    this.#shed = db.prepare('UPDATE relayMessages SET size = 0 WHERE n = ? AND open = 0 AND size > 0')
  }

  add(messages: number, octets: number): void {
    if (this.#known === null) return
    this.#known.messages += messages
    this.#known.octets += octets
  }

  /** The content of this message, if it is one, has gone. */
  shed(n: number, size: number): void {
    if (this.#shed.run(n).changes > 0) this.add(0, -size)
  }

  get(): OverTotals {
    if (this.#known === null) {
      const row = this.#count.get()
      this.#known = { messages: Number(row?.['messages']), octets: Number(row?.['octets']) }
    }
    return { ...this.#known }
  }

  rolledBack(): void {
    this.#known = null
  }
}
