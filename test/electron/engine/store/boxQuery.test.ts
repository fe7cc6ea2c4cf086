import { expect, it } from 'vitest'
import { conditions, where } from '#engine/store/boxQuery.ts'
import { parseQuery, prefixes, states } from '#shared/inbox/query.ts'
import { memoryDatabase } from './support.ts'

const of = (text: string, show: 'all' | 'kept' = 'all') => {
  const parsed = parseQuery(text, new Date('2026-03-04T10:00:00Z'))
  if (!parsed.ok) throw new Error(parsed.problems.join(' '))
  return conditions({ terms: parsed.terms, show })
}

it('asks for messages alone unless told otherwise', () => {
  expect(conditions({})).toEqual({ filters: ['+outcome = ?'], values: ['kept'] })
  expect(conditions({}, true)).toEqual({ filters: ['outcome = ?'], values: ['kept'] })
  expect(of('')).toEqual({ filters: [], values: [] })
  expect(where([])).toBe('')
})

it('makes one question of the index of all words that must be there', () => {
  expect(of('a from:"b c" -d')).toEqual({
    filters: [
      'NOT n IN (SELECT rowid FROM messageText WHERE messageText MATCH ?)',
      'n IN (SELECT rowid FROM messageText WHERE messageText MATCH ?)',
    ],
    values: ['"d"*', '"a"* AND {sender} : "b c"'],
  })
})

it('makes SQL that SQLite takes of every prefix and state, quotes and wildcards included', () => {
  const { db } = memoryDatabase()
  const texts = [
    ...prefixes.flatMap(({ example }) => [example, `-${example}`]),
    ...states.map((state) => `is:${state}`),
    'tag:50%_\\ user:"a\'b"', 'AND OR NOT NEAR( a* ^b {c} :d', `x'); DROP TABLE messages;`,
  ] // prettier-ignore
  for (const text of texts) {
    const { filters, values } = of(text)
    expect(db.prepare(`SELECT n FROM messages ${where(filters)}`).all(...values), text).toEqual([])
  }
})
