/**
 * Owns: which limits hold together, and where they are counted.
 *
 * A limit belongs to a queue, as PowerMTA has it: the mail of one domain by one virtual MTA, whatever route it takes. So
 * `domain *` with a limit is one for each domain by itself. There is one exception: an entry that names a smarthost beside
 * its limits speaks of that smarthost. Its limits hold for all that goes by this entry together, as a rollup queue of
 * PowerMTA: whoever writes `max-msg-rate 100/h` beside the smarthost of a provider means what the provider allows, and a
 * thousand domains that had the limit each for itself would send a thousand times as much. A domain with a limit in a
 * nearer entry is a queue of its own again, with all its limits for itself.
 *
 * Where no entry sets a limit the default holds for each route, whatever domains share it.
 */
import type { OutboundRules } from '#shared/relay/outbound.ts'
import { Allowance } from './allowance.ts'
import type { SmtpRoute } from './types.ts'

/** Microseconds between two looks for what may go. */
const sweepEvery = 10_000_000
/** Queues whose rate is remembered although they have no mail now; the oldest are forgotten, and may send one message too early. */
const mostIdle = 100_000

export interface Queued {
  domain: string
  /** That the rules have. */
  virtualMta: string | undefined
  route: Pick<SmtpRoute, 'key' | 'rules'>
}

type From = Pick<OutboundRules, 'from'>

const entriesOf = ({ from: { maxConnections, maxRate } }: From): string[] =>
  [maxConnections, maxRate].filter((from) => from !== undefined)

/** All limits stand beside the smarthost in one entry, and hold for all that goes by it. */
export const isShared = (rules: From): boolean => {
  const entries = entriesOf(rules)
  return entries.length > 0 && entries.every((from) => from === rules.from.smarthost)
}

/** Which mail shares limits with this. */
export function allowanceKey({ domain, virtualMta, route: { key, rules } }: Queued): string {
  if (isShared(rules)) return `entry ${rules.from.smarthost}`
  return entriesOf(rules).length === 0 ? `route ${key}` : `domain ${domain} ${virtualMta ?? ''}`
}

export class Allowances {
  readonly #all = new Map<string, Allowance>()
  readonly #micros: () => number
  #swept = 0

  constructor(micros: () => number) {
    this.#micros = micros
  }

  get size(): number {
    return this.#all.size
  }

  /** By the rules as they are now. */
  for(key: string, { rules }: Pick<SmtpRoute, 'rules'>): Allowance {
    const now = this.#micros()
    const known = this.#all.get(key)
    if (known !== undefined) {
      known.allow(rules, now)
      return known
    }
    if (now - this.#swept >= sweepEvery) this.#sweep(now)
    const made = new Allowance(rules, now)
    this.#all.set(key, made)
    return made
  }

  #sweep(now: number): void {
    this.#swept = now
    let idle = 0
    for (const [key, one] of this.#all) {
      if (one.lanes > 0) continue
      if (one.isFresh(now)) this.#all.delete(key)
      else idle++
    }
    for (const [key, one] of this.#all) {
      if (idle <= mostIdle) return
      if (one.lanes > 0) continue
      this.#all.delete(key)
      idle--
    }
  }
}
