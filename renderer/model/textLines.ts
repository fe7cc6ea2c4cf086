/**
 * Owns: a dialogue as plain text, event by event: who, whether it was sealed, and the lines. The same for the screen and
 * the clipboard. Secrets are bullets, as everywhere.
 */
import { describe } from '#shared/transcript/describe.ts'
import type { EventOf, TranscriptEvent } from '#shared/transcript/event.ts'
import { octetsInWords } from '#shared/transcript/measure.ts'
import { byHand, shownLines, shownRemark } from '#shared/transcript/shown.ts'

export interface TextLines {
  /** `C:` client, `S:` server, `--` what did not travel. */
  mark: 'C:' | 'S:' | '--'
  sealed: boolean
  lines: string[]
}

/** Characters of one line, and lines of one event, that are shown; what is cut off is said. */
const mostCharacters = 4000
const mostLines = 400

const marks = { 'to-server': 'C:', 'to-client': 'S:', none: '--' } as const

function bounded(lines: readonly string[]): string[] {
  const shown = lines
    .slice(0, mostLines)
    .map((line) =>
      line.length <= mostCharacters
        ? line
        : `${line.slice(0, mostCharacters)} [and ${(line.length - mostCharacters).toLocaleString('en-US')} characters more]`,
    )
  if (lines.length > mostLines)
    shown.push(`[and ${(lines.length - mostLines).toLocaleString('en-US')} lines more]`)
  return shown.length === 0 ? [''] : shown
}

function spoken(event: EventOf<'line' | 'reply'>): string[] {
  const lines = bounded(shownLines(event.raw, event.masked))
  const notes = [
    event.edited === true ? `[${byHand(event)} by a person]` : '',
    event.cutFrom === undefined ? '' : `[cut, ${octetsInWords(event.cutFrom)} in all]`,
    event.kind === 'reply' && event.malformed !== undefined ? `[${event.malformed}]` : '',
  ].filter(Boolean)
  lines[lines.length - 1] = [lines.at(-1)!, ...notes].join('  ')
  return lines
}

export function textLines(event: TranscriptEvent): TextLines {
  const base = { mark: marks[event.direction], sealed: event.sealed === true && event.direction !== 'none' }
  if (event.kind === 'line' || event.kind === 'reply') return { ...base, lines: spoken(event) }
  if (event.kind === 'chunk')
    return {
      ...base,
      lines: [`(message content, ${octetsInWords(event.size)}${event.last ? ', the last' : ''})`],
    }
  if (event.kind === 'remark') {
    const lines = bounded(shownRemark(event.text))
    return { ...base, lines: event.understood ? lines : lines.map((line) => `[not understood] ${line}`) }
  }
  return { ...base, lines: bounded(describe(event).split('\n')) }
}

/** Seconds since the session began, as `0.118`. */
export const textClock = (micros: number): string => (micros / 1e6).toFixed(3)

/** Characters that the clipboard is given at most. */
export const mostCopied = 8 << 20

/** `    12  0.118  S:# 235 2.7.0 …`: number, time, who, `#` where it was sealed; further lines stand under the first. */
export function plainText(event: TranscriptEvent, times: boolean): string {
  const { mark, sealed, lines } = textLines(event)
  const head = `${String(event.seq).padStart(6)}  ${times ? `${textClock(event.at).padStart(8)}  ` : ''}${mark}${sealed ? '#' : ' '} `
  return lines.map((line, place) => (place === 0 ? head : ' '.repeat(head.length)) + line).join('\n') + '\n'
}

/** Many events as one text; `whole` is false where `mostCopied` was reached. */
export function copyText(
  events: Iterable<TranscriptEvent>,
  times: boolean,
  most = mostCopied,
): { text: string; whole: boolean } {
  const parts: string[] = []
  let size = 0
  for (const event of events) {
    const part = plainText(event, times)
    size += part.length
    if (size > most) return { text: parts.join(''), whole: false }
    parts.push(part)
  }
  return { text: parts.join(''), whole: true }
}
