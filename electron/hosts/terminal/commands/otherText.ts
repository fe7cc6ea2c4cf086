/**
 * Owns: a file that is a case file or another program's text, told apart by its first character. A case file is passed on
 * piece by piece, of any length; a text is held, up to what one may have.
 */
import { importText } from '#shared/transcript/import/import.ts'
import { longestText } from '#shared/transcript/import/sourceLines.ts'

export type Imported = ReturnType<typeof importText>

export class CaseOrText {
  readonly #onCase: (piece: string) => void
  #start = ''
  #isCase = false
  readonly #pieces: string[] = []
  #room = longestText
  #beyond = 0

  /** `onCase` takes the pieces of a case file. */
  constructor(onCase: (piece: string) => void) {
    this.#onCase = onCase
  }

  push(piece: string): void {
    if (this.#isCase) return this.#onCase(piece)
    if (this.#pieces.length > 0) return this.#hold(piece)
    this.#start = (this.#start + piece).replace(/^\ufeff/, '').trimStart()
    if (this.#start === '') return
    this.#isCase = this.#start.startsWith('{')
    if (this.#isCase) this.#onCase(this.#start)
    else this.#hold(this.#start)
  }

  /** Null of a case file. */
  end(): Imported | null {
    if (this.#isCase) return null
    const read = importText(this.#pieces.join(''), { now: Date.now() })
    if (this.#beyond === 0) return read
    const message = `The text goes on for ${this.#beyond.toLocaleString('en-US')} characters, which were not read.`
    return { ...read, problems: [...read.problems, { line: 0, message }] }
  }

  #hold(piece: string): void {
    this.#pieces.push(piece.slice(0, this.#room))
    this.#beyond += Math.max(0, piece.length - this.#room)
    this.#room -= Math.min(piece.length, this.#room)
  }
}
