/** Owns: message content inside a session: its octets as one, and putting changed octets back into the chunks they were in. */
import type { EventOf, TranscriptEvent } from '../event.ts'
import { changeWords } from './headers.ts'
import { changeOctets } from './octets.ts'

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
 * Events with their content changed. A name may lie across two chunks, so a body is changed as a whole and cut again:
 * as before, and the last chunk takes what is longer or shorter.
 */
export function changeContents(
  events: readonly TranscriptEvent[],
  change: (text: string) => string,
): TranscriptEvent[] {
  const left = new Map(
    contentsOf(events).map(({ body, raw }) => [
      body,
      { raw: changeOctets(raw, (text) => changeWords(text, change)), offset: 0 },
    ]),
  )
  const lasts = new Map<number, TranscriptEvent>()
  for (const event of events)
    if (event.kind === 'chunk' && event.raw !== undefined) lasts.set(event.body, event)
  return events.map((event) => {
    if (event.kind !== 'chunk' || event.raw === undefined) return event
    const rest = left.get(event.body)!
    const size = lasts.get(event.body) === event ? rest.raw.length : event.raw.length
    const changed: EventOf<'chunk'> = { ...event, ...cutFrom(rest, size) }
    return changed
  })
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

/** Does content hide text in an encoding that is not looked into? */
export const holdsEncoded = ({ raw }: Content): boolean =>
  /^content-transfer-encoding[ \t]*:[ \t]*(?:base64|quoted-printable)/im.test(raw)
