/** Owns: reports to senders: which are due, made by the room of reports, durable before anything goes on, and on their way. */
import type { Leg, NewQueued } from '../types.ts'
import type { Entry } from './entry.ts'
import type { Ledger } from './ledger.ts'
import { markTold, readOriginal, type ReportDue, reportsDue, type TryEnd } from './telling.ts'
import type { QueueDeps, Timing } from './types.ts'

export interface TellerParts {
  deps: Pick<QueueDeps, 'store' | 'report'>
  ledger: Pick<Ledger, 'insist'>
  timing: Timing
  /** A report is in the store: it is to be delivered. */
  added: (queued: NewQueued, bytes: Uint8Array) => void
}

export type End = Omit<TryEnd, 'timing'>

export class Teller {
  readonly #parts: TellerParts

  constructor(parts: TellerParts) {
    this.#parts = parts
  }

  due(leg: Leg, end: End): ReportDue[] {
    return reportsDue(leg, { ...end, timing: this.#parts.timing })
  }

  /** Rejects when a report cannot be made, or the queue ends before it is stored; those before it are made and marked. */
  async tell(entry: Entry, due: readonly ReportDue[], { tried }: End, givesUpAt: number): Promise<void> {
    const { deps, ledger, added } = this.#parts
    const { leg, bytes } = entry
    for (const report of due) {
      const original = await readOriginal(leg.message, report.kind, bytes, deps.store)
      const outcome = { leg, recipients: report.outcomes, tried }
      const made = await deps.report(report.kind, outcome, original, new Date(givesUpAt))
      if (made !== null) {
        const { message, legs } = made.queued
        await ledger.insist(() => deps.store.relay.addMessage(message, legs, made.content))
        added(made.queued, made.content)
      }
      markTold(leg, report)
    }
  }
}
