/** Owns: how many legs are written into the Inbox at once, and what came of each. */
import type { LegTry } from '#shared/rpc/contract/relay.ts'
import type { Log } from '../../ports.ts'
import type { RecipientOutcome } from '../types.ts'
import type { Entry, Work } from './entry.ts'
import { Fifo } from './fifo.ts'
import type { Ledger } from './ledger.ts'
import { deliverLocally } from './local.ts'
import { openOf, tryOf } from './settle.ts'
import type { QueueDeps } from './types.ts'

const mostAtOnce = 64

export interface LocalParts {
  store: Pick<QueueDeps['store'], 'readContent' | 'openContent'>
  ledger: Pick<Ledger, 'insist'>
  log: Log
  now: () => Date
  settled: (entry: Entry, outcomes: readonly RecipientOutcome[], tried: LegTry) => void
}

export class LocalDelivery implements Work {
  readonly #parts: LocalParts
  readonly #waiting = new Fifo<Entry>()
  #running = 0
  #closed = false

  constructor(parts: LocalParts) {
    this.#parts = parts
  }

  add(entry: Entry): void {
    entry.work = this
    this.#waiting.push(entry)
    this.#go()
  }

  /** What is not begun, to find its way anew. */
  recall(): Entry[] {
    return this.#waiting.takeAll()
  }

  /** Nothing further is begun. */
  close(): void {
    this.#closed = true
    this.#waiting.takeAll()
  }

  words(): string {
    return 'Writing it into the Inbox'
  }

  #go(): void {
    while (!this.#closed && this.#running < mostAtOnce && this.#waiting.length > 0) {
      this.#running++
      const entry = this.#waiting.shift()!
      const delivered = this.#deliver(entry).catch((error: unknown) => {
        this.#parts.log('error', `A message could not go on: ${String(error)}`, { leg: entry.leg.id })
      })
      void delivered.finally(() => {
        this.#running--
        this.#go()
      })
    }
  }

  async #deliver(entry: Entry): Promise<void> {
    const { store, ledger, log, now, settled } = this.#parts
    const at = now().toISOString()
    const { leg, bytes } = entry
    let outcomes: RecipientOutcome[]
    try {
      outcomes = await ledger.insist(() => deliverLocally(leg, bytes, store))
    } catch (error) {
      if (this.#closed) return
      log('error', `A message could not be written into the Inbox: ${String(error)}`, { leg: leg.id })
      const words = '451 4.3.0 It could not be written into the Inbox; see the log'
      outcomes = openOf(leg).map(({ address }) => ({
        address,
        outcome: 'again',
        words,
        code: 451,
        enhanced: '4.3.0',
      }))
    }
    settled(entry, outcomes, tryOf(outcomes, { at, host: 'Inbox' }))
  }
}
