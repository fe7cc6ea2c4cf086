/**
 * Owns: whether one row of the box is what a search asks for, without asking the index: for what has only just arrived,
 * whose text the index does not have yet. Says the same as the store's search (a test holds both against each other):
 * words as FTS5's unicode61 tokenizer cuts them (https://sqlite.org/fts5.html#unicode61_tokenizer).
 */
import type { MessageSummary, Shown } from '../rpc/contract/inbox.ts'
import type { BoxState, QueryTerm, WordField } from './query.ts'
import { wordsApart } from './wordsApart.ts'

/** `text`: as far as the summary tells it may; the text decides. */
export type Match = 'no' | 'yes' | 'text'

type Columns = Record<Exclude<WordField, 'any'>, string[]>

/** Characters of a column that are looked at. */
const longest = 1 << 20

/** Letters, digits and private-use characters are words; case and diacritics do not count. */
function tokens(text: string): string[] {
  const plain = wordsApart(text.slice(0, longest))
    .normalize('NFD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
  return plain.match(/[\p{L}\p{N}\p{Co}]+/gu) ?? []
}

/** The words stand one behind the other; the last may be a beginning unless it is a phrase. */
function holds(column: readonly string[], wanted: readonly string[], phrase: boolean): boolean {
  const last = wanted.length - 1
  return column.some((_, at) =>
    wanted.every((word, i) =>
      i === last && !phrase ? (column[at + i]?.startsWith(word) ?? false) : column[at + i] === word,
    ),
  )
}

/** The columns that the index has of a row; `text` is what the body says, names of attachments included. */
function columnsOf(row: MessageSummary, text: string): Columns {
  const session = row.outcome !== 'kept'
  const { decided, mailFrom, rcptTo, subject, user = '' } = row
  return {
    from: tokens(`${session ? (decided?.client ?? '') : row.from} ${mailFrom}`),
    to: tokens(`${session ? '' : row.to} ${rcptTo.join(' ')}`),
    subject: tokens(subject),
    body: tokens(session ? `${decided?.words ?? ''} ${user}` : text),
  }
}

type Words = Extract<QueryTerm, { kind: 'words' }>

function found({ field, text, phrase }: Words, columns: Columns): boolean {
  const wanted = tokens(text)
  const within = field === 'any' ? Object.values(columns) : [columns[field]]
  return within.some((column) => holds(column, wanted, phrase))
}

const states: Record<BoxState, (row: MessageSummary) => boolean> = {
  unread: ({ unread }) => unread,
  read: ({ unread }) => !unread,
  starred: ({ starred }) => starred,
  kept: ({ outcome }) => outcome === 'kept',
  refused: ({ outcome }) => outcome === 'refused',
  broken: ({ outcome }) => outcome === 'broken',
  idle: ({ outcome }) => outcome === 'idle',
  sealed: ({ sealed }) => sealed,
  clear: ({ sealed }) => !sealed,
}

function fits(term: Exclude<QueryTerm, Words>, row: MessageSummary): boolean {
  switch (term.kind) {
    case 'has':
      return row.attachments > 0
    case 'is':
      return states[term.state](row)
    case 'tag':
      return row.tags.includes(term.value)
    case 'user':
      return (row.user ?? '').toLowerCase() === term.value
    case 'port':
      return row.port === term.port
    case 'before':
      return row.receivedAt < term.moment
    case 'after':
      return row.receivedAt >= term.moment
    case 'larger':
      return row.size > term.octets
    case 'smaller':
      return row.size < term.octets
    default:
      return term satisfies never
  }
}

const shows = (show: Shown, { outcome }: MessageSummary): boolean => show === 'all' || show === outcome

/** By the summary alone. A message's text is asked for only where nothing else says no. */
export function matchSummary(terms: readonly QueryTerm[], show: Shown, row: MessageSummary): Match {
  if (!shows(show, row)) return 'no'
  const columns = columnsOf(row, '')
  let open = false
  for (const term of terms) {
    if (term.kind !== 'words') {
      if (fits(term, row) === term.not) return 'no'
      continue
    }
    const here = found(term, columns)
    if (here && term.not) return 'no'
    const inText = row.outcome === 'kept' && (term.field === 'any' || term.field === 'body')
    if (inText && !here) open = true
    else if (!here && !term.not) return 'no'
  }
  return open ? 'text' : 'yes'
}

/** With the text that the message has, names of its attachments included. */
export function matchText(
  terms: readonly QueryTerm[],
  show: Shown,
  row: MessageSummary,
  text: string,
): boolean {
  const columns = columnsOf(row, text)
  return (
    shows(show, row) &&
    terms.every((term) => (term.kind === 'words' ? found(term, columns) : fits(term, row)) !== term.not)
  )
}
