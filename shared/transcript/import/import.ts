/**
 * Owns: from another program's text to sessions: the form is recognised, its reader reads, and what could not be read is
 * told with its line. Pure; never throws; linear in the text. Case files have a reader of their own (reader.ts).
 */
import { readMarked } from './marked.ts'
import { readOpenssl } from './openssl.ts'
import { readPostfix } from './postfix.ts'
import { recognise } from './recognise.ts'
import { readSmtp4dev } from './smtp4dev.ts'
import { sourceLines } from './sourceLines.ts'
import { readSwaks } from './swaks.ts'
import { readTelnet } from './telnet.ts'
import { type Form, formNames, type Imported, type ImportedSession, type Problem, type SourceLine, type Surroundings } from './types.ts' // prettier-ignore

export type { Form, Imported, ImportedSession, Surroundings } from './types.ts'
export { formNames } from './types.ts'
export { recognise } from './recognise.ts'

/** What reading gives when the text is no dialogue: no session, and why. */
export interface Refused {
  form: null
  sessions: []
  problems: Problem[]
}

type Reader = (
  lines: readonly SourceLine[],
  surroundings: Surroundings,
) => { sessions: ImportedSession[]; problems?: Problem[] }
const one =
  (read: (lines: readonly SourceLine[], surroundings: Surroundings) => ImportedSession): Reader =>
  (lines, surroundings) => ({ sessions: [read(lines, surroundings)] })

const readers: Record<Exclude<Form, 'case'>, Reader> = {
  swaks: (lines, surroundings) => ({ sessions: readSwaks(lines, surroundings) }),
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

/** `text` is no case file: those are read by reader.ts. */
export function importText(text: string, surroundings: Surroundings): Imported | Refused {
  const { form, problem } = recognise(text)
  if (form === null)
    return refused(problem ?? 'No line of this looks like SMTP: no reply code, no command, no mark of a program that is known here.') // prettier-ignore
  if (form === 'case') return refused('This is a Relayscope case file.')
  const { lines, problems } = sourceLines(text)
  const read = readers[form](lines, surroundings)
  return { form, sessions: read.sessions.map((session) => titled(session, form)), problems: [...problems, ...(read.problems ?? [])] } // prettier-ignore
}

/** A text that does not say with whom it was is named by what it is. */
function titled(session: ImportedSession, form: Form): ImportedSession {
  const { head } = session
  if (head.host !== '' || head.title !== undefined) return session
  const name = formNames[form].replace(/^an? /, '')
  return { ...session, head: { ...head, title: name.charAt(0).toUpperCase() + name.slice(1) } }
}
