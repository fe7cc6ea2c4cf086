/**
 * Owns: `relayscope diff LEFT RIGHT`: two dialogues step by step, of case files or of what another program wrote, as text or as one JSON document
 * `{"left":{"file","session"},"right":…,"verdict":…,"counts":…,"timed":…,"rows":[{"name","kind","status","weight","left":{"events","result"},"right":…,"differences"}]}`.
 *
 * Status 0: the same steps and outcome; 1: they differ in something that matters, or a file could not be read to its
 * end; 2: there is nothing to compare.
 */
import { withFindings } from '#shared/diagnosis/withFindings.ts'
import { diffSteps, matters } from '#shared/transcript/diff/diff.ts'
import { StepReader } from '#shared/transcript/diff/steps.ts'
import { diffText } from '#shared/transcript/diff/text.ts'
import type { Side, Step, TranscriptDiff } from '#shared/transcript/diff/types.ts'
import { commandWords, resultWords } from '#shared/transcript/diff/words.ts'
import type { SessionHead } from '#shared/transcript/event.ts'
import { formNames } from '#shared/transcript/import/import.ts'
import { type FileItem, TranscriptReader } from '#shared/transcript/reader.ts'
import { headLine } from '#shared/transcript/text.ts'
import { fileProblem } from '../files.ts'
import { type ExitStatus, exitStatus, type Io, json } from '../io.ts'
import { CaseOrText, type Imported } from './otherText.ts'
import { readPieces } from './show.ts'

export interface DiffOptions {
  json: boolean
  /** Which dialogue of the left and of the right file, from 1. */
  pick: readonly [number, number]
}

interface Read {
  file: string
  session: SessionHead | undefined
  steps: StepReader
  sessions: number
  problems: number
}

type Pieces = (file: string) => AsyncIterable<string>

/** Takes the picked dialogue's events as they come; what cannot be read is told by its line. */
function take(read: Read, items: readonly FileItem[], pick: number, io: Io): void {
  for (const item of items) {
    if (item.type === 'problem') {
      read.problems++
      io.say(`${read.file}${item.line > 0 ? `, line ${item.line}` : ''}: ${item.message}`)
    } else if (item.type === 'session') {
      if (++read.sessions === pick) read.session = item.session
    } else if (item.event.session === read.session?.id) read.steps.push(item.event)
  }
}

async function readSide(file: string, pick: number, io: Io, pieces: Pieces): Promise<Read> {
  const read: Read = { file, session: undefined, steps: new StepReader(), sessions: 0, problems: 0 }
  const reader = new TranscriptReader()
  const sorted = new CaseOrText((piece) => take(read, reader.push(piece), pick, io))
  for await (const piece of pieces(file)) {
    if (io.cancel.aborted) return read
    sorted.push(piece)
  }
  const other = sorted.end()
  if (other === null) take(read, reader.end(), pick, io)
  else takeText(read, other, pick, io)
  return read
}

/** Another program's text, with what is found in it, as a recording has it. */
function takeText(read: Read, { form, sessions, problems }: Imported, pick: number, io: Io): void {
  if (form !== null) io.say(`${read.file}: read as ${formNames[form]}.`)
  take(
    read,
    problems.map((problem) => ({ type: 'problem', ...problem })),
    pick,
    io,
  )
  read.sessions = sessions.length
  const picked = sessions[pick - 1]
  if (picked === undefined) return
  read.session = picked.head
  for (const event of withFindings(picked.head, picked.events)) read.steps.push(event)
}

/** Says why a side cannot be compared, or which of several dialogues is; false when it cannot. */
function usable({ file, session, sessions }: Read, pick: number, io: Io): boolean {
  if (session === undefined) {
    const held = sessions === 0 ? 'no dialogue' : sessions === 1 ? '1 dialogue' : `${sessions} dialogues`
    io.say(sessions === 0 ? `${file} holds ${held}. Name a case file: what "send --save FILE" writes, or the export of a dialogue in the app.` : `${file} holds ${held}: there is no number ${pick}. --pick chooses from 1 to ${sessions}.`) // prettier-ignore
    return false
  }
  if (sessions > 1 && pick === 1) io.say(`${file} holds ${sessions} dialogues; the first is compared. --pick chooses another.`) // prettier-ignore
  return true
}

const sideOf = ({ session, steps }: Read): Side => ({ steps, probe: session?.source === 'probe' })

const stepJson = (step: Step | undefined) =>
  step && { events: step.ranges, sealed: step.sealed, command: commandWords(step), result: resultWords(step), code: step.reply?.code, enhanced: step.reply?.enhanced } // prettier-ignore

function diffJson({ verdict, counts, timed, rows }: TranscriptDiff, left: Read, right: Read): string {
  const side = ({ file, session }: Read) => ({ file, session })
  const lines = rows.map(({ name, kind, status, weight, differences, ...steps }) => ({ name, kind, status, weight, left: stepJson(steps.left), right: stepJson(steps.right), differences })) // prettier-ignore
  return json({ left: side(left), right: side(right), verdict, counts, timed, rows: lines })
}

export async function diff(
  files: readonly [string, string],
  options: DiffOptions,
  io: Io,
  pieces: Pieces = readPieces,
): Promise<ExitStatus> {
  if (files[0] === '-' && files[1] === '-') {
    io.say('Standard input can be one of the two files only: name a file for the other.')
    return exitStatus.usage
  }
  const sides: Read[] = []
  for (const [at, file] of files.entries()) {
    try {
      // One after the other, so that problems are told in order.
      sides.push(await readSide(file, options.pick[at] ?? 1, io, pieces))
    } catch (error) {
      io.say(fileProblem(file, 'read', error))
      return exitStatus.usage
    }
    if (io.cancel.aborted) return exitStatus.cancelled
  }
  const [left, right] = [sides[0]!, sides[1]!]
  const ready = [usable(left, options.pick[0], io), usable(right, options.pick[1], io)]
  if (ready.includes(false)) return exitStatus.usage
  const found = diffSteps(sideOf(left), sideOf(right))
  if (options.json) io.out(diffJson(found, left, right))
  else await writeText(found, left, right, io)
  return matters(found) || left.problems + right.problems > 0 ? exitStatus.findings : exitStatus.ok
}

/** What moves a terminal's cursor or turns the writing direction: a file may come from anybody. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const steering = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g
const safe = (text: string): string =>
  text.replace(steering, (mark) => `\\u{${mark.charCodeAt(0).toString(16)}}`)

async function writeText(found: TranscriptDiff, left: Read, right: Read, io: Io): Promise<void> {
  io.out(safe(`left   ${left.file}: ${headLine(left.session!)}\nright  ${right.file}: ${headLine(right.session!)}\n\n`)) // prettier-ignore
  let pending = 0
  for (const line of diffText(found)) {
    io.out(safe(line))
    // A slow reader is waited for, so that memory stays flat.
    if (++pending % 200 === 0) await io.taken()
  }
}
