/**
 * Owns: `relayscope explain FILE`: what a dialogue that another program wrote, or a case file, tells: each session in a
 * sentence, its findings with their proof, and what could not be read. Nothing is connected to and nothing is kept.
 *
 * Status 0: nothing wrong; 1: a finding of severity error; 2: the file cannot be read or holds no dialogue.
 */
import { withFindings } from '#shared/diagnosis/withFindings.ts'
import { describe } from '#shared/transcript/describe.ts'
import type { EventOf, SessionHead, TranscriptEvent } from '#shared/transcript/event.ts'
import { formNames } from '#shared/transcript/import/import.ts'
import type { ImportedSession, Problem } from '#shared/transcript/import/types.ts'
import { shortSentence } from '#shared/transcript/shortened.ts'
import { type FileItem, TranscriptReader } from '#shared/transcript/reader.ts'
import { summarize } from '#shared/transcript/summarize.ts'
import { fileProblem } from '../files.ts'
import { type ExitStatus, exitStatus, type Io, json, shown } from '../io.ts'
import type { ExplainedSession, ExplainReport } from './explainReport.ts'
import { CaseOrText } from './otherText.ts'
import { readPieces } from './show.ts'

export interface ExplainOptions {
  json: boolean
}

/** Events of a case file that are held, because they are judged together; ends are held beyond that. */
const mostHeld = 200_000

export async function explain(
  file: string,
  options: ExplainOptions,
  io: Io,
  pieces: (file: string) => AsyncIterable<string> = readPieces,
): Promise<ExitStatus> {
  const reading = new Reading()
  try {
    for await (const piece of pieces(file)) {
      if (io.cancel.aborted) return exitStatus.cancelled
      reading.push(piece)
    }
  } catch (error) {
    io.say(fileProblem(file, 'read', error))
    return exitStatus.usage
  }
  const report = reportOf(reading.end())
  if (options.json) io.out(json(report))
  else print(report, file, io)
  if (report.sessions.length === 0) return exitStatus.usage
  const wrong = report.sessions.some(({ findings }) => findings.some(({ severity }) => severity === 'error'))
  return wrong ? exitStatus.findings : exitStatus.ok
}

type Read = Omit<ImportedSession, 'lines'> & { lines?: ImportedSession['lines'] }

interface Found {
  form: ExplainReport['form']
  sessions: Read[]
  problems: Problem[]
}

class Reading {
  readonly #case = new CaseReading()
  readonly #file = new CaseOrText((piece) => this.#case.push(piece))

  push(piece: string): void {
    this.#file.push(piece)
  }

  end(): Found {
    const read = this.#file.end()
    return read === null
      ? this.#case.end()
      : { form: read.form, sessions: read.sessions, problems: read.problems }
  }
}

class CaseReading {
  readonly #reader = new TranscriptReader()
  readonly #sessions = new Map<string, { head: SessionHead; events: TranscriptEvent[] }>()
  readonly #problems: Problem[] = []
  #events = 0

  push(text: string): void {
    this.#take(this.#reader.push(text))
  }

  end(): Found {
    this.#take(this.#reader.end())
    const [held, all] = [mostHeld.toLocaleString('en-US'), this.#events.toLocaleString('en-US')]
    if (this.#events > mostHeld)
      this.#problems.push({ line: 0, message: `The file has ${all} events; what was found is about the first ${held}.` }) // prettier-ignore
    const sessions = [...this.#sessions.values()]
    return { form: sessions.length > 0 ? 'case' : null, sessions, problems: this.#problems }
  }

  #take(items: Iterable<FileItem>): void {
    for (const item of items) {
      if (item.type === 'problem') this.#problems.push({ line: item.line, message: item.message })
      else if (item.type === 'session')
        this.#sessions.set(item.session.id, { head: item.session, events: [] })
      else if (++this.#events <= mostHeld || item.event.kind === 'end')
        this.#sessions.get(item.event.session)?.events.push(item.event)
    }
  }
}

const reportOf = ({ form, sessions, problems }: Found): ExplainReport => ({
  schema: 'relayscope.explain/1',
  form,
  sessions: sessions.map(explained),
  problems,
})

function explained({ head, events, lines }: Read): ExplainedSession {
  const told = withFindings(head, events)
  const { id: _id, source: _source, ...rest } = head
  const bySeq = new Map(told.map((event) => [event.seq, event]))
  const findings = told.filter((event): event is EventOf<'finding'> => event.kind === 'finding')
  return {
    ...rest,
    words: shortSentence(summarize(head, told).words),
    events: told.length - findings.length,
    lines: lines ?? null,
    findings: findings.map(({ code, severity, phase, side, confidence, evidence, message, next, references }) => ({
      code, severity, phase, side, confidence, evidence, message: shortSentence(message), next: shortSentence(next), ...(references ? { references } : {}),
      proof: evidence.flatMap((seq) => bySeq.get(seq) ?? []).map((event) => shortSentence(describe(event))),
    })), // prettier-ignore
  }
}

const marks = { error: '✗', warning: '!', info: 'i', good: '✓' } as const
/** Proofs written under one finding. */
const mostProofs = 5

function print({ form, sessions, problems }: ExplainReport, file: string, io: Io): void {
  for (const { line, message } of problems) io.say(line > 0 ? `${file}, line ${line}: ${message}` : `${file}: ${message}`) // prettier-ignore
  if (form !== null) io.say(`Read as ${formNames[form]}.`)
  for (const session of sessions) io.out(sessionText(session, problems.length === 0))
}

/** As `to mail.example:587, TLS starttls: Refused at RCPT, 550`, dated where the text is. */
function titleOf({ host, port, role, tls, title, times, startedAt, words }: ExplainedSession): string {
  const name = host === '' ? (title ?? 'unknown') : host
  const ends = role === 'client' ? `to ${name}${host === '' ? '' : `:${port}`}` : `from ${name}`
  return `${times === 'none' ? '' : `${startedAt}  `}${ends}, TLS ${tls}: ${words}`
}

/** `whole`: everything could be read. */
function sessionText(session: ExplainedSession, whole: boolean): string {
  const { lines } = session
  const notes = [
    session.times === 'none' ? 'Times are not in this text.' : '',
    lines === null ? '' : `${lines.understood.toLocaleString('en-US')} ${lines.understood === 1 ? 'line' : 'lines'} understood, ${lines.unknown.toLocaleString('en-US')} not.`,
  ].filter((note) => note !== '') // prettier-ignore
  const found = session.findings.flatMap(({ severity, code, message, next, proof }) => [
    `  ${marks[severity]} ${code}: ${shown(shortSentence(message))}`,
    ...(next === '' ? [] : [`    ${shown(next)}`]),
    ...proof.slice(0, mostProofs).map((words) => `    · ${shown(shortSentence(words))}`),
    ...(proof.length > mostProofs ? [`    · and ${proof.length - mostProofs} more`] : []),
  ])
  const nothing =
    found.length === 0 ? [`  Nothing was found to be wrong${whole ? '' : ' in what could be read'}.`] : []
  return `${[shown(titleOf(session)), ...notes.map((note) => `  ${note}`), ...found, ...nothing].join('\n')}\n\n`
}
