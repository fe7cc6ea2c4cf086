/** Owns: one page of the list of sessions: those in the store and those so new that only memory has them. */
import type { SessionSummary } from '#shared/transcript/event.ts'
import type { TranscriptQuery } from '../store/types.ts'

export interface SessionPage {
  items: SessionSummary[]
  next?: string
  total: number
}

/** Does a session in memory answer the query? Text is looked for in what the list shows. */
export function matches(summary: SessionSummary, { text, source }: TranscriptQuery): boolean {
  if (source !== undefined && summary.source !== source) return false
  const words = (text ?? '').toLowerCase().split(/\s+/u).filter(Boolean)
  if (words.length === 0) return true
  const shown = `${summary.host} ${summary.port} ${summary.title ?? ''} ${summary.words}`.toLowerCase()
  return words.every((word) => shown.includes(word))
}

/** `live`: sessions in memory, any order; their summaries are newer than the store's. Newest first. */
export function mergePage(
  stored: SessionPage,
  live: Iterable<SessionSummary>,
  query: TranscriptQuery,
): SessionPage {
  const found = new Map<string, SessionSummary>()
  let unknown = 0
  const known = new Map(stored.items.map((item) => [item.id, item]))
  for (const summary of live) {
    if (known.has(summary.id)) known.set(summary.id, summary)
    else if (matches(summary, query)) {
      unknown++
      const beyond = stored.next !== undefined && summary.id < stored.next
      if (!beyond && (query.before === undefined || summary.id < query.before)) found.set(summary.id, summary)
    }
  }
  const all = [...known.values(), ...found.values()].toSorted((a, b) => (a.id < b.id ? 1 : -1))
  const items = all.slice(0, query.limit)
  const more = all.length > items.length || stored.next !== undefined
  const next = more && items.length > 0 ? { next: items.at(-1)!.id } : {}
  return { items, total: stored.total + unknown, ...next }
}
