/** Owns: joining lines beside the dialogue that follow each other into one remark, within its limit. */
import { type EventBody, remarkLimit } from '../event.ts'
import type { SourceLine } from './types.ts'

/** To hide a secret that is found later takes room: at most 8 characters for 3. */
const longest = remarkLimit / 4

export class Remarks {
  readonly #put: (body: EventBody) => void
  #lines: string[] = []
  #size = 0
  #from = 0
  #last = 0
  #understood = true

  constructor(put: (body: EventBody) => void) {
    this.#put = put
  }

  add(text: string, { number, cutFrom }: SourceLine, understood: boolean): void {
    // Lines of one remark follow each other in the text, so that its number tells theirs.
    if (understood !== this.#understood || number > this.#last + 1) this.flush()
    this.#understood = understood
    this.#last = number
    for (let from = 0; from === 0 || from < text.length; from += longest) {
      const piece = text.slice(from, from + longest)
      if (this.#size + piece.length + 1 > longest) this.flush()
      if (this.#lines.length === 0) this.#from = number
      this.#hold(piece)
    }
    if (cutFrom !== undefined) this.flush(cutFrom)
  }

  #hold(text: string): void {
    this.#lines.push(text)
    this.#size += text.length + 1
  }

  flush(cutFrom?: number): void {
    if (this.#lines.length === 0) return
    const text = this.#lines.join('\n')
    this.#lines = []
    this.#size = 0
    this.#put({
      kind: 'remark', phase: 'other', direction: 'none', text, understood: this.#understood, line: this.#from,
      ...(cutFrom === undefined ? {} : { cutFrom }),
    }) // prettier-ignore
  }
}
