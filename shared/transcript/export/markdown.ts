/** Owns: a dialogue as Markdown for a ticket: how it ended, what was found and why, the dialogue, TLS, times. */
import type { EventOf, TranscriptEvent } from '../event.ts'
import { shortTime } from '../measure.ts'
import { shownText } from '../shown.ts'
import { describeLine } from '../text.ts'
import { type Exchange, exchangeSteps } from './exchanges.ts'
import { block, code, sentence } from './markdownText.ts'
import { asPieces, stepping } from './pauses.ts'
import type { ExportFormat, Recorded } from './types.ts'

const marks = { error: 'Error', warning: 'Warning', info: 'Note', good: 'Good' } as const
/** The slowest are what a reader looks for. */
const mostTimes = 40

function* opening({ head }: Recorded): Generator<string> {
  const ends = head.role === 'client' ? 'to' : 'from'
  yield `# SMTP dialogue ${ends} ${code(`${head.host}:${head.port}`)}\n\n`
  yield `**${sentence(head.words)}** (${shortTime(head.took)}, TLS ${head.tls}, ${code(head.startedAt)})\n\n`
}

function* findings(events: readonly TranscriptEvent[]): Generator<string> {
  const found = events.filter((event) => event.kind === 'finding')
  if (found.length === 0) return
  yield '## Findings\n\n'
  for (const { severity, code: name, message, evidence, next, confidence, side } of found) {
    const lines = evidence.length === 1 ? 'line' : 'lines'
    const proof = evidence.length === 0 ? '' : ` (${lines} ${evidence.slice(0, 20).join(', ')})`
    yield `- **${marks[severity]}** ${code(name)}, ${confidence}, ${side}: ${sentence(message)}${proof}\n`
    if (next !== '') yield `  Next: ${sentence(next)}\n`
  }
  yield '\n'
}

function* dialogueLines(events: readonly TranscriptEvent[]): Generator<string> {
  const pad = ' '.repeat(6)
  for (const event of events) {
    if (event.kind === 'finding') continue
    for (const [index, line] of describeLine(event).split('\n').entries())
      yield (index === 0 ? `${String(event.seq).padStart(5)} ` : pad) + line
  }
}

function* dialogue(events: readonly TranscriptEvent[]): Generator<string> {
  yield '## Dialogue\n\nNumber, seconds, direction; `#` is inside TLS.\n\n'
  yield* block(dialogueLines(events))
  yield '\n'
}

function* handshake(event: EventOf<'tls'>): Generator<string> {
  const facts = [
    ['Outcome', event.outcome],
    ['Version', event.version],
    ['Cipher', event.cipher],
    ['Key exchange', event.group],
    ['Name asked for', event.sni],
    ['Verified', event.verified === undefined ? undefined : event.verified ? 'yes' : 'no'],
    ['Problem', event.problem?.message ?? event.fault?.message],
  ] as const
  yield `## TLS (line ${event.seq})\n\n| Fact | Value |\n|---|---|\n`
  for (const [name, value] of facts) if (value !== undefined) yield `| ${name} | ${code(value)} |\n`
  for (const [index, certificate] of (event.chain ?? []).entries()) {
    const { subject, issuer, names, validFrom, validTo, key, fingerprint256 } = certificate
    const name = index === 0 ? 'Certificate' : `Issuer ${index}`
    yield `| ${name} | ${code(subject)} |\n| issued by | ${code(issuer)} |\n`
    if (names.length > 0) yield `| names | ${code(names.slice(0, 20).join(', '))} |\n`
    yield `| valid | ${code(`${validFrom} to ${validTo}`)} |\n`
    if (key !== undefined) yield `| key | ${code(key)} |\n`
    yield `| SHA-256 | ${code(fingerprint256)} |\n`
  }
  yield '\n'
}

function saidInWords(said: Exchange['said']): string {
  if (said === null) return 'greeting'
  return said.kind === 'line' ? shownText(said.raw, said.masked).slice(0, 60) : 'message content'
}

interface Waited {
  seq: number
  what: string | Exchange['said']
  took: number
}

/** The slowest, of any number; of two that are equal the earlier one. */
class Slowest {
  #rows: Waited[] = []
  count = 0

  add(row: Waited): void {
    this.count++
    if (this.#rows.push(row) > mostTimes * 20) this.#rows = this.rows
  }

  get rows(): Waited[] {
    return this.#rows.toSorted((a, b) => b.took - a.took).slice(0, mostTimes)
  }
}

function* slowestOf(events: readonly TranscriptEvent[]): Generator<void, Slowest> {
  const slowest = new Slowest()
  yield* stepping(events, ({ seq, ...event }) => {
    if (event.kind === 'resolve') slowest.add({ seq, what: 'name look-up', took: event.took })
    else if (event.kind === 'connect') slowest.add({ seq, what: 'connecting', took: event.took })
    else if (event.kind === 'tls') slowest.add({ seq, what: 'TLS handshake', took: event.took })
  })
  yield* stepping(yield* exchangeSteps(events), ({ said, reply, waited }) => {
    if (reply !== null) slowest.add({ seq: reply.seq, what: said, took: waited })
  })
  return slowest
}

function* times(events: readonly TranscriptEvent[]): Generator<string> {
  const { rows, count } = yield* asPieces(slowestOf(events))
  if (count === 0) return
  const few = rows.length < count ? `, the slowest ${mostTimes} of ${count}` : ''
  yield `## Times${few}\n\n| Line | Waited for | Time |\n|---:|---|---:|\n`
  for (const { seq, what, took } of rows.toSorted((a, b) => a.seq - b.seq))
    yield `| ${seq} | ${code(typeof what === 'string' ? what : saidInWords(what))} | ${shortTime(took)} |\n`
  yield '\n'
}

function* written(recorded: Recorded, program: string): Generator<string> {
  const { events } = recorded
  yield* opening(recorded)
  yield* findings(events)
  yield* dialogue(events)
  for (const event of events) if (event.kind === 'tls') yield* handshake(event)
  // An imported text may have had no times: every event stands at 0 then.
  if (recorded.head.times !== 'none') yield* times(events)
  yield `Written by ${sentence(program)}.\n`
}

export const markdownFormat: ExportFormat = {
  id: 'markdown',
  name: 'Markdown for a ticket',
  extension: '.md',
  mime: 'text/markdown',
  leavesOut: 'Message content and the ends of lines over 16 KB are left out.',
  write: written,
}
