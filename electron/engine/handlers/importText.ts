/**
 * Owns: a text that another program wrote, from its parts to sessions in the store, diagnosed like our own. It is read
 * when all of it is there: which form it is, and what belongs together, shows in the whole. In slices, because the longest
 * text takes seconds; none of its sessions is in the list before all are.
 */
import { findingInSteps } from '#shared/diagnosis/withFindings.ts'
import { RpcError } from '#shared/rpc/error.ts'
import type { SessionSummary } from '#shared/transcript/event.ts'
import {
  type Form,
  type ImportedSession,
  importingText,
  type Surroundings,
} from '#shared/transcript/import/import.ts'
import { longestText } from '#shared/transcript/import/sourceLines.ts'
import { readCertificate } from '../dialogue/chain.ts'
import { sessionIds } from '../transcripts/sessionId.ts'
import { endTogether, type ImportParts, IncomingSession } from './importFile.ts'
import { ImportProblems } from './importProblems.ts'
import { ImportWrites } from './importWrites.ts'
import { inSlices, Slices } from './slices.ts'

export interface ImportedText {
  sessions: string[]
  problems: string[]
  form: Form | null
}

/** What a certificate says, where it can be read at all: a text may hold anything between its marks. */
function certificate(der: Uint8Array): ReturnType<NonNullable<Surroundings['certificate']>> {
  try {
    return readCertificate(der)
  } catch {
    return null
  }
}

/** Read and stored, but not yet in the list. */
interface Stored extends Omit<ImportedText, 'sessions'> {
  summaries: SessionSummary[]
}

/** Of all the work, the share that is reading; the rest is diagnosing and storing. */
const readingShare = 0.7

export class TextImport {
  readonly #parts: ImportParts
  readonly #off = new AbortController()
  /** All that were begun, so that nothing of them stays when it is called off. */
  readonly #begun: IncomingSession[] = []
  #text = ''
  #beyond = 0
  #work: Promise<Stored> | undefined
  #listed = false
  /** Of the work once all of the text is here: 0 to 1, never less than before. */
  share = 0
  /** Events that are stored: none before all of the text is here. */
  events = 0

  constructor(parts: ImportParts) {
    this.#parts = parts
  }

  push(text: string): void {
    const room = longestText - this.#text.length
    this.#text += text.slice(0, room)
    this.#beyond += Math.max(0, text.length - room)
  }

  /** All of the text is here: it is read and stored, in slices and by itself. Asked again, it is the same work. Throws RpcError `cancelled`. */
  work(): Promise<Stored> {
    this.#work ??= this.#run()
    return this.#work
  }

  /** Does the work, and puts its sessions into the list. Throws RpcError `cancelled`. */
  async finish(): Promise<ImportedText> {
    const { summaries, ...answer } = await this.work()
    if (this.#off.signal.aborted) throw new RpcError('cancelled', 'Cancelled.')
    await endTogether(this.#parts.store, summaries)
    this.#listed = true
    for (const summary of summaries) this.#parts.hub.added(summary)
    return { sessions: summaries.map(({ id }) => id), ...answer }
  }

  /** The work ends as soon as its slice is over. */
  stop(): void {
    this.#off.abort()
  }

  /** Nothing of it stays, unless it is in the list already. */
  async cancel(): Promise<void> {
    if (this.#listed) return
    this.stop()
    await this.#work?.catch(() => undefined)
    for (const session of this.#begun) session.cancel()
    if (this.#begun.length > 0) await this.#parts.store.removeTranscripts(this.#begun.map(({ id }) => id))
  }

  async #run(): Promise<Stored> {
    if (this.#off.signal.aborted) throw new RpcError('cancelled', 'Cancelled.')
    const now = this.#parts.ports.clock.now().getTime()
    const steps = importingText(this.#text, { now, certificate })
    this.#text = ''
    const read = await inSlices(steps, this.#off.signal, (share) => (this.share = share * readingShare))
    this.share = readingShare
    const summaries = await this.#store(read.sessions)
    this.share = 1
    const told = new ImportProblems()
    for (const { line, message } of read.problems) told.add(line, message)
    const problems = told.sentences()
    if (this.#beyond > 0)
      problems.push(`The text goes on for ${this.#beyond.toLocaleString('en-US')} characters, which were not read: take the part that matters.`) // prettier-ignore
    return { summaries, problems, form: read.form }
  }

  async #store(read: readonly ImportedSession[]): Promise<SessionSummary[]> {
    const { store, ports } = this.#parts
    const nextId = sessionIds(() => ports.clock.now())
    const writes = new ImportWrites()
    const all = read.reduce((sum, { events }) => sum + events.length, 0)
    const slices = new Slices(this.#off.signal)
    const summaries: SessionSummary[] = []
    let done = 0
    for (const { head, events } of read) {
      const session = new IncomingSession(store, writes, nextId(), head)
      this.#begun.push(session)
      for (const event of await inSlices(findingInSteps(head, events), this.#off.signal)) {
        await session.take(event)
        this.events++
        if (slices.over) await slices.rest()
      }
      summaries.push(await session.finish())
      done += events.length
      this.share = readingShare + ((1 - readingShare) * done) / all
      if (slices.over) await slices.rest()
    }
    await writes.all()
    return summaries
  }
}
