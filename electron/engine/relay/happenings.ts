/**
 * Owns: telling what becomes of mail at the relay, by what the store was given of it: nothing is told that is not durable.
 * Tries are told apart from other changes of a leg by their number. An event names the recipients that it speaks of: what one
 * try brought to some of them and not to others is told of each kind by itself.
 */
import type { RelayEvent } from '#shared/rpc/contract/relay.ts'
import { EventLog } from '#shared/rpc/eventLog.ts'
import type { StreamSource } from '#shared/rpc/types.ts'
import type { Clock } from '../ports.ts'
import type { Leg, LegRecipient, QueuedMessage, RelayStore } from './types.ts'

/** Events for followers that are a moment behind. */
const kept = 2000
const mostNamed = 20
/** Legs whose tries are remembered; the oldest are forgotten, and a change of them counts as a try. */
const mostRemembered = 200_000

interface Seen extends Pick<Leg, 'tries' | 'state'> {
  /** Of each recipient in the leg's order, where they are not all open: a letter for its state. */
  states?: string
}
/** What became of recipients, in the order in which it is told. */
const becomes = { delivered: 'delivered', failed: 'bounced', dropped: 'dropped' } as const
const letterOf = ({ state }: LegRecipient): string => (state === 'dropped' ? 'x' : state[0]!)

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
  known({ id, tries, state, recipients }: Leg): void {
    const states = recipients.some((one) => one.state !== 'open') ? { states: statesOf(recipients) } : {}
    this.#seen.delete(id)
    this.#seen.set(id, { tries, state, ...states })
    if (this.#seen.size > mostRemembered) this.#seen.delete(this.#seen.keys().next().value!)
  }

  /** As `known` of each leg, and told where it differs from before. */
  stored(legs: readonly Leg[]): void {
    for (const leg of legs) {
      const before: Seen = this.#seen.get(leg.id) ?? { tries: leg.tries - 1, state: 'waiting' }
      if (leg.state === 'waiting' || leg.state === 'held') this.known(leg)
      else this.#seen.delete(leg.id)
      if (leg.tries !== before.tries || (leg.state !== before.state && leg.state !== 'waiting')) this.#tellAll(leg, before) // prettier-ignore
    }
  }

  #tellAll(leg: Leg, before: Seen): void {
    const { recipients, state } = leg
    const tried = leg.tries !== before.tries
    const isNew = (one: LegRecipient, at: number): boolean => before.states?.[at] !== letterOf(one)
    let some = false
    for (const kind of ['delivered', 'failed', 'dropped'] as const) {
      const whom = recipients.filter((one, at) => one.state === kind && isNew(one, at))
      if (whom.length > 0) this.#tell(leg, becomes[kind], whom, tried)
      some ||= whom.length > 0
    }
    const open = recipients.filter((one) => one.state === 'open')
    if (state === 'waiting') {
      if (open.length > 0) this.#tell(leg, 'again', open, tried)
    } else if (state === 'held') this.#tell(leg, 'held', open.length > 0 ? open : recipients, tried)
    // Nothing new became of anybody, as where a report could be made at last.
    else if (!some) this.#tell(leg, state, recipients.filter((one) => becomes[one.state === 'open' ? 'dropped' : one.state] === state), tried) // prettier-ignore
  }

  #tell(leg: Leg, what: RelayEvent['what'], whom: readonly LegRecipient[], tried: boolean): void {
    const { message, nextAt, why } = leg
    const last = tried ? leg.history.at(-1) : undefined
    const recipients = whom.map(({ address }) => address)
    const said = (tried && what !== 'held') || what === 'dropped' ? whom[0]?.words : undefined
    this.#log.append({
      ...this.#common(what, message, recipients),
      id: leg.id,
      words: said ?? last?.words ?? why ?? leg.history.at(-1)?.words ?? '',
      ...(last?.host === undefined ? {} : { host: last.host }),
      ...(last?.sealed === undefined ? {} : { sealed: last.sealed }),
      ...(last?.session === undefined ? {} : { session: last.session }),
      ...(what === 'again' ? { nextAt: new Date(nextAt).toISOString() } : {}),
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

const statesOf = (recipients: readonly LegRecipient[]): string => recipients.map(letterOf).join('')

/** A copy of what is told of it. */
const asNow = (leg: Leg): Leg => ({
  ...leg,
  recipients: leg.recipients.map((one) => ({ ...one })),
  history: leg.history.slice(-1),
})

/** The store as the queue sees it: what is written there is told. */
export const toldStore = (store: RelayStore, told: Happenings): RelayStore => ({
  async openLegs(after, max) {
    const legs = await store.openLegs(after, max)
    for (const leg of legs) told.known(leg)
    return legs
  },
  async putLegs(legs) {
    // As they are written: they may change while that lasts.
    const written = legs.map(asNow)
    await store.putLegs(legs)
    told.stored(written)
  },
  async addMessage(message, legs, content) {
    const written = legs.map(asNow)
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
