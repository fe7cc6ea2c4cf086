/**
 * Owns: telling who said a line that has no mark, from where the dialogue stands: a reply begins with three digits, content
 * goes on to a lone dot, what follows a 334 is an answer to it, everything else is a command or nothing of the dialogue.
 */
import { utf8 } from '../../bytes/bytes.ts'
import { knownVerb } from '../../smtp/grammar/command.ts'
import type { Dialogue } from './dialogue.ts'
import { otherVerb } from './owed.ts'
import { asShown } from './terminal.ts'
import type { SourceLine } from './types.ts'

const replyForm = /^[2-5]\d\d(?:[ -]|$)/
export const isReply = (text: string): boolean => replyForm.test(text)
/** A reply that refuses what was not understood. */
const refusal = /^5\d\d(?:[ -]|$)/

/** After 354: the text of the client may be missing altogether, as in what s_client prints of piped input. */
const answersContent = /^(?:250|421|4[35]\d|5[05]\d)(?:[ -]|$)/

/** How far ahead the reply to a line is looked for. */
const reach = 3

export class UnmarkedReader {
  readonly #dialogue: Dialogue
  readonly #lines: readonly SourceLine[]

  constructor(dialogue: Dialogue, lines: readonly SourceLine[]) {
    this.#dialogue = dialogue
    this.#lines = lines
  }

  /** Files one line; `index` is its place. False when it is nothing of the dialogue. */
  take(index: number): boolean {
    const line = this.#lines[index]!
    const text = asShown(line.text)
    const dialogue = this.#dialogue
    if (dialogue.inContent) this.#content(text, line)
    else if (text.trim() === '') dialogue.remark(line)
    else if (isReply(text) && !(dialogue.challenged && !/^[2-5]\d\d[ -]/.test(text)))
      dialogue.server(text, line)
    else if (this.#isCommand(text, index)) dialogue.client(text.trimStart(), line)
    else return false
    return true
  }

  #content(text: string, line: SourceLine): void {
    const { contentBegun } = this.#dialogue
    if (!contentBegun && answersContent.test(text)) this.#dialogue.server(text, line)
    else this.#dialogue.client(text, line)
  }

  #isCommand(text: string, index: number): boolean {
    const said = text.trimStart()
    if (knownVerb(utf8(said.slice(0, 16))) !== null || otherVerb(said) !== null) return true
    if (this.#dialogue.challenged) return true
    // Not a command that we know; but the server answered that it does not know it either.
    return this.#dialogue.idle && !this.#dialogue.empty && this.#isRefusedNext(index)
  }

  #isRefusedNext(index: number): boolean {
    for (let ahead = 1; ahead <= reach; ahead++) {
      const text = this.#lines[index + ahead]?.text ?? ''
      if (text.trim() !== '') return refusal.test(text)
    }
    return false
  }
}
