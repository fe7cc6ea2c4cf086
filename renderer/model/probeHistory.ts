/** Owns: earlier probes by day, and hosts that are worth testing again, for lists and commands. */
import type { ProbeSummary } from '#shared/rpc/contract/probe.ts'
import { clockTime } from './measures.ts'

export interface ProbeDay {
  /** "Today", "Yesterday", else as 2026-11-22. */
  day: string
  items: { summary: ProbeSummary; time: string }[]
}

const dayNumber = (date: Date) =>
  Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000)

function dayWords(at: Date, now: Date): string {
  const ago = dayNumber(now) - dayNumber(at)
  if (ago === 0) return 'Today'
  if (ago === 1) return 'Yesterday'
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`
}

/** As "10:38", of another day than that of `now` with its date. Milliseconds of the epoch. */
export function whenWords(at: number, now = new Date()): string {
  const date = new Date(at)
  const day = dayWords(date, now)
  return `${day === 'Today' ? '' : `${day} `}${clockTime(date.toISOString())}`
}

/** Newest first, as they come. Days are those of the person's own time zone. */
export function probeDays(summaries: readonly ProbeSummary[], now = new Date()): ProbeDay[] {
  const days = Map.groupBy(summaries, ({ startedAt }) => dayWords(new Date(startedAt), now))
  return [...days].map(([day, all]) => ({
    day,
    items: all.map((summary) => ({ summary, time: clockTime(summary.startedAt) })),
  }))
}

/** Hosts of earlier probes and dialogues, each once, the newest first. */
export function knownHosts(
  summaries: readonly Pick<ProbeSummary, 'target' | 'kind'>[],
  dialogues: readonly string[],
  limit = 20,
): string[] {
  const probed = summaries.filter(({ kind }) => kind === 'server').map(({ target }) => target)
  return [...new Set([...probed, ...dialogues])].filter((host) => host !== '').slice(0, limit)
}
