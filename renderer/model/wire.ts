/** Owns: how one wire line is split for display: the strong word (verb or code), the enhanced code, and the rest. */
import type { EventOf } from '#shared/transcript/event.ts'
import { asksForLater, readResponse, type ReadResponse, requestLine } from '#shared/transcript/http.ts'
import { shownLines } from '#shared/transcript/shown.ts'

export type ReplyTone = 'good' | 'warn' | 'bad' | 'neutral'

/** By the first digit (RFC 5321 §4.2.1): 2 and 3 good, 4 try later, 5 no. */
export function replyTone(code: number | undefined): ReplyTone {
  if (code === undefined) return 'bad'
  const first = Math.floor(code / 100)
  if (first === 4) return 'warn'
  return first === 5 ? 'bad' : first === 2 || first === 3 ? 'good' : 'neutral'
}

export interface LineParts {
  /** Verb, with the mechanism for AUTH; '' for a line that is no command. */
  verb: string
  rest: string
  /** A secret was in it. */
  secret: boolean
}

const withMechanism = /^(AUTH [A-Z0-9_-]+)(?: |$)(.*)$/i

export function lineParts(event: EventOf<'line'>): LineParts {
  const request = requestLine(event.raw)
  if (request !== null && event.verb) {
    const rest = shownLines(request.slice(event.verb.length + 1)).join(' ')
    return { verb: event.verb, rest, secret: (event.masked?.length ?? 0) > 0 }
  }
  const text = shownLines(event.raw, event.masked).join(' ')
  const secret = (event.masked?.length ?? 0) > 0
  if (!event.verb) return { verb: '', rest: text, secret }
  const auth = withMechanism.exec(text)
  if (auth) return { verb: auth[1]!, rest: auth[2]!, secret }
  const verb = text.slice(0, event.verb.length)
  return { verb, rest: text.slice(verb.length).trimStart(), secret }
}

function responseParts({ status, reason, fields, body }: ReadResponse): ReplyParts {
  const tone = asksForLater(status) ? 'warn' : status >= 400 ? 'bad' : replyTone(status)
  const said = shownLines(body).join(' ')
  const lines = [reason, ...fields.flatMap((field) => shownLines(field)), said].filter((line) => line !== '')
  return { code: String(status), enhanced: '', text: [reason, said].filter(Boolean).join(' '), lines, tone }
}

export interface ReplyParts {
  /** As "250"; '' when the reply could not be read. */
  code: string
  enhanced: string
  /** Text of the first line. */
  text: string
  /** Text of every line, without codes. */
  lines: string[]
  tone: ReplyTone
}

export function replyParts(event: EventOf<'reply'>): ReplyParts {
  const shown = shownLines(event.raw, event.masked)
  const http = event.code === undefined ? null : readResponse(event.raw)
  if (http !== null) return responseParts(http)
  const tone = replyTone(event.code)
  if (event.code === undefined) return { code: '', enhanced: '', text: shown.join(' '), lines: shown, tone }
  const enhanced = event.enhanced ?? ''
  const lines = shown.map((line) => {
    const text = line.replace(/^\d{3}[- ]?/, '')
    return enhanced && text.startsWith(enhanced) ? text.slice(enhanced.length).trimStart() : text
  })
  return { code: String(event.code), enhanced, text: lines[0] ?? '', lines, tone }
}
