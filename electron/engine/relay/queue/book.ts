/**
 * Owns: which legs are open, how many stand where, and that whoever watches hears of a change once in a turn. Contents
 * are kept for the first try up to a bound.
 */
import type { QueueCounts } from '#shared/rpc/contract/relay.ts'
import type { Leg } from '../types.ts'
import { Entry, type Phase } from './entry.ts'

type OverCounts = Pick<QueueCounts, 'delivered' | 'bounced' | 'dropped'>

export class Book {
  readonly #entries = new Map<string, Entry>()
  readonly #phases: Record<Phase, number> = {
    waiting: 0,
    planning: 0,
    ready: 0,
    delivering: 0,
    settling: 0,
    held: 0,
  }
  readonly #mtas = new Map<string, number>()
  readonly #listeners = new Set<() => void>()
  readonly #mostOctets: number
  #octets = 0
  /** Of those that are ready. */
  #opening = 0
  #telling = false
  /** Of legs that are over: as the store counted them, and those that have ended since. */
  #over: OverCounts = { delivered: 0, bounced: 0, dropped: 0 }
  /** A leg has ended. */
  ended: () => void = () => {}

  constructor(mostOctets: number) {
    this.#mostOctets = mostOctets
  }

  get size(): number {
    return this.#entries.size
  }

  /** Octets of contents in memory; each leg of a message counts them. */
  get octets(): number {
    return this.#octets
  }

  add(leg: Leg, bytes: Uint8Array | null): Entry {
    const kept = bytes !== null && this.#octets + bytes.length <= this.#mostOctets ? bytes : null
    this.#octets += kept?.length ?? 0
    const entry = new Entry(leg, kept)
    this.#entries.set(leg.id, entry)
    this.#phases.waiting++
    this.#countMta(entry, 1)
    this.changed()
    return entry
  }

  get(id: string): Entry | undefined {
    return this.#entries.get(id)
  }

  all(): IterableIterator<Entry> {
    return this.#entries.values()
  }

  /** Of one that is ready: whether a connection is being opened for it, which is the beginning of its try. */
  opens(entry: Entry, opening: boolean): void {
    if (entry.opening === opening) return
    entry.opening = opening
    this.#opening += opening ? 1 : -1
    this.changed()
  }

  move(entry: Entry, phase: Phase): void {
    this.opens(entry, false)
    this.#phases[entry.phase]--
    this.#phases[phase]++
    entry.phase = phase
    this.changed()
  }

  useMta(entry: Entry, name: string): void {
    this.#countMta(entry, -1)
    entry.leg.virtualMta = name
    this.#countMta(entry, 1)
  }

  /** It has been tried: another try reads its content from the store. */
  letGo(entry: Entry): void {
    this.#octets -= entry.bytes?.length ?? 0
    entry.bytes = null
  }

  /** It is over, and that is stored. */
  remove(entry: Entry): void {
    if (!this.#entries.delete(entry.leg.id)) return
    this.letGo(entry)
    this.opens(entry, false)
    this.#phases[entry.phase]--
    this.#countMta(entry, -1)
    const { state } = entry.leg
    if (state === 'delivered' || state === 'bounced' || state === 'dropped') this.#over[state]++
    this.ended()
    this.changed()
  }

  /** As the store counts them now. */
  setOver({ delivered, bounced, dropped }: OverCounts): void {
    const { delivered: before, bounced: back, dropped: out } = this.#over
    if (delivered === before && bounced === back && dropped === out) return
    this.#over = { delivered, bounced, dropped }
    this.changed()
  }

  counts(): QueueCounts {
    const { waiting, planning, ready, delivering, settling, held } = this.#phases
    const opening = this.#opening
    return {
      waiting: waiting + planning + ready - opening,
      delivering: delivering + settling + opening,
      held,
      ...this.#over,
    }
  }

  queuedBy(virtualMta: string): number {
    return this.#mtas.get(virtualMta) ?? 0
  }

  onChange(listener: () => void): () => void {
    const own = (): void => listener()
    this.#listeners.add(own)
    return () => void this.#listeners.delete(own)
  }

  changed(): void {
    if (this.#telling || this.#listeners.size === 0) return
    this.#telling = true
    setImmediate(() => {
      this.#telling = false
      for (const listener of this.#listeners) listener()
    })
  }

  #countMta(entry: Entry, by: number): void {
    const name = entry.virtualMta
    if (name === undefined) return
    const count = (this.#mtas.get(name) ?? 0) + by
    if (count > 0) this.#mtas.set(name, count)
    else this.#mtas.delete(name)
  }
}
