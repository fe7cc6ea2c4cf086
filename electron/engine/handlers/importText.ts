/**
 * Owns: a text that another program wrote, from its parts to sessions in the store, diagnosed like our own. It is read
 * when all of it is there: which form it is, and what belongs together, shows in the whole.
 */
import { withFindings } from '#shared/diagnosis/withFindings.ts'
import { type Form, importText, type Surroundings } from '#shared/transcript/import/import.ts'
import { longestText } from '#shared/transcript/import/sourceLines.ts'
import { readCertificate } from '../dialogue/chain.ts'
import { sessionIds } from '../transcripts/sessionId.ts'
import { type ImportParts, IncomingSession } from './importFile.ts'

export interface ImportedText {
  sessions: string[]
  problems: string[]
  form: Form | null
}

const told = ({ line, message }: { line: number; message: string }): string =>
  line === 0 ? message : `Line ${line}: ${message}`

/** What a certificate says, where it can be read at all: a text may hold anything between its marks. */
function certificate(der: Uint8Array): ReturnType<NonNullable<Surroundings['certificate']>> {
  try {
    return readCertificate(der)
  } catch {
    return null
  }
}

export class TextImport {
  readonly #parts: ImportParts
  #text = ''
  #beyond = 0
  /** Events that were read: known when all of the text is there. */
  events = 0

  constructor(parts: ImportParts) {
    this.#parts = parts
  }

  push(text: string): void {
    const room = longestText - this.#text.length
    this.#text += text.slice(0, room)
    this.#beyond += Math.max(0, text.length - room)
  }

  async finish(): Promise<ImportedText> {
    const { hub, store, ports } = this.#parts
    const now = ports.clock.now().getTime()
    const read = importText(this.#text, { now, certificate })
    this.#text = ''
    const nextId = sessionIds(() => ports.clock.now())
    const ids: string[] = []
    for (const { head, events } of read.sessions) {
      const session = new IncomingSession(store, nextId(), head)
      for (const event of withFindings(head, events)) await session.take(event)
      this.events += events.length
      hub.added(await session.finish())
      ids.push(session.id)
    }
    const problems = read.problems.map(told)
    if (this.#beyond > 0)
      problems.push(`The text goes on for ${this.#beyond.toLocaleString('en-US')} characters, which were not read: take the part that matters.`) // prettier-ignore
    return { sessions: ids, problems, form: read.form }
  }
}
