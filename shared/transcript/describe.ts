/**
 * Owns: one event as one sentence, for screen readers and the command line. Who, what, how protected, after how long;
 * nothing that only a picture would tell.
 */
import type { EventOf, TranscriptEvent } from './event.ts'
import { readResponse } from './http.ts'
import { octetsInWords, spokenTime } from './measure.ts'
import { byHand, shownLines, shownRemark } from './shown.ts'

/** What took no time of ours, or none that a text tells, has no wait. */
const tookWords = (took: number): string => (took === 0 ? '' : `, after ${spokenTime(took)}`)

const who = { 'to-server': 'Client', 'to-client': 'Server', none: 'Relayscope' } as const

function reply(event: EventOf<'reply'>): string {
  // Without a code it is a web server where SMTP was expected.
  const http = event.code === undefined ? null : readResponse(event.raw)
  if (http !== null) {
    const said = shownLines(http.body).join(' ')
    return [`${http.status} ${http.reason}`.trimEnd(), said].filter((part) => part !== '').join(', ')
  }
  const lines = shownLines(event.raw, event.masked)
  if (event.code === undefined) return `not an SMTP reply: ${lines.join(' ') || 'nothing'}`
  const text = lines.map((line) => line.replace(/^\d{3}[- ]?/, '').replace(/^[245]\.\d{1,3}\.\d{1,3} ?/, ''))
  const code = event.enhanced === undefined ? `${event.code}` : `${event.code} ${event.enhanced}`
  return [code, ...text.filter((line) => line !== '')].join(', ')
}

function tls(event: EventOf<'tls'>): string {
  if (event.outcome === 'failed') {
    return `TLS handshake failed${event.fault ? `: ${event.fault.message}` : ''}${tookWords(event.took)}`
  }
  const parts = [`TLS established`, event.version, event.cipher].filter((part) => part !== undefined)
  if (event.verified !== undefined) {
    const problem = event.problem ? `: ${event.problem.message}` : ''
    parts.push(event.verified ? 'certificate verified' : `certificate not verified${problem}`)
  }
  return `${parts.join(', ')}${tookWords(event.took)}`
}

function resolve(event: EventOf<'resolve'>): string {
  const found = event.addresses.map((entry) => entry.address).join(', ')
  const what = event.fault ? event.fault.message : found || 'no address'
  const asked = event.server === undefined ? '' : `, asked of ${event.server}`
  return `Looked up ${event.name}${asked}: ${what}${tookWords(event.took)}`
}

function connect(event: EventOf<'connect'>): string {
  const to = event.family === 6 ? `[${event.address}]:${event.port}` : `${event.address}:${event.port}`
  const done = event.outcome === 'connected' ? 'Connected to' : `Connecting ${event.outcome},`
  return `${done} ${to}${event.fault ? `: ${event.fault.message}` : ''}${tookWords(event.took)}`
}

const waits = {
  gate: 'Held at the gate',
  breakpoint: 'Held at a breakpoint',
  delay: 'Delayed by a person',
} as const

function remark(event: EventOf<'remark'>): string {
  const [first = '', ...more] = shownRemark(event.text)
  const others = more.length === 0 ? '' : `, and ${more.length} more ${more.length === 1 ? 'line' : 'lines'}`
  const cut = event.cutFrom === undefined ? '' : `, cut, ${event.cutFrom.toLocaleString('en-US')} characters in all`
  return `${event.understood ? 'Beside the dialogue' : 'Not understood'}, ${first}${others}${cut}`
} // prettier-ignore

/** Of an edit the line that it is about, as it may be shown; of message content only that it is some. */
export function editedText(raw: string, phase: TranscriptEvent['phase']): string {
  if (phase !== 'body') return shownLines(raw).join(' ')
  return raw === '.\r\n' ? 'the dot that ends the message' : 'the message itself'
}

function edit({ action, before, after, phase }: EventOf<'edit'>): string {
  const text = after === undefined ? before && editedText(before, phase) : shownLines(after).join(' ')
  if (action === 'dropped' || action === 'reset')
    return `A person ${action} the connection${text ? ` before ${text}` : ''}`
  return `A person ${action} a line${text ? `: ${text}` : ''}`
}

/** What a server said may end a finding's sentence, without a full stop; another sentence follows. */
const closed = (text: string): string => (/[.!?:…)”]\s*$/.test(text) ? text : `${text.trimEnd()}.`)

function body(event: TranscriptEvent): string {
  let text: string
  switch (event.kind) {
    case 'line':
      text = `${who[event.direction]}, ${shownLines(event.raw, event.masked).join(' ') || 'an empty line'}`
      break
    case 'reply':
      text = `${who[event.direction]}, ${reply(event)}`
      break
    case 'chunk':
      text = `${who[event.direction]}, message content, ${octetsInWords(event.size)}${event.last ? ', the last' : ''}`
      break
    case 'resolve':
      text = resolve(event)
      break
    case 'connect':
      text = connect(event)
      break
    case 'tls':
      text = tls(event)
      break
    case 'wait':
      text = `${waits[event.why]} for ${spokenTime(event.took)}`
      break
    case 'edit':
      text = edit(event)
      break
    case 'finding':
      text = `Finding, ${event.severity}: ${[event.message, event.next].filter(Boolean).map(closed).join(' ')}`
      break
    case 'remark':
      text = remark(event)
      break
    case 'end':
      text = `End: ${event.message}`
      break
  }
  return text
}

/**
 * As "Server, 235 2.7.0, Authentication successful, sealed, after 118 milliseconds". `waited`: microseconds since the
 * event before, when the reader wants to hear them.
 */
export function describe(event: TranscriptEvent, waited?: number): string {
  const parts = [body(event)]
  if (event.kind === 'line' || event.kind === 'reply') {
    if (event.cutFrom !== undefined) parts.push(`cut, ${octetsInWords(event.cutFrom)} in all`)
    if (event.edited === true) parts.push(`${byHand(event)} by a person`)
    if (event.kind === 'reply' && event.malformed !== undefined) parts.push(event.malformed)
  }
  if (event.sealed === true && event.direction !== 'none') parts.push('sealed')
  if (waited !== undefined && !saysItsTime(event)) parts.push(`after ${spokenTime(waited)}`)
  return parts.join(', ')
}

/** A look-up, a connection and a handshake tell how long they took: what was waited for them is the same time. */
const saysItsTime = (event: TranscriptEvent): boolean =>
  (event.kind === 'resolve' || event.kind === 'connect' || event.kind === 'tls') && event.took > 0
