/**
 * Owns: a dialogue as plain JSON for scripts: what was said, what was answered, what was agreed, what was found. All times
 * are whole microseconds, `at` since the session began; `event` is the number that evidence points at.
 *
 *     { schema: "relayscope-dialogue", version: 1, program,
 *       session: { source, role, startedAt, host, port, tls, state, tone, words, took },
 *       names: [{ event, at, took, name, addresses, fault }], connections: [{ event, at, took, address, port, outcome, fault }],
 *       tls: [{ event, at, took, outcome, version, cipher, ..., chain }],
 *       exchanges: [{ phase, sealed, said: { event, at, verb, text, octets } | null,
 *                     reply: { event, at, code, enhanced, text: [...] } | null, waited, held }],
 *       findings: [{ event, code, severity, message, next, evidence, ... }],
 *       remarks: [{ event, text, understood, ... }],
 *       end: { event, at, outcome, by, message } | null }
 *
 * Fields that are not known are absent. A later version adds fields; `version` rises only when one changes its meaning.
 */
import type { EventOf, TranscriptEvent } from '../event.ts'
import { shownLines } from '../shown.ts'
import { type Exchange, exchangeSteps } from './exchanges.ts'
import { jsonPieces } from './jsonPieces.ts'
import { asPieces, mapped, stepping } from './pauses.ts'
import type { ExportFormat, Recorded } from './types.ts'

export const dialogueSchema = 'relayscope-dialogue'
export const dialogueVersion = 1

/** Without what is the same in all events. */
function plain(event: TranscriptEvent): object {
  const { session: _session, seq, kind: _kind, direction: _direction, phase: _phase, ...rest } = event
  return { event: seq, ...rest }
}

const codeAndClass = /^\d{3}[- ]?(?:[245]\.\d{1,3}\.\d{1,3}(?: |$))?/

function said(event: Exchange['said']): object | null {
  if (event === null) return null
  const { seq, at } = event
  if (event.kind === 'chunk')
    return { event: seq, at, text: '(message content)', octets: event.offset + event.size }
  const { raw, masked, verb, edited, added, cutFrom } = event
  const text = shownLines(raw, masked).join('\n')
  return { event: seq, at, verb, text, octets: cutFrom ?? raw.length, edited, added }
}

function answered(event: EventOf<'reply'> | null): object | null {
  if (event === null) return null
  const { seq, at, code, enhanced, raw, masked, malformed, edited, added, cutFrom } = event
  const text = shownLines(raw, masked).map((line) => line.replace(codeAndClass, ''))
  return { event: seq, at, code, enhanced, text, malformed, edited, added, octets: cutFrom ?? raw.length }
}

function exchangeOf(exchange: Exchange): object {
  const { phase, sealed } = (exchange.said ?? exchange.reply)!
  const { waited, held } = exchange
  return { phase, sealed: sealed === true, said: said(exchange.said), reply: answered(exchange.reply), waited, held } // prettier-ignore
}

const kinds = ['resolve', 'connect', 'tls', 'finding', 'remark', 'end'] as const
type Listed = Record<(typeof kinds)[number], TranscriptEvent[]>
const isListed = (kind: string): kind is keyof Listed => (kinds as readonly string[]).includes(kind)

/** The events that have lists of their own. */
function* listedOf(events: readonly TranscriptEvent[]): Generator<void, Listed> {
  const listed: Listed = { resolve: [], connect: [], tls: [], finding: [], remark: [], end: [] }
  yield* stepping(events, (event) => {
    if (isListed(event.kind)) listed[event.kind].push(event)
  })
  return listed
}

/** Without what is in the lists, which is written one by one. */
function documentOf({ head }: Recorded, program: string, end: TranscriptEvent | undefined): object {
  const { source, role, startedAt, host, port, tls, title, times, state, tone, words, took } = head
  return {
    schema: dialogueSchema,
    version: dialogueVersion,
    program,
    session: { source, role, startedAt, host, port, tls, title, times, state, tone, words, took },
    names: [],
    connections: [],
    tls: [],
    exchanges: [],
    findings: [],
    remarks: [],
    end: end === undefined ? null : plain(end),
  }
}

export const jsonFormat: ExportFormat = {
  id: 'json',
  name: 'JSON for scripts',
  extension: '.json',
  mime: 'application/json',
  leavesOut:
    'Message content, the exact octets of lines and what a person changed before a line are left out.',
  *write(recorded, program) {
    const listed = yield* asPieces(listedOf(recorded.events))
    const exchanges = yield* asPieces(exchangeSteps(recorded.events))
    const of = (kind: keyof Listed): Iterable<object> => mapped(listed[kind], plain)
    yield* jsonPieces(
      documentOf(recorded, program, listed.end[0]),
      [
        { name: 'names', entries: of('resolve') },
        { name: 'connections', entries: of('connect') },
        { name: 'tls', entries: of('tls') },
        { name: 'exchanges', entries: mapped(exchanges, exchangeOf) },
        { name: 'findings', entries: of('finding') },
        { name: 'remarks', entries: of('remark') },
      ],
      1,
    )
  },
}
