/**
 * Owns: how far two names are apart, counted in letters typed wrong: one put in, left out, replaced, or two neighbours that
 * changed places (optimal string alignment). Lengths are bounded by the callers' names; time is their product.
 */

/** Longer names are nobody's slip of the finger. */
const longest = 80

/** Steps from one column of the table to the next: the distances of each beginning of `pattern`. */
function nextColumn(pattern: string, text: string, at: number, columns: readonly number[][], top: number): number[] {
  const [before, last] = [columns[0]!, columns[1]!]
  const column = [top]
  for (let row = 1; row <= pattern.length; row++) {
    const same = pattern[row - 1] === text[at]
    let least = Math.min(column[row - 1]! + 1, last[row]! + 1, last[row - 1]! + (same ? 0 : 1))
    const swapped = row > 1 && at > 0 && pattern[row - 1] === text[at - 1] && pattern[row - 2] === text[at]
    if (swapped) least = Math.min(least, before[row - 2]! + 1)
    column.push(least)
  }
  return column
} // prettier-ignore

const firstColumn = (pattern: string): number[] => Array.from({ length: pattern.length + 1 }, (_, row) => row)

/** Letters typed wrong between the two; infinite for what is too long to be a name. */
export function distance(one: string, other: string): number {
  if (one.length > longest || other.length > longest) return Infinity
  let columns = [firstColumn(one), firstColumn(one)]
  for (let at = 0; at < other.length; at++)
    columns = [columns[1]!, nextColumn(one, other, at, columns, at + 1)]
  return columns[1]!.at(-1)!
}

export interface Near {
  /** Index behind it. */
  end: number
  /** Letters typed wrong. */
  wrong: number
}

/** Where `pattern`, with at most `most` letters wrong, first ends inside `text`, going on as long as the likeness grows. */
export function findNear(text: string, pattern: string, most: number): Near | null {
  let columns = [firstColumn(pattern), firstColumn(pattern)]
  let best = Infinity
  for (let at = 0; at < text.length; at++) {
    columns = [columns[1]!, nextColumn(pattern, text, at, columns, 0)]
    const reached = columns[1]!.at(-1)!
    if (best <= most && reached >= best) return { end: at, wrong: best }
    best = reached
  }
  return best <= most ? { end: text.length, wrong: best } : null
}

/** The candidate that was meant, when few enough letters are wrong for the name's length; the nearest, of two the first. */
export function meant(name: string, candidates: Iterable<string>): string | undefined {
  const most = name.length < 5 ? 1 : name.length < 9 ? 2 : 3
  let nearest: string | undefined
  let least = most + 1
  for (const candidate of candidates) {
    const apart = Math.abs(candidate.length - name.length) > most ? Infinity : distance(name, candidate)
    if (apart < least) [nearest, least] = [candidate, apart]
  }
  return nearest
}
