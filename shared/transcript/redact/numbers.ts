/**
 * Owns: the numbers of stand-ins. Each kind counts from 1 in the order in which its things were found, and passes over
 * numbers that a stand-in in the text has already.
 */
import { standInIpNumber } from './ip.ts'

const kinds = ['person', 'host', 'domain', 'ipv4', 'ipv6', 'word', 'print', 'id'] as const
export type Kind = (typeof kinds)[number]

/** 0 until numbers are given. */
export interface Numbered {
  number: number
}

const each = <T>(make: () => T): Record<Kind, T> => ({ person: make(), host: make(), domain: make(), ipv4: make(), ipv6: make(), word: make(), print: make(), id: make() }) // prettier-ignore

export class Numbers {
  readonly #things = each((): Numbered[] => [])
  readonly #taken = each(() => new Set<number>())
  all = 0

  get people(): number {
    return this.#things.person.length
  }

  add(kind: Kind): Numbered {
    const thing = { number: 0 }
    this.#things[kind].push(thing)
    this.all++
    return thing
  }

  /** A stand-in with this number is in the text. */
  take(kind: Kind, number: number): void {
    this.#taken[kind].add(number)
  }

  /** Documentation's addresses are nobody's (RFC 5737, 3849), and our stand-ins. */
  isIp(canonical: string): boolean {
    const number = standInIpNumber(canonical)
    if (number !== undefined) this.take(canonical.includes(':') ? 'ipv6' : 'ipv4', number)
    return number !== undefined
  }

  /** A serial number or fingerprint of ours begins with zeros; another that does is as short as to tell nothing. */
  isPrint(text: string): boolean {
    const digits = text.replace(/[^0-9A-Fa-f]/g, '')
    if (!/^0+[0-9A-Fa-f]{1,5}$/.test(digits)) return false
    this.take('print', Number.parseInt(digits, 16))
    return true
  }

  /** Everything that was found has its number afterwards. */
  give(): void {
    for (const kind of kinds) {
      let next = 0
      for (const thing of this.#things[kind]) {
        if (thing.number > 0) next = Math.max(next, thing.number)
        else {
          do next++
          while (this.#taken[kind].has(next))
          thing.number = next
        }
      }
    }
  }
}
