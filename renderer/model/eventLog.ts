/**
 * Owns: the events of one transcript as the page keeps them: append-only, full stretches packed (packedEvents.ts), the
 * newest as they came. A log value is a view of a shared backing store: appending costs only what is new, and an older
 * view goes on showing what it showed.
 */
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { PackedEvents, Words } from './packedEvents.ts'

/** Events of one packed stretch. */
export const chunkSize = 1024
/** Events made again and kept: far more than a screen shows, so that what is drawn keeps its identity. */
const mostMade = 2048

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
  /** Full stretches of `chunkSize` events. */
  readonly chunks: readonly PackedEvents[]
  /** The newest, less than `chunkSize`. */
  readonly tail: readonly TranscriptEvent[]
  /** What views of the same log share. */
  readonly shared: { words: Words; made: Map<number, TranscriptEvent> }
}

export const emptyLog = (): EventLog => ({
  length: 0, lost: [], ended: false, chunks: [], tail: [], shared: { words: new Words(), made: new Map() },
}) // prettier-ignore

/** Makes the event at a place without keeping it: for who goes through all of them once. */
export function readEvent(log: EventLog, index: number): TranscriptEvent | undefined {
  if (index < 0 || index >= log.length) return undefined
  const packed = log.chunks[Math.floor(index / chunkSize)]
  if (packed === undefined) return log.tail[index - log.chunks.length * chunkSize]
  return packed.event(index % chunkSize)
}

/** The event at a place from 0 on; undefined past the end. Asked for again soon, it is the same object. */
export function eventAt(log: EventLog, index: number): TranscriptEvent | undefined {
  if (index < 0 || index >= log.length || index >= log.chunks.length * chunkSize) return readEvent(log, index)
  const { made } = log.shared
  const known = made.get(index)
  if (known !== undefined) return known
  const event = readEvent(log, index)!
  if (made.size >= mostMade) made.clear()
  made.set(index, event)
  return event
}

/** Kind of the event at a place, without making it. */
export function kindAt(log: EventLog, index: number): TranscriptEvent['kind'] | undefined {
  const packed = log.chunks[Math.floor(index / chunkSize)]
  if (packed !== undefined) return packed.kind(index % chunkSize)
  return log.tail[index - log.chunks.length * chunkSize]?.kind
}

function seqAt(log: EventLog, index: number): number {
  const packed = log.chunks[Math.floor(index / chunkSize)]
  if (packed !== undefined) return packed.seq(index % chunkSize)
  return log.tail[index - log.chunks.length * chunkSize]!.seq
}

/** Place of the first event numbered `seq` or higher; the log's length when there is none. */
export function placeFrom(log: EventLog, seq: number): number {
  // Where nothing was lost a number is its place.
  if (log.lost.length === 0 && seq >= 1 && seq <= log.length && seqAt(log, seq - 1) === seq) return seq - 1
  let low = 0
  let high = log.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (seqAt(log, middle) < seq) low = middle + 1
    else high = middle
  }
  return low
}

/** Place of the event numbered `seq`, or -1. Numbers have no gaps except where events were lost. */
export function indexOfSeq(log: EventLog, seq: number): number {
  const place = placeFrom(log, seq)
  return place < log.length && seqAt(log, place) === seq ? place : -1
}

export const eventBySeq = (log: EventLog, seq: number): TranscriptEvent | undefined =>
  eventAt(log, indexOfSeq(log, seq))

/** Number of the last event; 0 for an empty log. */
export const lastSeq = (log: EventLog): number => (log.length === 0 ? 0 : seqAt(log, log.length - 1))

/**
 * The log with more events at its end. Events that are there already (a resumed stream repeats itself) are dropped.
 * Only the newest view of a log may be appended to.
 */
export function appendEvents(
  log: EventLog,
  batch: { events: readonly TranscriptEvent[]; lost?: number; ended?: boolean },
): EventLog {
  const last = lastSeq(log)
  const fresh = batch.events.filter((event) => event.seq > last)
  const count = batch.lost ?? 0
  const before = fresh[0]?.seq ?? last + count + 1
  const lost = count > 0 ? [...log.lost, { before, count }] : log.lost
  const ended = log.ended || batch.ended === true || fresh.at(-1)?.kind === 'end'
  return { length: log.length + fresh.length, lost, ended, shared: log.shared, ...packFull(log, fresh) }
}

/** Packs what fills a stretch. The outer list is copied: one entry for every 1024 events. */
function packFull(log: EventLog, fresh: readonly TranscriptEvent[]): Pick<EventLog, 'chunks' | 'tail'> {
  if (fresh.length === 0) return { chunks: log.chunks, tail: log.tail }
  const open = [...log.tail, ...fresh]
  if (open.length < chunkSize) return { chunks: log.chunks, tail: Object.freeze(open) }
  const chunks = [...log.chunks]
  let from = 0
  for (; from + chunkSize <= open.length; from += chunkSize)
    chunks.push(new PackedEvents(open.slice(from, from + chunkSize), log.shared.words))
  return { chunks, tail: Object.freeze(open.slice(from)) }
}

/** All events in order, lazily. */
export function* eventsOf(log: EventLog, from = 0): Generator<TranscriptEvent> {
  for (let index = from; index < log.length; index++) yield readEvent(log, index)!
}
