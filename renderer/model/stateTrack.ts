/**
 * Owns: the state of both ends after every event of a session, and which edges were taken how often. Incremental: an
 * event costs one octet and one look into the table.
 */
import { clientStates, serverStates, type Edge } from '#shared/smtp/machine/table.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { edgeFrom, wishes, type Awaited, type End } from './stateSteps.ts'

export type StatePair = Readonly<Record<End, string>>

export interface TakenEdge {
  edge: Edge
  count: number
  /** Number of the event that took it first. */
  first: number
}

const names: Readonly<Record<End, readonly string[]>> = {
  client: Object.keys(clientStates),
  server: Object.keys(serverStates),
}

/** Both states in one octet: there are fewer than sixteen of each. */
const packed = ({ client, server }: StatePair): number =>
  names.client.indexOf(client) * 16 + names.server.indexOf(server)

export class StateTrack {
  /** By number of the event; a lost one has the states before it. */
  #after = new Uint8Array(256)
  #last = 0
  #now: Record<End, string> = { client: 'connecting', server: 'connecting' }
  #awaited: Awaited = { queue: [], head: 0, last: false }
  readonly #taken: Readonly<Record<End, Map<string, TakenEdge>>> = { client: new Map(), server: new Map() }

  take(event: TranscriptEvent): void {
    for (const [end, on] of wishes(event, this.#now.client, this.#awaited)) this.#move(end, on, event.seq)
    this.#keep(event.seq)
  }

  /** Edges taken in the whole session, by `from on`. */
  taken(end: End): ReadonlyMap<string, TakenEdge> {
    return this.#taken[end]
  }

  /** States after the event; before the first one nothing is connected. */
  after(seq: number): StatePair {
    const at = Math.min(seq, this.#last)
    if (at < 1) return { client: 'connecting', server: 'connecting' }
    const both = this.#after[at]!
    return { client: names.client[both >> 4]!, server: names.server[both & 15]! }
  }

  /** States before the event. */
  before(seq: number): StatePair {
    return this.after(seq - 1)
  }

  #move(end: End, on: string, seq: number): void {
    const edge = edgeFrom(end, this.#now[end], on)
    if (edge === undefined) return
    this.#now[end] = edge.to
    const key = `${edge.from} ${edge.on}`
    const known = this.#taken[end].get(key)
    if (known) known.count++
    else this.#taken[end].set(key, { edge, count: 1, first: seq })
  }

  #keep(seq: number): void {
    if (seq >= this.#after.length) {
      const grown = new Uint8Array(Math.max(seq + 1, this.#after.length * 2))
      grown.set(this.#after)
      this.#after = grown
    }
    const before =
      this.#last === 0 ? packed({ client: 'connecting', server: 'connecting' }) : this.#after[this.#last]!
    this.#after.fill(before, this.#last + 1, seq)
    this.#after[seq] = packed(this.#now)
    this.#last = seq
  }
}
