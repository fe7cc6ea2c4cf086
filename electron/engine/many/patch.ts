/**
 * Owns: octets with places in which each message differs (its number, its uuid, its date): found once, filled in for
 * each message without composing it anew.
 */
import { fromByteString, toByteString, utf8 } from '#shared/bytes/bytes.ts'

export interface Values {
  n: string
  uuid: string
  /** Of the Date field. */
  date: string
  /** Of `{{date}}`. */
  iso: string
}

type Name = keyof Values
const names: readonly Name[] = ['uuid', 'date', 'iso', 'n']

interface Place {
  name: Name
  start: number
  end: number
}

export class Patch {
  readonly #octets: Uint8Array
  readonly #places: readonly Place[]

  /** `octets` were made with these values; wherever one stands, it is a place. */
  constructor(octets: Uint8Array, values: Values) {
    this.#octets = octets
    this.#places = findPlaces(toByteString(octets), values)
  }

  /** Octets up to behind the last place, filled in, and what follows: the same array for every message. */
  put(values: Values): { head: Uint8Array; rest: Uint8Array } {
    const end = this.#places.at(-1)?.end ?? 0
    const rest = this.#octets.subarray(end)
    const fills = this.#places.map(({ name }) => fromByteString(values[name]))
    const grown = this.#places.reduce(
      (sum, { start, end: stop }, i) => sum + fills[i]!.length - (stop - start),
      0,
    )
    const head = new Uint8Array(end + grown)
    let from = 0
    let at = 0
    this.#places.forEach(({ start, end: stop }, i) => {
      head.set(this.#octets.subarray(from, start), at)
      head.set(fills[i]!, at + start - from)
      at += start - from + fills[i]!.length
      from = stop
    })
    return { head, rest }
  }
}

function findPlaces(text: string, values: Values): Place[] {
  const found = names.flatMap((name) => {
    const value = toByteString(utf8(values[name]))
    const places: Place[] = []
    for (let start = text.indexOf(value); start >= 0; start = text.indexOf(value, start + value.length))
      places.push({ name, start, end: start + value.length })
    return places
  })
  return found.toSorted((a, b) => a.start - b.start)
}
