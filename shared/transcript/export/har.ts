/**
 * Owns: a dialogue in the form of an HTTP Archive (HAR 1.2), one entry for each command with its reply, so that its viewers
 * draw the waterfall. SMTP has no methods, URLs and statuses: the verb, the server and the reply code take their places, and
 * what has none stands in fields that begin with an underscore, as the format asks. Times are milliseconds.
 */
import type { TranscriptEvent } from '../event.ts'
import { shownText } from '../shown.ts'
import { type Exchange, exchangeSteps } from './exchanges.ts'
import { jsonPieces } from './jsonPieces.ts'
import { asPieces, mapped, stepping } from './pauses.ts'
import type { ExportFormat, Recorded } from './types.ts'

const ms = (micros: number): number => Math.round(micros) / 1000
/** Said of a phase that this entry did not have. */
const none = -1

interface Phases {
  dns: number
  connect: number
  ssl: number
}

/** Look-up, connecting and handshake belong to the entry that comes after them. */
function* phasesBefore(events: readonly TranscriptEvent[]): Generator<void, Map<number, Phases>> {
  const phases = new Map<number, Phases>()
  let open: Phases = { dns: none, connect: none, ssl: none }
  const add = (had: number, took: number): number => (had === none ? 0 : had) + ms(took)
  yield* stepping(events, (event) => {
    if (event.kind === 'resolve') open.dns = add(open.dns, event.took)
    else if (event.kind === 'connect') open.connect = add(open.connect, event.took)
    else if (event.kind === 'tls') open.ssl = add(open.ssl, event.took)
    else if (event.kind === 'line' || event.kind === 'reply' || event.kind === 'chunk') {
      phases.set(event.seq, open)
      open = { dns: none, connect: none, ssl: none }
    }
  })
  return phases
}

const urlOf = ({ head }: Recorded): string =>
  `smtp://${head.host.includes(':') ? `[${head.host}]` : encodeURIComponent(head.host.toWellFormed())}:${head.port}`

function requestOf({ said }: Exchange, url: string): object {
  const line = said?.kind === 'line' ? said : null
  const text = line === null ? '' : shownText(line.raw, line.masked)
  const octets = said === null ? 0 : said.kind === 'chunk' ? said.offset + said.size : (said.cutFrom ?? said.raw.length)
  const method = said === null ? 'GREETING' : said.kind === 'chunk' ? 'CONTENT' : (line?.verb ?? 'LINE')
  return { method, url, httpVersion: 'SMTP', cookies: [], headers: [], queryString: [], headersSize: none, bodySize: octets, _line: text }
} // prettier-ignore

function responseOf({ reply }: Exchange): object {
  const text = reply === null ? '' : shownText(reply.raw, reply.masked)
  const content = { size: reply?.cutFrom ?? reply?.raw.length ?? 0, mimeType: 'text/plain', text }
  const [first = ''] = text.split('\n')
  return { status: reply?.code ?? 0, statusText: first.slice(4), httpVersion: 'SMTP', cookies: [], headers: [], content, redirectURL: '', headersSize: none, bodySize: content.size, _enhanced: reply?.enhanced }
} // prettier-ignore

function entryOf(exchange: Exchange, recorded: Recorded, url: string, phases: Map<number, Phases>): object {
  const { said, reply, waited, held, from } = exchange
  const event = (said ?? reply)!
  const before = phases.get(event.seq) ?? { dns: none, connect: none, ssl: none }
  // Connecting has been waited for before the greeting, which is counted from there.
  const extra = [before.dns, before.connect, before.ssl].reduce((sum, time) => sum + Math.max(0, time), 0)
  const began = Date.parse(recorded.head.startedAt) + ms(from) - extra
  const startedDateTime = new Date(Number.isFinite(began) ? began : 0).toISOString()
  return {
    startedDateTime,
    time: ms(waited + held) + extra,
    request: requestOf(exchange, url),
    response: responseOf(exchange),
    cache: {},
    // `connect` includes `ssl` in this format.
    timings: { blocked: held > 0 ? ms(held) : none, dns: before.dns, connect: Math.max(before.connect, 0) + Math.max(before.ssl, 0) || none, ssl: before.ssl, send: 0, wait: ms(waited), receive: 0 },
    connection: recorded.head.id,
    _phase: event.phase,
    _sealed: event.sealed === true,
    _event: event.seq,
  }
} // prettier-ignore

export const harFormat: ExportFormat = {
  id: 'har',
  name: 'HAR-like JSON, for waterfall viewers',
  extension: '.har',
  mime: 'application/json',
  leavesOut:
    'It has the form of an HTTP Archive but is none: verbs, reply codes and one server stand for methods, statuses and URLs; certificates, findings and message content are left out.',
  *write(recorded, program) {
    const [name = '', version = ''] = program.split(' ')
    const phases = yield* asPieces(phasesBefore(recorded.events))
    const url = urlOf(recorded)
    const log = { version: '1.2', creator: { name, version }, entries: [], comment: recorded.head.words }
    const entry = (each: Exchange): object => entryOf(each, recorded, url, phases)
    const exchanges = yield* asPieces(exchangeSteps(recorded.events))
    yield* jsonPieces({ log }, [{ name: 'entries', entries: mapped(exchanges, entry) }], 2)
  },
}
