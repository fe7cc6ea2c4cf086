/**
 * Owns: how far two names are apart, counted in letters typed wrong: one put in, left out, replaced, or two neighbours that
 * changed places (optimal string alignment). Lengths are bounded by the callers' names; time is their product.
 */

/** Longer names are nobody's slip of the finger. */
const longest = 80

/** Columns of the table: the one before the last, the last, the next. Kept between calls, which never overlap. */
const column = (): Uint16Array => new Uint16Array(longest + 1)
let columns: [Uint16Array, Uint16Array, Uint16Array] = [column(), column(), column()]

function start(pattern: string): void {
  for (const one of columns) for (let row = 0; row <= pattern.length; row++) one[row] = row
}

/** Goes on by one letter of the text; `top` is what its beginning costs. Answers how far the whole pattern is away. */
function step(pattern: string, text: string, at: number, top: number): number {
  const [before, last, next] = columns
  const letter = text.charCodeAt(at)
  const previous = at > 0 ? text.charCodeAt(at - 1) : -1
  next[0] = top
  for (let row = 1; row <= pattern.length; row++) {
    const own = pattern.charCodeAt(row - 1)
    let least = Math.min(next[row - 1]! + 1, last[row]! + 1, last[row - 1]! + (own === letter ? 0 : 1))
    if (row > 1 && own === previous && pattern.charCodeAt(row - 2) === letter)
      least = Math.min(least, before[row - 2]! + 1)
    next[row] = least
  }
  columns = [last, next, before]
  return next[pattern.length]!
}

/** Letters typed wrong between the two; infinite for what is too long to be a name. */
export function distance(one: string, other: string): number {
  if (one.length > longest || other.length > longest) return Infinity
  start(one)
  let apart = one.length
  for (let at = 0; at < other.length; at++) apart = step(one, other, at, at + 1)
  return apart
}

/** Letters typed wrong between `pattern` and the first 0, 1, 2, ... letters of `text`: one table for all of them. */
export function distancesOfBeginnings(text: string, pattern: string): number[] {
  start(pattern)
  return [pattern.length, ...Array.from({ length: text.length }, (_, at) => step(pattern, text, at, at + 1))]
}

export interface Near {
  /** Index behind it. */
  end: number
  /** Letters typed wrong. */
  wrong: number
}

/** Where `pattern`, with at most `most` letters wrong, first ends inside `text`, going on as long as the likeness grows. */
export function findNear(text: string, pattern: string, most: number): Near | null {
  start(pattern)
  let best = Infinity
  for (let at = 0; at < text.length; at++) {
    const reached = step(pattern, text, at, 0)
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
