/** Owns: the choices that a filter offers, from what occurs in the dialogue, the most frequent first. */
import type { DialogueFilter } from './filter.ts'
import type { Facets } from './facets.ts'

export type FilterKind = 'verbs' | 'codes' | 'phases' | 'directions'

export interface FilterChoice {
  value: DialogueFilter[FilterKind][number]
  words: string
  count: number
}

/** Choices of one kind at most; a rarer one is found by its text. */
const mostChoices = 24

const directionWords: Record<string, string> = {
  'to-server': 'client to server',
  'to-client': 'server to client',
  none: 'nothing sent',
}

/** As a person reads it on a chip or in a menu. */
export const chosenWords = (kind: FilterKind, value: string): string =>
  kind === 'directions' ? (directionWords[value] ?? value) : value

function classesOf(codes: ReadonlyMap<string, number>): Map<string, number> {
  const classes = new Map<string, number>()
  for (const [code, count] of codes) classes.set(`${code[0]!}xx`, (classes.get(`${code[0]!}xx`) ?? 0) + count)
  return classes
}

function ranked<T extends string>(kind: FilterKind, counts: ReadonlyMap<T, number>): FilterChoice[] {
  const choices = [...counts].map(([value, count]) => ({ value, words: chosenWords(kind, value), count }))
  return choices.toSorted((a, b) => b.count - a.count).slice(0, mostChoices)
}

export function filterChoices(kind: FilterKind, facets: Facets): FilterChoice[] {
  if (kind !== 'codes') return ranked(kind, facets[kind])
  const classes = ranked(kind, classesOf(facets.codes)).toSorted((a, b) => a.words.localeCompare(b.words))
  return [...classes, ...ranked(kind, facets.codes), ...ranked(kind, facets.enhanced)]
}
