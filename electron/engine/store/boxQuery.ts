/**
 * Owns: a search of the box as SQL: terms to conditions with bound values. Nothing typed ever becomes syntax, of SQL or
 * of FTS5 (https://sqlite.org/fts5.html#full_text_query_syntax): every word is quoted.
 */
import type { BoxState, QueryTerm, WordField } from '#shared/inbox/query.ts'
import { quotedWords } from './searchText.ts'
import type { BoxSearch } from './wireTypes.ts'

export interface Conditions {
  filters: string[]
  values: (string | number)[]
}

const columns: Record<WordField, string> = {
  any: '',
  from: '{sender} : ',
  to: '{recipient} : ',
  subject: '{subject} : ',
  body: '{body} : ',
}

const stateSql: Record<BoxState, string> = {
  unread: 'unread = 1',
  read: 'unread = 0',
  starred: 'starred = 1',
  kept: "+outcome = 'kept'",
  refused: "+outcome = 'refused'",
  broken: "+outcome = 'broken'",
  idle: "+outcome = 'idle'",
  sealed: 'sealed = 1',
  clear: 'sealed = 0',
}

type Words = Extract<QueryTerm, { kind: 'words' }>

/** A word finds the beginnings of words, a phrase itself. */
const match = ({ field, text, phrase }: Words): string => `${columns[field]}${quotedWords(text, !phrase)}`

/** For LIKE with `\` as escape. */
const literal = (text: string): string => text.replace(/[\\%_]/gu, '\\$&')

function condition(term: Exclude<QueryTerm, Words>): [string, ...(string | number)[]] {
  switch (term.kind) {
    case 'has':
      return ['coalesce(attachments, 0) > 0']
    case 'is':
      return [stateSql[term.state]]
    case 'tag':
      return ["coalesce(tags, '') LIKE ? ESCAPE '\\'", `%${literal(JSON.stringify(term.value))}%`]
    case 'user':
      return ["lower(coalesce(user, '')) = ?", term.value]
    case 'port':
      return ['port = ?', term.port]
    case 'before':
      return ['receivedAt < ?', term.moment]
    case 'after':
      return ['receivedAt >= ?', term.moment]
    case 'larger':
      return ['size > ?', term.octets]
    case 'smaller':
      return ['size < ?', term.octets]
    default:
      return term satisfies never
  }
}

const inText = 'n IN (SELECT rowid FROM messageText WHERE messageText MATCH ?)'

/**
 * All words that must be there are one query of the index; each that must not is one more. `byOutcome`: go by the
 * outcome's index. Else the plus keeps SQLite from it (https://sqlite.org/optoverview.html#disqualifying_where_clause_terms_using_unary_):
 * nearly all rows have one outcome, and all of them would be read in order to be sorted.
 */
export function conditions({ terms = [], show = 'kept' }: BoxSearch, byOutcome = false): Conditions {
  const found: Conditions = { filters: [], values: [] }
  if (show !== 'all') {
    found.filters.push(byOutcome ? 'outcome = ?' : '+outcome = ?')
    found.values.push(show)
  }
  const words: string[] = []
  for (const term of terms) {
    if (term.kind === 'words' && !term.not) words.push(match(term))
    else if (term.kind === 'words') {
      found.filters.push(`NOT ${inText}`)
      found.values.push(match(term))
    } else {
      const [sql, ...values] = condition(term)
      found.filters.push(term.not ? `NOT (${sql})` : sql)
      found.values.push(...values)
    }
  }
  if (words.length > 0) {
    found.filters.push(inText)
    found.values.push(words.join(' AND '))
  }
  return found
}

export const where = (filters: readonly string[]): string =>
  filters.length > 0 ? `WHERE ${filters.join(' AND ')}` : ''
