/**
 * Owns: what is asked and answered while a way is looked for: the domain room writes it into a journal. Of a way that is found
 * the remarks before each delivery say enough; where none is found it is all that there is to be seen of a try.
 */
import type { Recorder } from '../../transcripts/types.ts'
import { Journal } from '../../dialogue/journal.ts'
import type { EventBody } from '#shared/transcript/event.ts'

/** Characters of text; a hostile zone has long answers, and hundreds of ways are looked for at once. */
const most = 65_536
/** What any event counts beside its text. */
const each = 256

const textOf = (event: EventBody): string => ('text' in event && typeof event.text === 'string' ? event.text : '') // prettier-ignore

export class Evidence {
  readonly journal: Journal
  readonly #kept: EventBody[] = []
  #room = most

  constructor() {
    const began = performance.now()
    let seq = 0
    const elapsed = (): number => Math.round((performance.now() - began) * 1000)
    const recorder: Recorder = {
      session: '',
      get seq() {
        return seq
      },
      elapsed,
      conceal: () => {},
      held: () => {},
      delivered: () => {},
      write: (event, at) => {
        this.#keep(event)
        return { ...event, session: '', seq: (seq += 1), at: at ?? elapsed() }
      },
    }
    this.journal = new Journal(recorder)
  }

  /** In the order in which it was written, up to the bound, and then that there was more. */
  get events(): readonly EventBody[] {
    if (this.#room >= 0) return this.#kept
    const text = 'More was asked and answered than is kept here.'
    return [...this.#kept, { kind: 'remark', phase: 'dns', direction: 'none', understood: true, text }]
  }

  #keep(event: EventBody): void {
    if (this.#room < 0) return
    this.#room -= each + textOf(event).length
    if (this.#room >= 0) this.#kept.push(event)
  }
}
