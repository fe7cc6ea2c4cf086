/** Owns: the queue as the relay's room knows it: loading, the page's questions, a person's acts. */
import { problemOf } from '../../message/problems.ts'
import type { Leg, NewQueued, RelayRulesNow } from '../types.ts'
import { actOn, entriesOf, mtaProblems } from './acts.ts'
import { Flow } from './flow.ts'
import { detailOf, itemOf, listQueue, overItem } from './listing.ts'
import { inOneTurn } from './limits.ts'
import { Recount } from './recount.ts'
import type { QueueDeps, QueueList, QueueQuery, RelayQueue } from './types.ts'

export type { QueueDeps, RelayQueue } from './types.ts'

/** Legs read from the store at once. */
const pageSize = 1000

/** Nothing goes before `load`. */
export function createQueue(deps: QueueDeps): RelayQueue {
  return new DeliveryQueue(deps)
}

class DeliveryQueue implements RelayQueue {
  readonly #flow: Flow
  readonly #recount: Recount

  constructor(deps: QueueDeps) {
    const flow = new Flow(deps)
    this.#flow = flow
    this.#recount = new Recount({ store: deps.store.relay, book: flow.book, log: deps.log })
    flow.book.ended = () => this.#recount.soon()
  }

  get trouble(): string | null {
    return this.#flow.trouble
  }

  async load(): Promise<void> {
    const { relay } = this.#flow.deps.store
    await this.#recount.now()
    for (let after: string | null = null, more = true; more;) {
      const legs: Leg[] = await relay.openLegs(after, pageSize)
      for (const leg of legs) this.#flow.take(leg, null)
      after = legs.at(-1)?.id ?? after
      more = legs.length === pageSize
    }
    this.#flow.begin()
  }

  added({ legs }: NewQueued, bytes: Uint8Array | null): void {
    for (const leg of legs) this.#flow.take(leg, bytes)
  }

  setRules(now: RelayRulesNow): void {
    this.#flow.setRules(now)
  }

  counts() {
    return this.#flow.book.counts()
  }

  queuedBy(virtualMta: string): number {
    return this.#flow.book.queuedBy(virtualMta)
  }

  onChange(listener: () => void): () => void {
    return this.#flow.book.onChange(listener)
  }

  async list(query: QueueQuery): Promise<QueueList> {
    const page = await listQueue(this.#listed(), query)
    // What is listed and what is counted agree.
    await this.#recount.fresh()
    return { ...page, counts: this.counts() }
  }

  async item(id: string): ReturnType<RelayQueue['item']> {
    const entry = this.#flow.book.get(id)
    if (entry) return detailOf(itemOf(entry, this.#listed()), entry.leg, this.#listed())
    const leg = await this.#flow.deps.store.relay.leg(id)
    return leg === null ? null : detailOf(overItem(leg), leg, this.#listed())
  }

  async act(...[act, target, virtualMta]: Parameters<RelayQueue['act']>): ReturnType<RelayQueue['act']> {
    const flow = this.#flow
    const problems = mtaProblems(flow.rules, act, virtualMta)
    if (problems.length > 0) return { done: 0, problems }
    let done = 0
    for (const [place, entry] of entriesOf(flow.book, target).entries()) {
      if (place > 0 && place % inOneTurn === 0) await new Promise(setImmediate)
      if (actOn(entry, act, virtualMta, flow)) done++
    }
    if (await flow.ledger.flushedOrNot(flow.conclusion.idle())) return { done, problems: [] }
    const late = 'It is done and not written down yet: the store takes nothing now. Make room on the disk.'
    return { done, problems: [problemOf('act', act, late)] }
  }

  stop(): Promise<void> {
    this.#recount.stop()
    return this.#flow.stop()
  }

  #listed() {
    const { book, deps, rules, trouble } = this.#flow
    const standing = trouble ?? (rules.settings.paused ? 'Waiting: delivery is paused' : null)
    return { entries: book.all(), store: deps.store.relay, rules, standing, trouble }
  }
}
