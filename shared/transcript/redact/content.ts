/** Owns: message content inside a session: its octets as one, and putting changed octets back into the chunks they were in. */
import type { EventOf, TranscriptEvent } from '../event.ts'
import { changeWords, sectionLength } from './headers.ts'
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

/** Characters of a piece: some milliseconds of work. */
const pieceSize = 64 << 10
/** Before a piece's end a place is looked for where no name goes on. */
const reach = 4096

/** Content in pieces, which are the content when joined: the header section whole, then so many lines. */
export function* piecesOf(raw: string): Generator<string> {
  for (let from = 0; from < raw.length;) {
    const end = from === 0 ? Math.max(sectionLength(raw), pieceSize) : from + pieceSize
    const cut = end >= raw.length ? raw.length : cutBefore(raw, end)
    yield raw.slice(from, cut)
    from = cut
  }
}

/** After an empty line, a line or a word; anywhere when none of them ends near. */
function cutBefore(raw: string, end: number): number {
  const near = raw.slice(end - reach, end)
  for (const mark of ['\r\n\r\n', '\n', ' ']) {
    const at = near.lastIndexOf(mark)
    if (at > 0) return end - reach + at + mark.length
  }
  return end
}

/**
 * Events with their content changed, in steps. A name may lie across two chunks, so a body is changed as one and cut
 * again: as before, and the last chunk takes what is longer or shorter.
 */
export function* changeContents(
  events: readonly TranscriptEvent[],
  change: (text: string) => string,
): Generator<void, TranscriptEvent[]> {
  const left = new Map<number, { raw: string; offset: number }>()
  for (const { body, raw } of contentsOf(events)) {
    const changed: string[] = []
    for (const piece of piecesOf(raw)) {
      changed.push(changeOctets(piece, (text) => changeWords(text, change)))
      yield
    }
    left.set(body, { raw: changed.join(''), offset: 0 })
  }
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
