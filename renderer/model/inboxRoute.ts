/**
 * Owns: trace fields as a route (RFC 5321 §4.4): who took the message from whom, when, and how long each hop took. The
 * clocks are those of the hosts on the way: a negative time is a clock that is wrong, not a letter that flew.
 */

export interface Hop {
  from: string
  by: string
  with: string
  /** ISO 8601; null when the time cannot be read. */
  at: string | null
  /** Seconds since the hop before; null for the first, or when a time is missing. */
  took: number | null
  /** The clock of this host, or of the one before, is wrong by at least that. */
  backwards: boolean
  /** The field as it stands. */
  raw: string
}

const mostHops = 100
const longest = 2000

/** Text without comments in parentheses, which nest; bounded, in one pass. */
function withoutComments(text: string): string {
  let depth = 0
  let out = ''
  for (const character of text) {
    if (character === '(') depth++
    else if (character === ')' && depth > 0) depth--
    else if (depth === 0) out += character
  }
  return out
}

const word = (text: string, name: string): string =>
  new RegExp(`(?:^|\\s)${name}\\s+([^\\s;]{1,255})`, 'iu').exec(text)?.[1] ?? ''

function readTime(text: string): string | null {
  const at = Date.parse(withoutComments(text).trim())
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}

/** The first hop first: the field that stands lowest. */
export function routeOf(headers: readonly { name: string; value: string }[]): Hop[] {
  const fields = headers.filter(({ name }) => /^received$/iu.test(name)).slice(0, mostHops)
  const hops: Hop[] = []
  for (const { value } of fields.toReversed()) {
    const raw = value.slice(0, longest)
    const semicolon = raw.lastIndexOf(';')
    const words = withoutComments(semicolon < 0 ? raw : raw.slice(0, semicolon))
    const at = semicolon < 0 ? null : readTime(raw.slice(semicolon + 1))
    const before = hops.at(-1)?.at ?? null
    const took = at === null || before === null ? null : (Date.parse(at) - Date.parse(before)) / 1000
    hops.push({ from: word(words, 'from'), by: word(words, 'by'), with: word(words, 'with'), at, took, backwards: took !== null && took < 0, raw }) // prettier-ignore
  }
  return hops
}

/** As "after 2 s", "after 3 min 5 s", "clock 40 s behind". */
export function hopWords({ took, at, backwards }: Hop): string {
  if (at === null) return 'no time that can be read'
  if (took === null) return ''
  const seconds = Math.abs(Math.round(took))
  const units: [number, string][] = [[86_400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']] // prettier-ignore
  const found = units.findIndex(([size]) => seconds >= size)
  if (found < 0) return 'at once'
  const [size, unit] = units[found]!
  const next = units[found + 1]
  const rest = next ? Math.floor((seconds % size) / next[0]) : 0
  const text = `${Math.floor(seconds / size)} ${unit}${rest > 0 ? ` ${rest} ${next![1]}` : ''}`
  return backwards ? `${text} before the hop before: a clock is wrong` : `after ${text}`
}
