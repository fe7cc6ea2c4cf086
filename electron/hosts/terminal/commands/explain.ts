/**
 * Owns: `relayscope explain FILE`: what a dialogue that another program wrote, or a case file, tells: each session in a
 * sentence, its findings with their proof, and what could not be read. Nothing is connected to and nothing is kept.
 *
 * Status 0: nothing wrong; 1: a finding of severity error; 2: the file cannot be read or holds no dialogue.
 */
import { withFindings } from '#shared/diagnosis/withFindings.ts'
import { describe } from '#shared/transcript/describe.ts'
import type { EventOf, SessionHead, TranscriptEvent } from '#shared/transcript/event.ts'
import { formNames, importText } from '#shared/transcript/import/import.ts'
import { longestText } from '#shared/transcript/import/sourceLines.ts'
import type { ImportedSession, Problem } from '#shared/transcript/import/types.ts'
import { TranscriptReader } from '#shared/transcript/reader.ts'
import { summarize } from '#shared/transcript/summarize.ts'
import { fileProblem } from '../files.ts'
import { type ExitStatus, exitStatus, type Io, json, shown } from '../io.ts'
import type { ExplainedSession, ExplainReport } from './explainReport.ts'
import { readPieces } from './show.ts'

export interface ExplainOptions {
  json: boolean
}

/** Characters of a case file that are held at once: all its events are needed to judge it. */
const longestCase = 256 << 20

export async function explain(
  file: string,
  options: ExplainOptions,
  io: Io,
  pieces: (file: string) => AsyncIterable<string> = readPieces,
): Promise<ExitStatus> {
  let text = ''
  let beyond = 0
  try {
    for await (const piece of pieces(file)) {
      if (io.cancel.aborted) return exitStatus.cancelled
      const room = (isCase(text) ? longestCase : longestText) - text.length
      text += piece.slice(0, room)
      beyond += Math.max(0, piece.length - room)
    }
  } catch (error) {
    io.say(fileProblem(file, 'read', error))
    return exitStatus.usage
  }
  const report = reportOf(text, beyond)
  if (options.json) io.out(json(report))
  else print(report, file, io)
  if (report.sessions.length === 0) return exitStatus.usage
  const wrong = report.sessions.some(({ findings }) => findings.some(({ severity }) => severity === 'error'))
  return wrong ? exitStatus.findings : exitStatus.ok
}

const isCase = (text: string): boolean => text.replace('\ufeff', '').trimStart().startsWith('{')

function reportOf(text: string, beyond: number): ExplainReport {
  const read = isCase(text) ? readCase(text) : importText(text, { now: Date.now() })
  const problems = [...read.problems]
  if (beyond > 0)
    problems.push({ line: 0, message: `The text goes on for ${beyond.toLocaleString('en-US')} characters, which were not read.` }) // prettier-ignore
  return { schema: 'relayscope.explain/1', form: read.form, sessions: read.sessions.map(explained), problems }
}

type Read = Omit<ImportedSession, 'lines'> & { lines?: ImportedSession['lines'] }

function readCase(text: string): { form: 'case' | null; sessions: Read[]; problems: Problem[] } {
  const sessions = new Map<string, { head: SessionHead; events: TranscriptEvent[] }>()
  const problems: Problem[] = []
  const reader = new TranscriptReader()
  for (const item of [...reader.push(text), ...reader.end()]) {
    if (item.type === 'problem') problems.push({ line: item.line, message: item.message })
    else if (item.type === 'session') sessions.set(item.session.id, { head: item.session, events: [] })
    else sessions.get(item.event.session)?.events.push(item.event)
  }
  return { form: sessions.size > 0 ? 'case' : null, sessions: [...sessions.values()], problems }
}

function explained({ head, events, lines }: Read): ExplainedSession {
  const told = withFindings(head, events)
  const { id: _id, source: _source, ...rest } = head
  const bySeq = new Map(told.map((event) => [event.seq, event]))
  const findings = told.filter((event): event is EventOf<'finding'> => event.kind === 'finding')
  return {
    ...rest,
    words: summarize(head, told).words,
    events: told.length - findings.length,
    lines: lines ?? null,
    findings: findings.map(({ code, severity, phase, side, confidence, evidence, message, next, references }) => ({
      code, severity, phase, side, confidence, evidence, message, next, ...(references ? { references } : {}),
      proof: evidence.flatMap((seq) => bySeq.get(seq) ?? []).map((event) => describe(event)),
    })), // prettier-ignore
  }
}

const marks = { error: '✗', warning: '!', info: 'i', good: '✓' } as const
/** Proofs written under one finding. */
const mostProofs = 5

function print({ form, sessions, problems }: ExplainReport, file: string, io: Io): void {
  for (const { line, message } of problems) io.say(line > 0 ? `${file}, line ${line}: ${message}` : `${file}: ${message}`) // prettier-ignore
  if (form !== null) io.say(`Read as ${formNames[form]}.`)
  for (const session of sessions) io.out(sessionText(session))
}

/** As `to mail.example:587, TLS starttls: Refused at RCPT, 550`, dated where the text is. */
function titleOf({ host, port, role, tls, title, times, startedAt, words }: ExplainedSession): string {
  const name = host === '' ? (title ?? 'unknown') : host
  const ends = role === 'client' ? `to ${name}${host === '' ? '' : `:${port}`}` : `from ${name}`
  return `${times === 'none' ? '' : `${startedAt}  `}${ends}, TLS ${tls}: ${words}`
}

function sessionText(session: ExplainedSession): string {
  const { lines } = session
  const notes = [
    session.times === 'none' ? 'Times are not in this text.' : '',
    lines === null ? '' : `${lines.understood.toLocaleString('en-US')} lines understood, ${lines.unknown.toLocaleString('en-US')} not.`,
  ].filter((note) => note !== '') // prettier-ignore
  const found = session.findings.flatMap(({ severity, code, message, next, proof }) => [
    `  ${marks[severity]} ${code}: ${shown(message)}`,
    ...(next === '' ? [] : [`    ${shown(next)}`]),
    ...proof.slice(0, mostProofs).map((words) => `    · ${shown(words)}`),
    ...(proof.length > mostProofs ? [`    · and ${proof.length - mostProofs} more`] : []),
  ])
  const nothing = found.length === 0 ? ['  Nothing was found to be wrong.'] : []
  return `${[shown(titleOf(session)), ...notes.map((note) => `  ${note}`), ...found, ...nothing].join('\n')}\n\n`
}
