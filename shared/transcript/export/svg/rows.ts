/** Owns: which rows a drawing has, in order: which events stand together, how long was waited, who could read it. */
import type { EventOf, TranscriptEvent } from '../../event.ts'
import { requestLine } from '../../http.ts'
import { octetsOf } from '../../shown.ts'

/** `seam`: where TLS began, or failed to. */
export type Wall = 'none' | 'open' | 'sealed' | 'seam'

/** What did not travel and is told in a sentence: findings, holds, edits, the end. */
export type Aside = Exclude<
  TranscriptEvent,
  EventOf<'resolve' | 'connect' | 'line' | 'reply' | 'tls' | 'chunk'>
>

export type Row = { wall: Wall } & (
  | { kind: 'link'; events: readonly EventOf<'resolve' | 'connect'>[] }
  | { kind: 'band'; lines: number; octets: number; first: boolean }
  /** `gap`: microseconds that it was waited for, holds by a person not counted. */
  | { kind: 'line'; event: EventOf<'line'> }
  | { kind: 'reply'; event: EventOf<'reply'>; gap: number; before: EventOf<'reply'> | undefined }
  | { kind: 'tls'; event: EventOf<'tls'>; gap: number }
  | { kind: 'body'; event: EventOf<'chunk'>; size: number; whole: boolean; /** Of HTTP. */ request: boolean }
  | { kind: 'note'; event: Aside }
)

type Band = Extract<Row, { kind: 'band' }>

/** Turns events into rows one after the other; what later events add to an earlier row is added there. */
class RowMaker {
  readonly rows: Row[] = []
  #band: Band | null = null
  #wall: Wall = 'none'
  #body: Extract<Row, { kind: 'body' }> | null = null
  /** The last line was a request of HTTP. */
  #request = false
  #ehlo: EventOf<'reply'> | undefined
  /** When the last octets travelled or the connection changed, and what a person held since. */
  #last = 0
  #held = 0

  add(event: TranscriptEvent): void {
    if (event.kind !== 'chunk') this.#body = null
    if (event.kind === 'resolve' || event.kind === 'connect') this.#link(event)
    else if (event.kind === 'tls') this.#tls(event)
    else if (event.kind === 'chunk') this.#chunk(event)
    else if (event.kind === 'line' || event.kind === 'reply') this.#spoken(event)
    else {
      if (event.kind === 'wait') this.#held += event.took
      this.rows.push({ kind: 'note', wall: this.#wall, event })
    }
  }

  #gap(event: TranscriptEvent): number {
    const gap = Math.max(0, event.at - this.#last - this.#held)
    this.#last = event.at
    this.#held = 0
    return gap
  }

  #link(event: EventOf<'resolve' | 'connect'>): void {
    this.#gap(event)
    const before = this.rows.at(-1)
    const joins =
      before?.kind === 'link' && before.events.length === 1 && before.events[0]!.kind === 'resolve'
    if (joins && event.kind === 'connect') before.events = [...before.events, event]
    else this.rows.push({ kind: 'link', wall: this.#wall, events: [event] })
  }

  #tls(event: EventOf<'tls'>): void {
    this.#gap(event)
    this.rows.push({ kind: 'tls', wall: 'seam', event, gap: event.took })
  }

  #enter(event: EventOf<'line' | 'reply' | 'chunk'>): void {
    const wall = event.sealed === true ? 'sealed' : 'open'
    if (this.#band === null || this.#wall !== wall) {
      const first = this.#band === null
      this.#wall = wall
      this.#band = { kind: 'band', wall, lines: 0, octets: 0, first }
      this.rows.push(this.#band)
    }
    if (event.kind !== 'chunk') this.#band.lines++
    this.#band.octets += octetsOf(event)
  }

  #spoken(event: EventOf<'line' | 'reply'>): void {
    this.#enter(event)
    const gap = this.#gap(event)
    const wall = this.#wall
    if (event.kind === 'line') {
      this.#request = event.verb === 'POST' && requestLine(event.raw) !== null
      return void this.rows.push({ kind: 'line', wall, event })
    }
    this.rows.push({ kind: 'reply', wall, event, gap, before: this.#ehlo })
    if (event.phase === 'ehlo' && event.code === 250) this.#ehlo = event
  }

  #chunk(event: EventOf<'chunk'>): void {
    this.#enter(event)
    this.#gap(event)
    if (this.#body === null || this.#body.event.body !== event.body) {
      this.#body = { kind: 'body', wall: this.#wall, event, size: 0, whole: false, request: this.#request }
      this.rows.push(this.#body)
    }
    this.#body.size += event.size
    this.#body.whole = event.last
  }
}

/**
 * The first `most` rows or some more, how many events are in none, and of a dialogue that was cut so its end, where the
 * outcome is told.
 */
export function rowsOf(
  events: readonly TranscriptEvent[],
  most: number,
): { rows: Row[]; tail: Row[]; left: number } {
  const maker = new RowMaker()
  let read = 0
  while (read < events.length && maker.rows.length < most) maker.add(events[read++]!)
  const last = events.at(-1)
  if (last === undefined || last.kind !== 'end' || read === events.length) {
    return { rows: maker.rows, tail: [], left: events.length - read }
  }
  return {
    rows: maker.rows,
    tail: [{ kind: 'note', wall: 'none', event: last }],
    left: events.length - read - 1,
  }
}
