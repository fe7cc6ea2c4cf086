/** Owns: which part of the box is looked at: search text, outcome, order; and the words of a row that is no message. */
import { parseQuery } from '#shared/inbox/query.ts'
import type { BoxCounts, BoxSort, MessageSummary, Shown } from '#shared/rpc/contract/inbox.ts'
import { countWords, sizeShort } from './measures.ts'

export interface BoxView {
  search: string
  show: Shown
  sort: BoxSort
}

export const wholeBox: BoxView = { search: '', show: 'all', sort: 'newest' }

/** All, newest first: then the live list itself is shown. */
export const isWhole = ({ search, show, sort }: BoxView): boolean =>
  search.trim() === '' && show === 'all' && sort === 'newest'

/** The same view has the same key. */
export const viewKey = ({ search, show, sort }: BoxView): string =>
  JSON.stringify([search.trim(), show, sort])

/** What is wrong with the search, one sentence each; none while it can be asked. */
export function searchProblems(search: string, now: Date = new Date()): string[] {
  const parsed = parseQuery(search.trim(), now)
  return parsed.ok ? [] : parsed.problems
}

export const sorts: readonly { id: BoxSort; label: string }[] = [
  { id: 'newest', label: 'Newest first' },
  { id: 'oldest', label: 'Oldest first' },
  { id: 'size', label: 'Largest first' },
  { id: 'sender', label: 'By sender' },
]

export interface ShowChoice {
  value: Shown
  label: string
  count: number
}

/** Sessions that brought nothing and asked for nothing are offered only where there are some. */
export function showChoices({ kept, refused, broken, idle }: BoxCounts): ShowChoice[] {
  const all = kept + refused + broken + idle
  const choices: ShowChoice[] = [
    { value: 'all', label: 'All', count: all },
    { value: 'kept', label: 'Kept', count: kept },
    { value: 'refused', label: 'Refused', count: refused },
    { value: 'broken', label: 'Broken off', count: broken },
  ]
  return idle > 0 ? [...choices, { value: 'idle', label: 'No mail', count: idle }] : choices
}

const stages: Partial<Record<string, string>> = {
  tcp: 'Connection',
  banner: 'Greeting',
  ehlo: 'EHLO',
  starttls: 'STARTTLS',
  tls: 'TLS',
  auth: 'AUTH',
  mail: 'MAIL',
  rcpt: 'RCPT',
  data: 'DATA',
  body: 'Body',
}

/** Third line of a session that left no message: the stage, and the reply or what had arrived. */
export function decidedWords({ outcome, decided, size }: MessageSummary): string {
  if (decided === undefined) return ''
  const stage = stages[decided.phase] ?? 'Dialogue'
  if (outcome === 'refused') return `${stage} stage, ${decided.words}`
  if (outcome === 'broken' && size > 0) {
    const of = decided.declared === undefined ? '' : ` of ${sizeShort(decided.declared)}`
    return `${sizeShort(size)}${of} arrived`
  }
  return `${stage} stage, from ${decided.client}`
}

export const outcomeWord: Record<MessageSummary['outcome'], string> = {
  kept: 'Kept',
  refused: 'Refused',
  broken: 'Broken off',
  idle: 'No mail',
}

/** Parts and attachments are counted up to here. */
const mostCounted = 1000
const manyWords = mostCounted.toLocaleString('en-US')

/** As "3 attachments"; of very many, that there are more. */
export const attachmentWords = (n: number): string =>
  n < mostCounted ? countWords(n, 'attachment') : `${manyWords} attachments or more`

/** Beside the name of the tab. */
export const partCount = (n: number): string => (n < mostCounted ? String(n) : `${manyWords}+`)
