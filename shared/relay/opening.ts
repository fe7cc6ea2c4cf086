/**
 * Owns: how much of the world a relay address's pattern opens: under which names any two strangers, who have nothing to do with
 * each other, are both matched. Tried, not read: names that nobody's pattern is written for, in several shapes, below
 * common top-level domains and below the words of the pattern itself. A pattern can be written that this does not find.
 */
import { domainKey } from './domainKey.ts'
import { readPattern, type AddressPattern } from './pattern.ts'
import { commonSuffixes, isRegistry } from './topLevels.ts'

export interface Opening {
  /** `com`, `co.uk`: in the order in which they were tried. */
  suffixes: string[]
  /** Two strangers' addresses under the first of them. */
  samples: [string, string]
}

type Pair = readonly [string, string]

/** Two strangers, in front of the dot of a suffix. */
const strangers: readonly Pair[] = [
  ['somebody@qorvelim', 'anybody@zuphandry'],
  ['somebody@mail.qorvelim', 'anybody@mx.zuphandry'],
  ['ab@q7k', 'cd@z3x'],
  ['john.q.public+7@the-qorvelim-company-24', 'mary_jane-5@zuphandry-and-sons-2'],
]
/** Suffixes that are tried in every shape. */
const thorough = 6
/** Suffixes beyond those that are tried before the rest is given up: each is a run of the matcher. */
const sampled = 30
/** Words of a pattern that are tried. */
const mostWords = 30

/** Words that stand in a pattern as they are: escapes such as `\d` are none. */
const wordsIn = (source: string): string[] =>
  [...new Set(source.toLowerCase().replace(/\\[a-z]/g, ' ').match(/[\p{L}\d]{2,24}/gu) ?? [])].slice(0, mostWords) // prettier-ignore

/** The pattern read as a plain text, as far as its `@`: it may be somebody's name at any domain, as `/foo.com/` is. */
function namesIn(source: string): string[] {
  const text = source
    .toLowerCase()
    .split('@', 1)[0]!
    .replaceAll(/(?<!\\)\.[*+?]/gu, '')
    .replaceAll(/\\(\W)/gu, '$1')
    .replaceAll(/\\\w|[^\p{L}\d._+-]/gu, '')
  const name = text.replaceAll(/^\.+|\.+$/gu, '').slice(0, 60)
  return /[\p{L}\d]/u.test(name) ? [name, `${name}x`] : []
}

/** What every match ends with, where that is plain to see: nothing else has to be tried. */
function endOf(source: string): string | null {
  if (source.includes('|') || source.includes('(?')) return null
  return /\\\.([a-z]{2,24})\$$/i.exec(source)?.[1]?.toLowerCase() ?? null
}

function suffixesFor(source: string): { all: string[]; few: string[]; words: string[] } {
  const words = wordsIn(source)
  const end = endOf(source)
  const near = words.map(domainKey).filter(isRegistry)
  if (end !== null) {
    const all = [...new Set([end, ...commonSuffixes.filter((one) => one.endsWith(`.${end}`))])].filter(
      isRegistry,
    )
    return { all, few: all, words }
  }
  const few = [...new Set([...commonSuffixes.slice(0, thorough), ...near])]
  return { all: [...new Set([...few, ...commonSuffixes])], few, words }
}

const made = ([one, other]: Pair, suffix: string): [string, string] => [
  `${one}.${suffix}`,
  `${other}.${suffix}`,
]

function findOpening({ matches }: AddressPattern, source: string): Opening | null {
  const { all, few, words } = suffixesFor(source)
  const both = (pair: Pair, suffix: string) => made(pair, suffix).every((address) => matches(address))
  const named = [...new Set([...words, ...namesIn(source)])].map((word): Pair => [
    `${word}@qorvelim`,
    `${word}@zuphandry`,
  ])
  const [first, ...others] = strangers
  // The plainest shape below many, the others below a few.
  const some = all.slice(0, few.length + sampled).some((suffix) => both(first!, suffix))
  const plain = some ? all.filter((suffix) => both(first!, suffix)) : []
  const pairs = [...others, ...named].filter((pair) => few.some((suffix) => both(pair, suffix)))
  const ways = [
    { pair: first!, open: plain },
    ...pairs.map((pair) => ({ pair, open: all.filter((suffix) => both(pair, suffix)) })),
  ].filter(({ open }) => open.length > 0)
  // Told by the way that opens the most.
  const widest = ways.toSorted((a, b) => b.open.length - a.open.length)[0]
  if (widest === undefined) return null
  const suffixes = [...new Set([widest, ...ways].flatMap(({ open }) => open))]
  return { suffixes, samples: made(widest.pair, suffixes[0]!) }
}

const known = new Map<string, Opening | null>()
/** A check runs with every letter that is typed: what was tried is kept. */
const mostKept = 20_000

/** What a pattern opens to strangers; null: nothing that was found, or it is an address, or cannot be read. */
export function openingOf(pattern: string): Opening | null {
  const before = known.get(pattern)
  if (before !== undefined) return before
  const read = readPattern(pattern)
  const found = typeof read === 'string' || !read.expression ? null : findOpening(read, pattern.slice(1, -1))
  if (known.size >= mostKept) known.clear()
  known.set(pattern, found)
  return found
}
