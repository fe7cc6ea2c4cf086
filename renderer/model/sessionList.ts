/** Owns: summaries -> the list's entries: groups by day, newest first, with their heads. */
import type { SessionSummary } from '#shared/transcript/event.ts'

export type ListEntry =
  { kind: 'head'; key: string; text: string } | { kind: 'item'; key: string; id: string }

export type Group = 'Live' | 'Today' | 'Yesterday' | 'Earlier'

const dayOf = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()

/** `now` in the person's time zone decides what today is. */
export function groupOf(summary: SessionSummary, now: Date): Group {
  if (summary.state !== 'ended') return 'Live'
  const started = dayOf(new Date(summary.startedAt))
  const today = dayOf(now)
  if (started >= today) return 'Today'
  // A day may have 23 or 25 hours: yesterday is the day of noon, twelve hours before this day began.
  return started >= dayOf(new Date(today - 12 * 3_600_000)) ? 'Yesterday' : 'Earlier'
}

const groups: readonly Group[] = ['Live', 'Today', 'Yesterday', 'Earlier']

export function listEntries(
  order: readonly string[],
  summaries: Readonly<Record<string, SessionSummary>>,
  now: Date,
): ListEntry[] {
  const byGroup = new Map<Group, string[]>(groups.map((group) => [group, []]))
  for (const id of order) {
    const summary = summaries[id]
    if (summary) byGroup.get(groupOf(summary, now))!.push(id)
  }
  return groups.flatMap((group): ListEntry[] => {
    const ids = byGroup.get(group)!
    if (ids.length === 0) return []
    return [
      { kind: 'head', key: `head-${group}`, text: group },
      ...ids.map((id): ListEntry => ({ kind: 'item', key: id, id })),
    ]
  })
}

/** Quick filter over what is loaded: every word must occur in host, port, words, title or source. */
export function matches(summary: SessionSummary, text: string): boolean {
  const { host, port, words, title = '', source } = summary
  const hay = `${host}:${port} ${words} ${title} ${source}`.toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => hay.includes(word))
}

/** As "smtp.example:587", or a title where there is one and the session was imported; a part of a test says which. */
export function sessionName({ host, port, source, title }: SessionSummary): { name: string; port: string } {
  if (source === 'import' && title) return { name: title, port: '' }
  // Without a port the space would begin its element, and a plain one is not drawn there.
  const place = port === 0 ? '\u00a0' : `:${port} `
  return { name: host || 'unknown', port: source === 'probe' && title ? place + title : `:${port}` }
}
