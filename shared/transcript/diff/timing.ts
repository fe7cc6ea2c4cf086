/**
 * Owns: when one side is noticeably slower, and whose time it is. Two measurements of one thing always differ; what
 * counts is more than twice as long and a tenth of a second more, about what a person notices.
 */
import { shortTime } from '../measure.ts'
import { tookOf } from './stepParts.ts'
import type { Difference, Step } from './types.ts'

/** Microseconds. */
export const noticeableFloor = 100_000
export const noticeableFactor = 2

export const noticeable = (a: number, b: number): boolean =>
  Math.abs(a - b) >= noticeableFloor && Math.max(a, b) >= noticeableFactor * Math.min(a, b)

/** Kinds that are the network's time as a whole, or nobody's. */
const network = new Set<Step['kind']>(['connect', 'tls'])

/** A reply takes a round trip on the network and what the server thinks; TLS takes round trips and both ends' work. */
export function serverPart(step: Step, roundTrip: number): number {
  return network.has(step.kind) ? 0 : Math.max(0, tookOf(step) - roundTrip)
}

/** `roundTrips`: of both sides, in microseconds; 0 where not known. */
export function compareTimes(left: Step, right: Step, roundTrips: readonly [number, number]): Difference[] {
  const times = [tookOf(left), tookOf(right)] as const
  if (left.kind === 'end' || left.kind === 'rest' || left.times > 1 || right.times > 1) return []
  if (!noticeable(...times)) return []
  const known = roundTrips[0] > 0 && roundTrips[1] > 0 && left.kind !== 'resolve'
  const byServer = noticeable(serverPart(left, roundTrips[0]), serverPart(right, roundTrips[1]))
  const what = !known ? 'time' : byServer ? 'time of the server' : 'time of the network'
  return [{ aspect: 'timing', weight: 'note', what, left: shortTime(times[0]), right: shortTime(times[1]) }]
}
