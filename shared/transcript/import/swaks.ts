/**
 * Owns: the output of swaks. Every line has a mark: who said it, whether it was inside TLS, whether it was expected; `===`
 * and `***` are its own words. Several runs in one text are several sessions.
 */
import { Dialogue } from './dialogue.ts'
import { SwaksNotes } from './swaksNotes.ts'
import type { ImportedSession, SourceLine, Steps, Surroundings } from './types.ts'

/** Group 1: the line. `~` is TLS, `*` unexpected. */
const client = /^(?: [-~]>|\*\*>|\*~>)(?: (.*))?$/s
const server = /^(?:<[-~] |<\*\*|<~\*)(?: (.*))?$/s
const own = /^(?:===|\*\*\*|\?\?\?)(?: (.*))?$/s
/** A chunk as it was on the wire (--show-raw-text): the lines are told again without it. */
const dump = /^(?: {2}>|< {2}) \d{4}: [0-9A-F]{2} /
const command = /^(?:\S{0,100}[^\n]{0,100}[$#%>❯] ?)?(?:sudo )?swaks (?:.{0,200}\s)?--?[a-z]/u
const summary = /^(\d{1,9}) lines sent$/

export const isSwaksLine = (text: string): boolean => client.test(text) || server.test(text) || /^(?:===|\*\*\*) /.test(text) // prettier-ignore
export const isSwaksMark = (text: string): boolean => /^(?: [-~]> |<[-~]  |<\*\* |<~\* |=== (?:Trying|Connected to|TLS |response in|Connection closed))/.test(text) // prettier-ignore

export function* readSwaks(lines: readonly SourceLine[], { now }: Surroundings): Steps<ImportedSession[]> {
  const sessions: ImportedSession[] = []
  let run = new Run(now)
  for (const line of lines) {
    if (line.text.startsWith('=== Trying ') && !run.fresh) {
      sessions.push(yield* run.finish(`s${sessions.length + 1}`))
      run = new Run(now)
    }
    run.take(line)
    yield line.number
  }
  sessions.push(yield* run.finish(`s${sessions.length + 1}`))
  return sessions
}

class Run {
  readonly #dialogue: Dialogue
  readonly #notes: SwaksNotes
  /** Nothing has been tried yet. */
  fresh = true

  constructor(now: number) {
    this.#dialogue = new Dialogue({ role: 'client', startedAt: new Date(now).toISOString(), host: '', port: 25, times: 'none' }) // prettier-ignore
    this.#notes = new SwaksNotes(this.#dialogue)
  }

  finish(id: string): Steps<ImportedSession> {
    this.#notes.end()
    return this.#dialogue.finish(id)
  }

  take(line: SourceLine): void {
    const { text } = line
    const dialogue = this.#dialogue
    const said = client.exec(text)
    const answered = said ? null : server.exec(text)
    if (said) this.#client(said[1] ?? '', line)
    else if (answered) {
      this.#notes.wall(text.startsWith('<~'))
      dialogue.server(answered[1] ?? '', line)
    } else this.#beside(line)
  }

  #client(text: string, line: SourceLine): void {
    const dialogue = this.#dialogue
    this.#notes.wall(/^.~/.test(line.text))
    // With --suppress-data the content is only counted.
    if (dialogue.inContent && !dialogue.contentBegun && summary.test(text)) {
      dialogue.remark(line)
      dialogue.hiddenContent()
    } else dialogue.client(text, line)
  }

  #beside(line: SourceLine): void {
    const { text } = line
    const dialogue = this.#dialogue
    const note = own.exec(text)
    if (note) {
      if (text.startsWith('=== Trying ')) this.fresh = false
      this.#notes.take(note[1] ?? '', text.startsWith('***'))
      dialogue.remark(line)
      this.#notes.settle()
    } else if (dump.test(text)) {
      // The same secret in hexadecimal.
      const hidden = /^ {2}>/.test(text) && dialogue.hiding
      dialogue.remark(line, true, hidden ? `${text.slice(0, 10)} ********` : text)
    } else dialogue.remark(line, command.test(text) || this.#notes.takeDetail(text))
  }
}
