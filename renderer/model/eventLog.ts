/**
 * Owns: the events of one transcript as the page keeps them: append-only, in frozen chunks. A log value is a view of a
 * shared backing store: appending costs only what is new, and an older view goes on showing what it showed.
 */
import type { TranscriptEvent } from '#shared/transcript/event.ts'

export const chunkSize = 1024

/** Events that the engine no longer had when they were asked for: `count` of them, just before event `before`. */
export interface LostRange {
  before: number
  count: number
}

export interface EventLog {
  /** Events held. */
  readonly length: number
  readonly lost: readonly LostRange[]
  /** An `end` event has come, or the stream is over. */
  readonly ended: boolean
  readonly chunks: readonly (readonly TranscriptEvent[])[]
}

export const emptyLog = (): EventLog => ({ length: 0, lost: [], ended: false, chunks: [] })

/** The event at a place from 0 on; undefined past the end. */
export function eventAt(log: EventLog, index: number): TranscriptEvent | undefined {
  if (index < 0 || index >= log.length) return undefined
  return log.chunks[Math.floor(index / chunkSize)]?.[index % chunkSize]
}

/** Place of the event numbered `seq`, or -1. Numbers have no gaps except where events were lost. */
export function indexOfSeq(log: EventLog, seq: number): number {
  let low = 0
  let high = log.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = eventAt(log, middle)!.seq
    if (found === seq) return middle
    if (found < seq) low = middle + 1
    else high = middle - 1
  }
  return -1
}

export const eventBySeq = (log: EventLog, seq: number): TranscriptEvent | undefined =>
  eventAt(log, indexOfSeq(log, seq))

/**
 * The log with more events at its end. Events that are there already (a resumed stream repeats itself) are dropped.
 * Only the newest view of a log may be appended to.
 */
export function appendEvents(
  log: EventLog,
  batch: { events: readonly TranscriptEvent[]; lost?: number; ended?: boolean },
): EventLog {
  const lastSeq = eventAt(log, log.length - 1)?.seq ?? 0
  const fresh = batch.events.filter((event) => event.seq > lastSeq)
  const chunks = fillChunks(log, fresh)
  const count = batch.lost ?? 0
  const before = fresh[0]?.seq ?? lastSeq + count + 1
  const lost = count > 0 ? [...log.lost, { before, count }] : log.lost
  const ended = log.ended || batch.ended === true || fresh.at(-1)?.kind === 'end'
  return { length: log.length + fresh.length, lost, ended, chunks }
}

/** Fills the open chunk and adds new ones. The outer list is copied: one entry for every 1024 events. */
function fillChunks(log: EventLog, fresh: readonly TranscriptEvent[]): EventLog['chunks'] {
  if (fresh.length === 0) return log.chunks
  const used = log.length % chunkSize
  const chunks = used === 0 ? [...log.chunks] : log.chunks.slice(0, -1)
  let open: TranscriptEvent[] = used === 0 ? [] : [...log.chunks.at(-1)!]
  for (const event of fresh) {
    open.push(event)
    if (open.length === chunkSize) {
      chunks.push(Object.freeze(open))
      open = []
    }
  }
  if (open.length > 0) chunks.push(Object.freeze(open))
  return chunks
}

/** All events in order, lazily. */
export function* eventsOf(log: EventLog, from = 0): Generator<TranscriptEvent> {
  for (let index = from; index < log.length; index++) yield eventAt(log, index)!
}
