/**
 * Owns: from the pieces of a case file's text to sessions in the store. Each gets an id of its own, so that a file can
 * neither replace nor imitate a session that is here; events are numbered anew without gaps, and content goes to the
 * store. Memory is bounded by one record and one write, whatever the length of the file.
 */
import { fromByteString } from '#shared/bytes/bytes.ts'
import type { EventOf, SessionHead, TranscriptEvent } from '#shared/transcript/event.ts'
import { cutLine, isLongLine, wholeLineBody } from '#shared/transcript/longLine.ts'
import { type FileItem, TranscriptReader } from '#shared/transcript/reader.ts'
import { beginSummary, foldSummary, summaryOf } from '#shared/transcript/summarize.ts'
import { sessionIds } from '../transcripts/sessionId.ts'
import type { EnginePorts } from '../ports.ts'
import type { ContentWriter, Store } from '../store/types.ts'
import type { Hub } from '../transcripts/types.ts'

export interface ImportParts {
  hub: Pick<Hub, 'added'>
  store: Pick<Store, 'openContent' | 'putTranscript' | 'removeTranscripts'>
  ports: Pick<EnginePorts, 'clock'>
}

/** Events, and characters of theirs, in one write: a reader of a range reads whole writes. */
const mostEvents = 1000
const mostText = 1 << 20
/** Bodies of one session that may be unfinished at once: a file can name a body in every line. */
const mostOpenBodies = 16
/** Contents that may be on their way to the disk. */
const mostUnsynced = 256

/** One session of the file on its way. */
export class IncomingSession {
  readonly id: string
  readonly #store: ImportParts['store']
  readonly #summary
  /** New numbers where they are not the old ones. */
  readonly #numbers = new Map<number, number>()
  readonly #bodies = new Map<number, ContentWriter>()
  /** Contents on their way to the disk: waited for together, because each is synced. */
  #kept: Promise<void>[] = []
  #part: TranscriptEvent[] = []
  #size = 0
  #seq = 0
  #last: TranscriptEvent | undefined

  constructor(store: ImportParts['store'], id: string, head: SessionHead) {
    this.id = id
    this.#store = store
    const { source, ...rest } = head
    this.#summary = beginSummary({
      ...(source === 'import' ? {} : { origin: source }),
      ...rest,
      id,
      source: 'import',
    })
  }

  async take(event: TranscriptEvent): Promise<void> {
    const seq = ++this.#seq
    if (event.seq !== seq) this.#numbers.set(event.seq, seq)
    let own: TranscriptEvent = { ...event, session: this.id, seq }
    if (own.kind === 'finding')
      own = { ...own, evidence: own.evidence.flatMap((old) => this.#numberOf(old) ?? []) }
    if (own.kind === 'chunk') own = await this.#keepContent(own)
    if (isLongLine(own)) {
      await this.#keep(wholeLineBody(seq), own.raw)
      own = cutLine(own)
    }
    await this.#add(own)
  }

  /** An end is there afterwards, and all of it is stored. */
  async finish() {
    if (this.#last?.kind !== 'end') {
      const at = this.#last?.at ?? 0
      await this.#add({
        session: this.id, seq: ++this.#seq, at, phase: 'other', direction: 'none', kind: 'end', outcome: 'cancelled',
        by: 'this-computer', message: 'The imported file does not have the end of this session.',
      }) // prettier-ignore
    }
    for (const body of this.#bodies.keys()) await this.#closeBody(body)
    await Promise.all(this.#kept)
    await this.#flush()
    return summaryOf(this.#summary)
  }

  cancel(): void {
    for (const writer of this.#bodies.values()) writer.discard()
    this.#bodies.clear()
  }

  /** Events before this one only: what proves a finding is found before it is told. */
  #numberOf(old: number): number | undefined {
    const known = this.#numbers.get(old)
    if (known !== undefined) return known
    return this.#numbers.size === 0 && old <= this.#seq ? old : undefined
  }

  async #add(event: TranscriptEvent): Promise<void> {
    foldSummary(this.#summary, event)
    this.#last = event
    this.#part.push(event)
    this.#size += 'raw' in event ? (event.raw?.length ?? 0) : 0
    if (this.#part.length >= mostEvents || this.#size >= mostText) await this.#flush()
  }

  async #flush(): Promise<void> {
    if (this.#part.length === 0) return
    const part = this.#part
    this.#part = []
    this.#size = 0
    await this.#store.putTranscript(summaryOf(this.#summary), part)
  }

  async #keepContent(chunk: EventOf<'chunk'>): Promise<EventOf<'chunk'>> {
    const { raw, ...rest } = chunk
    if (raw !== undefined) {
      const writer = this.#bodies.get(chunk.body) ?? (await this.#openBody(chunk.body))
      if (!writer.append(fromByteString(raw))) await writer.drain()
    }
    if (chunk.last) await this.#closeBody(chunk.body)
    return rest
  }

  async #openBody(body: number): Promise<ContentWriter> {
    const [oldest] = this.#bodies.keys()
    if (this.#bodies.size >= mostOpenBodies && oldest !== undefined) await this.#closeBody(oldest)
    const writer = this.#store.openContent(this.id, body)
    this.#bodies.set(body, writer)
    return writer
  }

  async #closeBody(body: number): Promise<void> {
    const writer = this.#bodies.get(body)
    this.#bodies.delete(body)
    if (writer) await this.#settle(writer)
  }

  async #keep(body: number, raw: string): Promise<void> {
    const writer = this.#store.openContent(this.id, body)
    if (!writer.append(fromByteString(raw))) await writer.drain()
    await this.#settle(writer)
  }

  async #settle(writer: ContentWriter): Promise<void> {
    this.#kept.push(writer.keep())
    if (this.#kept.length < mostUnsynced) return
    await Promise.all(this.#kept)
    this.#kept = []
  }
}

export class CaseImport {
  readonly #parts: ImportParts
  readonly #reader = new TranscriptReader()
  readonly #nextId: () => string
  readonly #sessions = new Map<string, IncomingSession>()
  readonly #problems: string[] = []
  #events = 0

  constructor(parts: ImportParts) {
    this.#parts = parts
    this.#nextId = sessionIds(() => parts.ports.clock.now())
  }

  /** Events read so far. */
  get events(): number {
    return this.#events
  }

  async push(text: string): Promise<void> {
    await this.#take(this.#reader.push(text))
  }

  /** The file is over: its sessions are in the list. */
  async finish(): Promise<{ sessions: string[]; problems: string[] }> {
    await this.#take(this.#reader.end())
    for (const session of this.#sessions.values()) this.#parts.hub.added(await session.finish())
    return { sessions: this.#ids(), problems: this.#problems }
  }

  /** Nothing of it stays. */
  async cancel(): Promise<void> {
    for (const session of this.#sessions.values()) session.cancel()
    if (this.#sessions.size > 0) await this.#parts.store.removeTranscripts(this.#ids())
  }

  #ids = (): string[] => [...this.#sessions.values()].map(({ id }) => id)

  async #take(items: readonly FileItem[]): Promise<void> {
    for (const item of items) {
      if (item.type === 'session') {
        const session = new IncomingSession(this.#parts.store, this.#nextId(), item.session)
        this.#sessions.set(item.session.id, session)
      } else if (item.type === 'event') {
        this.#events++
        await this.#sessions.get(item.event.session)?.take(item.event)
      } else this.#problems.push(item.line === 0 ? item.message : `Line ${item.line}: ${item.message}`)
    }
  }
}
