/**
 * Owns: lines too long to travel with the events of a transcript. Their first octets stay in the event, which says how
 * many there were (`cutFrom`); all of them are kept beside the transcript, like message content, and read by range.
 */
import type { EventOf, TranscriptEvent } from './event.ts'

/** Octets of a line or reply that stay in its event. */
export const keptOfLine = 16 << 10

/** Number under which the whole line is kept, among the bodies of its session; far above those of real bodies. */
export const wholeLineBody = (seq: number): number => 2 ** 40 + seq

type Spoken = EventOf<'line'> | EventOf<'reply'>

/** Whether the event's line has to be cut. */
export const isLongLine = (event: TranscriptEvent): event is Spoken =>
  (event.kind === 'line' || event.kind === 'reply') && event.raw.length > keptOfLine

/** The event with the first octets only. */
export function cutLine<E extends Spoken>(event: E): E {
  const cut = { ...event, raw: event.raw.slice(0, keptOfLine), cutFrom: event.cutFrom ?? event.raw.length }
  if (cut.masked === undefined) return cut
  const masked = cut.masked.filter(({ start }) => start < keptOfLine)
  return { ...cut, masked: masked.map(({ start, end }) => ({ start, end: Math.min(end, keptOfLine) })) }
}
