/**
 * Owns: from another program's text to sessions: the form is recognised, its reader reads, and what could not be read is
 * told with its line. Pure; never throws; linear in the text. Case files have a reader of their own (reader.ts).
 */
import { atOnce } from '../../steps.ts'
import { readMarked } from './marked.ts'
import { readOpenssl } from './openssl.ts'
import { readPostfix } from './postfix.ts'
import { recognise } from './recognise.ts'
import { readSmtp4dev } from './smtp4dev.ts'
import { cuttingLines } from './sourceLines.ts'
import { readSwaks } from './swaks.ts'
import { readTelnet } from './telnet.ts'
import { type Form, formNames, type Imported, type ImportedSession, type Problem, type SourceLine, type Steps, type Surroundings } from './types.ts' // prettier-ignore

export type { Form, Imported, ImportedSession, Surroundings } from './types.ts'
export { formNames } from './types.ts'
export { recognise } from './recognise.ts'

/** What reading gives when the text is no dialogue: no session, and why. */
export interface Refused {
  form: null
  sessions: []
  problems: Problem[]
}

type Read<T> = (lines: readonly SourceLine[], surroundings: Surroundings) => Steps<T>
type Reader = Read<{ sessions: ImportedSession[]; problems?: Problem[] }>
const one = (read: Read<ImportedSession>): Reader =>
  function* (lines, surroundings) {
    return { sessions: [yield* read(lines, surroundings)] }
  }

const readers: Record<Exclude<Form, 'case'>, Reader> = {
  *swaks(lines, surroundings) {
    return { sessions: yield* readSwaks(lines, surroundings) }
  },
  openssl: one(readOpenssl),
  postfix: readPostfix,
  smtp4dev: one(readSmtp4dev),
  marked: one(readMarked),
  telnet: one((lines, surroundings) => readTelnet(lines, surroundings)),
}

const refused = (message: string): Refused => ({
  form: null,
  sessions: [],
  problems: [{ line: 0, message }],
})

/** The whole text at once. `text` is no case file: those are read by reader.ts. */
export const importText = (text: string, surroundings: Surroundings): Imported | Refused =>
  atOnce(importingText(text, surroundings))

/** The same in steps of some milliseconds at most, because the longest text takes seconds; each gives the share of its lines that is read, 0 to 1. */
export function* importingText(
  text: string,
  surroundings: Surroundings,
): Generator<number, Imported | Refused> {
  const { form, problem } = recognise(text)
  if (form === null)
    return refused(problem ?? 'No line of this looks like SMTP: no reply code, no command, no mark of a program that is known here.') // prettier-ignore
  if (form === 'case') return refused('This is a Relayscope case file.')
  const { lines, problems } = yield* shared(cuttingLines(text), Infinity)
  const read = yield* shared(readers[form](lines, surroundings), lines.length)
  return { form, sessions: read.sessions.map((session) => titled(session, form)), problems: [...problems, ...(read.problems ?? [])] } // prettier-ignore
}

/** Lines read as the share of all; where a step reads none, as far as before. */
function* shared<T>(steps: Steps<T>, all: number): Generator<number, T> {
  for (let share = 0; ;) {
    const step = steps.next()
    if (step.done === true) return step.value
    if (step.value !== undefined) share = step.value / all
    yield share
  }
}

/** A text that does not say with whom it was is named by what it is. */
function titled(session: ImportedSession, form: Form): ImportedSession {
  const { head } = session
  if (head.host !== '' || head.title !== undefined) return session
  const name = formNames[form].replace(/^an? /, '')
  return { ...session, head: { ...head, title: name.charAt(0).toUpperCase() + name.slice(1) } }
}
