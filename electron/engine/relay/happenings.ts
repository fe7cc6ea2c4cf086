/**
 * Owns: telling what becomes of mail at the relay, by what the store was given of it: nothing is told that is not durable.
 * Tries are told apart from other changes of a leg by their number.
 */
import type { RelayEvent } from '#shared/rpc/contract/relay.ts'
import { EventLog } from '#shared/rpc/eventLog.ts'
import type { StreamSource } from '#shared/rpc/types.ts'
import type { Clock } from '../ports.ts'
import type { Leg, QueuedMessage, RelayStore } from './types.ts'

/** Events for followers that are a moment behind. */
const kept = 2000
const mostNamed = 20
/** Legs whose tries are remembered; the oldest are forgotten, and a change of them counts as a try. */
const mostRemembered = 200_000

type Seen = Pick<Leg, 'tries' | 'state'>

export class Happenings {
  readonly #log = new EventLog<RelayEvent>(kept)
  readonly #seen = new Map<string, Seen>()
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get source(): StreamSource<RelayEvent> {
    return this.#log
  }

  /** A message is in the queue. */
  queued(message: QueuedMessage, legs: readonly Leg[]): void {
    for (const leg of legs) this.known(leg)
    const recipients = legs.flatMap((leg) => leg.recipients.map(({ address }) => address))
    this.#log.append({
      ...this.#common('queued', message, recipients),
      id: message.id,
      words: message.own === true ? 'a report of the relay itself' : message.user === undefined ? `from ${message.client}` : `from ${message.client}, signed in as ${message.user}`, // prettier-ignore
      session: message.session,
    })
  }

  /** As it was when the queue was loaded. */
  known({ id, tries, state }: Leg): void {
    this.#seen.delete(id)
    this.#seen.set(id, { tries, state })
    if (this.#seen.size > mostRemembered) this.#seen.delete(this.#seen.keys().next().value!)
  }

  /** As `known` of each leg, and told where it differs from before. */
  stored(legs: readonly Leg[]): void {
    for (const leg of legs) {
      const before = this.#seen.get(leg.id) ?? { tries: leg.tries - 1, state: 'waiting' }
      if (leg.state === 'waiting' || leg.state === 'held') this.known(leg)
      else this.#seen.delete(leg.id)
      if (leg.tries !== before.tries || (leg.state !== before.state && leg.state !== 'waiting')) this.#tell(leg, leg.tries !== before.tries) // prettier-ignore
    }
  }

  #tell(leg: Leg, tried: boolean): void {
    const { message, state, nextAt, why } = leg
    const last = tried ? leg.history.at(-1) : undefined
    const recipients = leg.recipients.map(({ address }) => address)
    this.#log.append({
      ...this.#common(state === 'waiting' ? 'again' : state, message, recipients),
      id: leg.id,
      words: last?.words ?? why ?? leg.history.at(-1)?.words ?? '',
      ...(last?.host === undefined ? {} : { host: last.host }),
      ...(last?.sealed === undefined ? {} : { sealed: last.sealed }),
      ...(last?.session === undefined ? {} : { session: last.session }),
      ...(state === 'waiting' ? { nextAt: new Date(nextAt).toISOString() } : {}),
    })
  }

  #common(what: RelayEvent['what'], { sender, size, subject }: QueuedMessage, recipients: readonly string[]) {
    return {
      at: this.#clock.now().toISOString(),
      what,
      sender,
      recipients: recipients.slice(0, mostNamed),
      more: Math.max(0, recipients.length - mostNamed),
      size,
      ...(subject === undefined ? {} : { subject }),
    }
  }
}

/** The store as the queue sees it: what is written there is told. */
export const toldStore = (store: RelayStore, told: Happenings): RelayStore => ({
  async openLegs(after, max) {
    const legs = await store.openLegs(after, max)
    for (const leg of legs) told.known(leg)
    return legs
  },
  async putLegs(legs) {
    // As they are written: they may change while that lasts.
    const written = legs.map((leg) => ({ ...leg }))
    await store.putLegs(legs)
    told.stored(written)
  },
  async addMessage(message, legs, content) {
    const written = legs.map((leg) => ({ ...leg }))
    await store.addMessage(message, legs, content)
    told.queued(message, written)
  },
  leg: (id) => store.leg(id),
  overLegs: (query) => store.overLegs(query),
  overCounts: () => store.overCounts(),
  findLegs: (by) => store.findLegs(by),
  queueAttempts: (rows) => store.queueAttempts(rows),
  attempts: (query) => store.attempts(query),
  putReport: (report) => store.putReport(report),
  reports: (query) => store.reports(query),
})
