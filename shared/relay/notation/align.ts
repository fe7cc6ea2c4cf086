/**
 * Owns: which entries of a list are those of an earlier one. Most stay where they are; of those that changed places as few as
 * possible count as moved. Pure.
 */

export interface Aligned {
  /** For each entry now: its place before; -1 for a new one. */
  before: number[]
  /** Of those the ones that stand in the order of before: everything else is put in anew. */
  stays: boolean[]
}

/** Places of a longest rising sequence among those that are not negative (patience sorting: n log n). */
function rising(places: readonly number[]): Set<number> {
  const ends: number[] = []
  const previous: number[] = []
  for (const [at, place] of places.entries()) {
    if (place < 0) continue
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (places[ends[middle]!]! < place) low = middle + 1
      else high = middle
    }
    previous[at] = low === 0 ? -1 : ends[low - 1]!
    ends[low] = at
  }
  const found = new Set<number>()
  for (let at = ends.at(-1) ?? -1; at >= 0; at = previous[at]!) found.add(at)
  return found
}

/** By keys. What is equal at both ends stays; of equal ones between, the first is the first. */
export function aligned(before: readonly string[], now: readonly string[]): Aligned {
  const most = Math.min(before.length, now.length)
  let head = 0
  while (head < most && before[head] === now[head]) head++
  let tail = 0
  while (tail < most - head && before.at(-1 - tail) === now.at(-1 - tail)) tail++
  const end = now.length - tail
  const found = between(before.slice(head, before.length - tail), now.slice(head, end))
  const places = now.map((_key, at) => {
    if (at < head) return at
    if (at >= end) return at - now.length + before.length
    const place = found[at - head]!
    return place < 0 ? -1 : place + head
  })
  const staying = rising(places)
  return { before: places, stays: places.map((_place, at) => staying.has(at)) }
}

function between(before: readonly string[], now: readonly string[]): number[] {
  const places = new Map<string, number[]>()
  for (const [at, key] of before.entries()) {
    const known = places.get(key)
    if (known === undefined) places.set(key, [at])
    else known.push(at)
  }
  const taken = new Map<string, number>()
  return now.map((key) => {
    const next = taken.get(key) ?? 0
    taken.set(key, next + 1)
    return places.get(key)?.[next] ?? -1
  })
}
