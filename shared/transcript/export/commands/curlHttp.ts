/**
 * Owns: a request of HTTP as a curl command. The credential is no part of it: none is in a transcript, and API_KEY stands in
 * its place. Whatever a stranger put into the request stays text.
 */
import { isSecretField } from '../../http.ts'
import type { EventOf, TranscriptEvent } from '../../event.ts'
import { shellWord } from './quote.ts'
import { isWhole, type Script } from './script.ts'
import { noteLines, pipedLines } from './shell.ts'

interface Request {
  method: string
  target: string
  fields: string[]
  /** Null: it has no body, or its octets are not in the transcript. */
  body: string | null
  octets: number
}

/** What curl says by itself, or what only counts on the connection of the recording. */
const ownFields = new Set(['host', 'content-length', 'connection', 'transfer-encoding', 'expect', 'accept-encoding']) // prettier-ignore
/** RFC 9110 §5.6.2: nothing that begins an option or names a file to curl (`@`). */
const fieldForm = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}):[ \t]*(.*)$/s
const startForm = /^([A-Z]{1,20}) (\/[!-~]{0,8000}) HTTP\/1\.[01]$/

/** The first request with a body, else the first. */
function requestOf(events: readonly TranscriptEvent[]): Request | null {
  const all: Request[] = []
  for (const event of events)
    if (event.kind === 'line') all.push(...headOf(event))
    else if (event.kind === 'chunk' && all.length > 0) addBody(all.at(-1)!, event)
  return all.find(({ octets }) => octets > 0) ?? all[0] ?? null
}

function headOf({ raw }: EventOf<'line'>): Request[] {
  const [start = '', ...fields] = raw.split('\r\n').filter((line) => line !== '')
  const found = startForm.exec(start)
  if (found === null) return []
  const [, method = '', target = ''] = found
  return [{ method, target, fields, body: null, octets: 0 }]
}

function addBody(request: Request, chunk: EventOf<'chunk'>): void {
  const { raw = '', size } = chunk
  const whole = isWhole(chunk) && (request.octets === 0 || request.body !== null)
  request.body = whole ? (request.body ?? '') + raw : null
  request.octets += size
}

/** `API_KEY` where the recording has a mask; a cookie belongs to a session that is over. */
function fieldWords(line: string): string[] {
  const [, name = '', value = ''] = fieldForm.exec(line) ?? []
  const known = name.toLowerCase()
  if (name === '' || value === '' || ownFields.has(known)) return []
  if (!isSecretField(name)) return [`--header ${shellWord(`${name}: ${value}`)}`]
  if (known.endsWith('cookie')) return []
  const [, scheme = ''] = /^(Basic|Bearer) /i.exec(value) ?? []
  if (scheme.toLowerCase() === 'basic') return ['--user "api:$API_KEY"']
  return [`--header "${name}: ${scheme === '' ? '' : `${scheme} `}$API_KEY"`]
}

/** `script` tells where the recording went; what it says of SMTP is empty. */
export function curlRequest(script: Script, events: readonly TranscriptEvent[]): string {
  const { host, port, tls, verify } = script
  const request = requestOf(events)
  const name = host.includes(':') ? `[${host}]` : host
  const url = `${tls === 'none' ? 'http' : 'https'}://${name}:${port}${request?.target ?? '/'}`
  const words = ['curl --verbose --globoff --path-as-is --http1.1', `--url ${shellWord(url)}`]
  if (tls !== 'none' && !verify) words.push('--insecure')
  const fields = request?.fields.flatMap(fieldWords) ?? []
  words.push(...fields)
  const octets = request?.octets ?? 0
  if (octets > 0) words.push('--data-binary @-')
  if (request !== null && request.method !== (octets > 0 ? 'POST' : 'GET'))
    words.push(`--request ${shellWord(request.method)}`)
  const notes = [...script.notes, ...notesOn(request)]
  const needed = fields.some((field) => field.includes('$API_KEY')) ? [': "${API_KEY:?}"'] : []
  const content = octets > 0 ? (request?.body ?? '') : null
  return `${[...noteLines(notes), ...needed, ...pipedLines(content, words)].join('\n')}\n`
}

function notesOn(request: Request | null): string[] {
  if (request === null) return ['The session has no request; this one asks for / only.']
  return [
    ...(request.octets > 0 && request.body === null
      ? [`The body of ${request.octets} octets is not in the transcript; put one in.`]
      : []),
    ...(request.target.includes('********') ? ['A secret of the address is eight asterisks here.'] : []),
  ]
}
