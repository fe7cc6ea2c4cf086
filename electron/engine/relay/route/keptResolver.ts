/**
 * Owns: a resolver that remembers: answers for their time to live and a minute at most, that there is nothing for ten
 * seconds, failures for five; and that asks only so many questions at a time, however many domains the queue holds.
 */
import type { DnsResult, RecordType, Resolver } from '../../dns/types.ts'
import { Places } from '../places.ts'
import { Fifo } from '../queue/fifo.ts'
import { Keep } from './keep.ts'

/** Questions of one type that are remembered. */
const remembered = 1000
/**
 * Questions under way at once; each has a socket of its own. One that nobody has answered after `long` milliseconds leaves
 * its place to others: silent name servers must not hold up every other domain, whose time for its way runs meanwhile.
 */
const width = 32
const mostLong = 256
const long = 1000
const minute = 60_000
const nothingLife = 10_000
const failureLife = 5000

/** Milliseconds. */
export function lifeOf({ outcome, ttl = 0 }: Pick<DnsResult<RecordType>, 'outcome' | 'ttl'>): number {
  if (outcome === 'answers') return Math.min(ttl * 1000, minute)
  if (outcome === 'cancelled') return 0
  return outcome === 'no-data' || outcome === 'not-found' ? nothingLife : failureLife
}

type Keeps = { [T in RecordType]: Keep<DnsResult<T>> }

export function keptResolver(resolver: Resolver, now: () => Date): Resolver {
  const keep = <T extends RecordType>(): Keep<DnsResult<T>> =>
    new Keep<DnsResult<T>>({ most: remembered, now, lifeOf })
  const keeps: Keeps = { A: keep(), AAAA: keep(), CNAME: keep(), PTR: keep(), MX: keep(), TXT: keep(), TLSA: keep() } // prettier-ignore
  const addresses = new Keep<string[]>({ most: remembered, now, lifeOf: () => nothingLife })
  const slots = new Slots()
  const { lookup, shown, validating } = resolver
  return {
    shown,
    validating,
    lookup: (name, family) =>
      addresses.get(`${family} ${name.toLowerCase()}`, () => slots.run(() => lookup(name, family))),
    query: (name, type, options = {}) => {
      const { dnssec = false, unchecked = false } = options
      const key = `${dnssec} ${unchecked} ${name.toLowerCase()}`
      return keeps[type].get(key, () => slots.run(() => resolver.query(name, type, options)))
    },
  }
}

type Back = () => void

/** Only so many at a time; the others wait in their order. */
class Slots {
  readonly #places = new Places({ most: width, mostLong, long, freed: () => this.#go() })
  readonly #waiting = new Fifo<(back: Back) => void>()

  async run<V>(work: () => Promise<V>): Promise<V> {
    const back = await new Promise<Back>((resolve) => {
      this.#waiting.push(resolve)
      this.#go()
    })
    try {
      return await work()
    } finally {
      back()
      this.#go()
    }
  }

  #go(): void {
    while (this.#waiting.length > 0) {
      const back = this.#places.take()
      if (back === null) return
      this.#waiting.shift()!(back)
    }
  }
}
