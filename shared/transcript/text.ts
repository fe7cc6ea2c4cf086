/**
 * Owns: a whole transcript as plain text for a terminal or a ticket: time, direction, text; where the connection was
 * sealed, who held it, what was found. One event at a time, so a long transcript is never one big string.
 */
import { describe } from './describe.ts'
import type { EventOf, SessionHead, SessionSummary, TranscriptEvent } from './event.ts'
import { octetsInWords, shortTime } from './measure.ts'
import { byHand, shownLines, shownRemark } from './shown.ts'

export { octetsOf, shownLines, shownText } from './shown.ts'

const arrows = { 'to-server': '→', 'to-client': '←', none: '·' } as const
const marks = { error: '✗', warning: '!', info: 'i', good: '✓' } as const
const indent = ' '.repeat(14)

/** Seconds with milliseconds, right-aligned: `    0.118`. */
const clock = (micros: number): string => (micros / 1e6).toFixed(3).padStart(9)

/** As the gutter of a line: time, direction, and `#` where the octets travelled inside TLS. */
const gutter = (event: TranscriptEvent): string =>
  `${clock(event.at)} ${event.sealed === true && event.direction !== 'none' ? '#' : ' '}${arrows[event.direction]} `

function spoken(event: EventOf<'line' | 'reply'>): string[] {
  const lines = shownLines(event.raw, event.masked)
  const notes = [
    byHand(event) && `${byHand(event)} by a person`,
    event.cutFrom === undefined ? '' : `cut, ${octetsInWords(event.cutFrom)} in all`,
    event.kind === 'reply' ? (event.malformed ?? '') : '',
  ].filter((note) => note !== '')
  const last = Math.max(0, lines.length - 1)
  lines[last] = [lines[last] ?? '', ...notes.map((note) => `[${note}]`)].join('  ')
  return lines
}

function tlsLine(event: EventOf<'tls'>): string {
  if (event.outcome === 'failed') return `=== ${describe(event)}`
  const sni = event.sni === undefined ? '' : `, name asked for: ${event.sni}`
  return `=== sealed from here: ${describe(event)}${sni}`
}

function rows(event: TranscriptEvent): string[] {
  switch (event.kind) {
    case 'line':
    case 'reply':
      return spoken(event)
    case 'tls':
      return [tlsLine(event)]
    case 'chunk':
      return [`(message content, ${octetsInWords(event.size)}${event.last ? ', the last' : ''})`]
    case 'wait':
      return [`--- ${describe(event)}`]
    case 'finding':
      return [
        `${marks[event.severity]} ${event.code}: ${event.message}`,
        ...(event.next === '' ? [] : [event.next]),
      ]
    case 'remark':
      return shownRemark(event.text).map((line) => `${event.understood ? '|' : '?'} ${line}`)
    case 'resolve':
    case 'connect':
    case 'edit':
    case 'end':
  }
  return [describe(event)]
}

/** What a case file of anybody may hold in any text of an event: what steers a terminal, turns the writing, begins a line. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const steering = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g
const steady = (text: string): string =>
  text.replace(steering, (mark) => `\\u{${mark.charCodeAt(0).toString(16)}}`)

/** One event as text: `    0.118  → EHLO me`, further lines indented under the first. No line feed at the end. */
export const describeLine = (event: TranscriptEvent): string =>
  gutter(event) + rows(event).map(steady).join(`\n${indent}`)

/** First line over a transcript. */
export function headLine(head: SessionHead | SessionSummary): string {
  const ends =
    head.role === 'client' ? `to ${head.host}:${head.port}` : `from ${head.host}, port ${head.port}`
  const words = 'words' in head ? `: ${head.words}, ${shortTime(head.took)}` : ''
  return steady(`${head.startedAt}  ${head.source} ${ends}, TLS ${head.tls}${words}`)
}

/** A whole transcript, line by line, each with its line feed. */
export function* textOf(
  events: Iterable<TranscriptEvent>,
  head?: SessionHead | SessionSummary,
): Generator<string> {
  if (head !== undefined) yield `${headLine(head)}\n`
  for (const event of events) yield `${describeLine(event)}\n`
}

/** The same as one string, for transcripts of a size that fits one. */
export const toText = (events: Iterable<TranscriptEvent>, head?: SessionHead | SessionSummary): string =>
  [...textOf(events, head)].join('')
