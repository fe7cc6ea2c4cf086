/** Owns: the tries of one entry of the queue as dots on a line, from the first to where it gives up. */
import type { LegTry, QueueDetail } from '#shared/rpc/contract/relay.ts'
import { spelled } from './inbox.ts'
import { exactMoment, shortMoment, toldApart } from './relayTime.ts'

export interface TryDot {
  key: string
  /** From 0 to 1 along the line. */
  place: number
  kind: 'failed' | 'later' | 'good' | 'next' | 'end'
  label: string
  /** What a reader hears. */
  spoken: string
}

/** More dots than these run into each other: the oldest are told as a number. */
const mostDots = 5

const kinds: Record<LegTry['outcome'], TryDot['kind']> = {
  delivered: 'good',
  partly: 'later',
  again: 'later',
  failed: 'failed',
}

export interface TimeLine {
  dots: TryDot[]
  /** Tries before the first dot. */
  earlier: number
  /** Up to where the line is drawn in full, from 0 to 1. */
  done: number
}

/** Dots stand at equal distances: the waits grow, and a true scale would lay the first tries on each other. */
export function timeLine(detail: Pick<QueueDetail, 'history' | 'tries' | 'state' | 'nextAt' | 'givesUpAt'>, now: number): TimeLine {
  const { history, state, nextAt, givesUpAt } = detail
  const next = state === 'delivering' ? 'now' : state === 'waiting' && nextAt !== undefined ? shortMoment(nextAt, now) : null
  const room = mostDots - (next === null ? 0 : 1)
  const shown = history.slice(-room)
  const labels = toldApart(shown.map(({ at }) => at), now)
  const dots: Omit<TryDot, 'place'>[] = shown.map((one, place) => ({
    key: `${one.at} ${place}`,
    kind: kinds[one.outcome],
    label: labels[place]!,
    spoken: spelled(`Tried ${exactMoment(one.at, now)}: ${one.words}`),
  }))
  if (next !== null) dots.push({ key: 'next', kind: 'next', label: next, spoken: state === 'delivering' ? 'Is tried now' : `Next try ${next}` })
  const open = state === 'waiting' || state === 'delivering' || state === 'held'
  const ends = open && givesUpAt !== undefined
  const slots = Math.max(1, dots.length - 1 + (ends ? 1.6 : 0))
  const placed = dots.map((dot, place) => ({ ...dot, place: place / slots }))
  const end: TryDot[] = ends
    ? [{ key: 'end', place: 1, kind: 'end', label: `gives up ${shortMoment(givesUpAt, now)}`, spoken: `Goes back to its sender ${shortMoment(givesUpAt, now)}` }]
    : []
  return { dots: [...placed, ...end], earlier: Math.max(0, detail.tries - shown.length), done: placed.at(-1)?.place ?? 0 }
} // prettier-ignore

/** Tries whose dialogue can be opened, newest first. */
export const dialoguesOf = (history: readonly LegTry[]): (LegTry & { session: string })[] =>
  history.flatMap((one) => (one.session === undefined ? [] : [{ ...one, session: one.session }])).toReversed()
