/**
 * Owns: reading a case file (file.ts) as a stream, from text pieces of any cut. Never throws: what cannot be read comes
 * back as a problem in words with its line. Memory is bounded by the length of one record.
 *
 * A file in its usual layout is read line by line, so that a damaged line costs that line only. A file that was
 * reformatted is read by its structure. Of a newer version's file the records are read that still have the form known
 * here, the others counted; where no session has it, the file is refused.
 */
import { FileHeader, fileFormat, fileVersion, recordLimit } from './file.ts'
import { LineCutter } from './lineCutter.ts'
import { type Cut, RecordCutter } from './recordCutter.ts'
import { type FileItem, RecordCheck } from './recordCheck.ts'

export type { FileItem } from './recordCheck.ts'

/** The first line of the usual layout is far shorter; what is longer was reformatted. */
const headerLimit = 1024
const mostProblems = 200
/** Lines that are told of one and the same problem; the rest is counted. */
const mostSame = 5

type State = 'header' | 'lines' | 'structure' | 'complete' | 'given-up'

const theSame = (of: string, count: number): FileItem => ({
  type: 'problem',
  line: 0,
  message: `${count.toLocaleString('en-US')} more ${count === 1 ? 'line' : 'lines'}: ${of}`,
  more: { of, count },
})

export class TranscriptReader {
  readonly #check = new RecordCheck()
  readonly #lines = new LineCutter(recordLimit, (line, number) => this.#line(line, number))
  readonly #cutter = new RecordCutter(recordLimit, (cut) => this.#cut(cut))
  #state: State = 'header'
  #head = ''
  #items: FileItem[] = []
  #problems = 0
  /** Message -> lines that have it, of those that were told. */
  readonly #same = new Map<string, number>()
  #framed = false
  /** Set once the file says that it is of a newer version. */
  #newer: { version: number; line: number } | undefined
  #sessions = 0
  /** Records of a newer file that have no form known here. */
  #unknown = 0

