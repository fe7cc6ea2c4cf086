/** Owns: message content inside a session: its octets as one, and putting changed octets back into the chunks they were in. */
import type { EventOf, TranscriptEvent } from '../event.ts'
import { changeMessage } from './message.ts'

export interface Content {
  body: number
  raw: string
}

/** The content of each body whose octets are here. */
export function contentsOf(events: readonly TranscriptEvent[]): Content[] {
  const parts = new Map<number, string[]>()
  for (const event of events) {
    if (event.kind !== 'chunk' || event.raw === undefined) continue
    const own = parts.get(event.body)
    if (own === undefined) parts.set(event.body, [event.raw])
    else own.push(event.raw)
  }
  return Array.from(parts, ([body, raws]) => ({ body, raw: raws.join('') }))
}

/**
 * Events with their content changed, in steps. A name may lie across two chunks, so a body is changed as one and cut
 * again: as before, and the last chunk takes what is longer or shorter. `leftOut`: parts that words stand for.
 */
export function* changeContents(
  events: readonly TranscriptEvent[],
  change: (text: string) => string,
): Generator<void, { events: TranscriptEvent[]; leftOut: number }> {
  const left = new Map<number, { raw: string; offset: number }>()
  let leftOut = 0
  for (const { body, raw } of contentsOf(events)) {
    const changed = yield* changeMessage(raw, { change })
    leftOut += changed.leftOut
    left.set(body, { raw: changed.raw, offset: 0 })
  }
  const lasts = new Map<number, TranscriptEvent>()
  for (const event of events)
    if (event.kind === 'chunk' && event.raw !== undefined) lasts.set(event.body, event)
  const changed = events.map((event) => {
    if (event.kind !== 'chunk' || event.raw === undefined) return event
    const rest = left.get(event.body)!
    const size = lasts.get(event.body) === event ? rest.raw.length : event.raw.length
    const own: EventOf<'chunk'> = { ...event, ...cutFrom(rest, size) }
    return own
  })
  return { events: changed, leftOut }
}

function cutFrom(
  rest: { raw: string; offset: number },
  size: number,
): Pick<EventOf<'chunk'>, 'raw' | 'offset' | 'size'> {
  const raw = rest.raw.slice(rest.offset, rest.offset + size)
  const { offset } = rest
  rest.offset += raw.length
  return { raw, offset, size: raw.length }
}