  /** Reads a piece; answers with the records and problems that are complete by now. */
  push(piece: string): FileItem[] {
    if (this.#state === 'header') this.#header(piece)
    else if (this.#state === 'structure') this.#structure(piece)
    else this.#pushLines(piece)
    return this.#taken()
  }

  /** The file is over. */
  end(): FileItem[] {
    if (this.#state === 'header' && this.#head.trim() !== '') this.#decide(this.#head)
    if (this.#state === 'lines') this.#lines.end()
    if (this.#state === 'header') this.#problem(0, 'The file is empty.')
    else if (this.#state === 'lines')
      this.#problem(this.#lines.number, 'The file ends early; what came before was read.')
    else if (this.#state === 'structure') this.#endStructure()
    this.#state = 'given-up'
    if (this.#newer) this.#tellNewer(this.#newer)
    for (const [of, lines] of this.#same)
      if (lines > mostSame) this.#items.push(theSame(of, lines - mostSame))
    if (this.#problems > mostProblems) {
      this.#items.push({
        type: 'problem',
        line: 0,
        message: `${this.#problems - mostProblems} more problems.`,
      })
    }
    return this.#taken()
  }

  #taken(): FileItem[] {
    const items = this.#items
    this.#items = []
    return items
  }

  #problem(line: number, message: string): void {
    const lines = (this.#same.get(message) ?? 0) + 1
    if (lines > 1 || this.#same.size < mostProblems) this.#same.set(message, lines)
    if (lines > mostSame) return
    this.#problems++
    if (this.#problems <= mostProblems) this.#items.push({ type: 'problem', line, message })
  }

  #add(items: readonly FileItem[]): void {
    if (this.#newer && items.every(({ type }) => type === 'problem')) this.#unknown++
    for (const item of items) {
      if (item.type === 'session') this.#sessions++
      if (item.type !== 'problem') this.#items.push(item)
      else if (!this.#newer) this.#problem(item.line, item.message)
    }
  }

  /** One sentence for the whole file: what each record of another form lacks would tell a person nothing. */
  #tellNewer({ version, line }: { version: number; line: number }): void {
    const passed = `${this.#unknown.toLocaleString('en-US')} ${this.#unknown === 1 ? 'record' : 'records'}`
    const rest =
      this.#sessions === 0
        ? 'Update Relayscope to read it.'
        : this.#unknown === 0
          ? 'All its records could be read, but some may say more than is shown: update Relayscope to be sure.'
          : `What this version knows is shown; ${passed} could not be read. Update Relayscope to read all of it.`
    const message = `The file is of version ${version}, written by a newer program; this one reads up to version ${fileVersion}. ${rest}`
    this.#items.push({ type: 'problem', line, message })
  }

  #header(piece: string): void {
    this.#head += piece
    // A byte order mark is no part of JSON (RFC 8259 §8.1) but some editors write one.
    if (this.#head.startsWith('\ufeff')) this.#head = this.#head.slice(1)
    if (this.#head.length <= headerLimit && !this.#head.includes('\n')) return
    this.#decide(this.#head)
  }

  /** Usual layout or not; `text` is all that came so far. */
  #decide(text: string): void {
    this.#head = ''
    const end = text.indexOf('\n')
    const first = (end < 0 ? text : text.slice(0, end)).trimEnd()
    const usual =
      first.startsWith('{"format":') && first.endsWith('"records":[') && first.length <= headerLimit
    this.#state = usual ? 'lines' : 'structure'
    if (!usual) this.#structure(text)
    else if (this.#accept(`${first}]}`, 1)) this.#pushLines(text)
  }

  /** Judges the document around the records. False ends the reading. */
  #accept(json: string, line: number): boolean {
    this.#framed = true
    let value: unknown
    try {
      value = JSON.parse(json)
    } catch {
      return this.#giveUp(line, 'This is not a JSON document.')
    }
    return this.#judge(value, line)
  }

  #judge(value: unknown, line: number): boolean {
    const format: unknown = typeof value === 'object' && value !== null && 'format' in value ? value.format : undefined
    if (format !== fileFormat) return this.#giveUp(line, 'This is not a Relayscope transcript: its format is not said, or another one.')
    const header = FileHeader.safeParse(value)
    if (!header.success) return this.#giveUp(line, 'The version of this transcript file is not a whole number.')
    if (header.data.version > fileVersion) this.#newer ??= { version: header.data.version, line }
    return true
  } // prettier-ignore

  #giveUp(line: number, message: string): false {
    this.#problem(line, message)
    this.#state = 'given-up'
    return false
  }

  #pushLines(piece: string): void {
    if (this.#state === 'lines' || this.#state === 'complete') this.#lines.push(piece)
  }

  #line(line: string | null, number: number): void {
    if (number === 1 || this.#state === 'given-up') return
    if (line === null) {
      this.#problem(number, `longer than ${recordLimit} characters, passed over`)
      return
    }
    const text = line.trim()
    if (text === '') return
    if (this.#state === 'complete') {
      this.#giveUp(number, 'Something follows the end of the document; it was not read.')
      return
    }
    if (text === ']}') this.#state = 'complete'
    else this.#add(this.#check.check(text.endsWith(',') ? text.slice(0, -1) : text, number))
  }

  #structure(piece: string): void {
    if (!this.#cutter.done) this.#cutter.push(piece)
  }

  #cut(cut: Cut): void {
    if (this.#state === 'given-up') return
    if (cut.type === 'begin') this.#begin(cut.text, cut.line)
    else if (cut.type === 'record') this.#add(this.#check.check(cut.text, cut.line))
    else if (cut.type === 'too-long')
      this.#problem(cut.line, `longer than ${recordLimit} characters, passed over`)
    else if (cut.type === 'broken') this.#giveUp(cut.line, 'This is not a JSON document.')
    else if (this.#accept(cut.text, cut.line)) this.#state = 'complete'
  }

  /** What stands before the records can say that they must not be read, or not as ours: another format, a newer version. */
  #begin(text: string, line: number): void {
    let value: unknown
    try {
      value = JSON.parse(`${text}]}`)
    } catch {
      return
    }
    const known = typeof value === 'object' && value !== null && 'format' in value && 'version' in value
    if (known) this.#judge(value, line)
  }

  #endStructure(): void {
    const message = this.#framed ? 'The file ends early; what came before was read.' : 'This is not a complete JSON document; what could be read was read.' // prettier-ignore
    this.#problem(this.#cutter.line, message)
  }
}

/** A whole file's text at once. */
export function readFile(text: string): FileItem[] {
  const reader = new TranscriptReader()
  return [...reader.push(text), ...reader.end()]
}
