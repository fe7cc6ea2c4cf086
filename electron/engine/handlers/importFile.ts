/**
 * Owns: from the pieces of a case file's text to sessions in the store. Each gets an id of its own, so that a file can
 * neither replace nor imitate a session that is here; events are numbered anew without gaps, and content goes to the
 * store. Memory is bounded by one record and one write, whatever the length of the file.
 */
import { fromByteString } from '#shared/bytes/bytes.ts'
import { RpcError } from '#shared/rpc/error.ts'
import type { EventOf, SessionHead, SessionSummary, TranscriptEvent } from '#shared/transcript/event.ts'
import { cutLine, isLongLine, wholeLineBody } from '#shared/transcript/longLine.ts'
import { type FileItem, TranscriptReader } from '#shared/transcript/reader.ts'
import { beginSummary, foldSummary, summaryOf } from '#shared/transcript/summarize.ts'
import { sessionIds } from '../transcripts/sessionId.ts'
import type { EnginePorts } from '../ports.ts'
import type { ContentWriter, Store } from '../store/types.ts'
import type { Hub } from '../transcripts/types.ts'
import { ImportProblems } from './importProblems.ts'
import { ImportWrites } from './importWrites.ts'
import { Slices } from './slices.ts'

export interface ImportParts {
  hub: Pick<Hub, 'added'>
  store: Pick<Store, 'openContent' | 'putTranscript' | 'removeTranscripts'>
  ports: Pick<EnginePorts, 'clock'>
}

/** Events, and characters of theirs, in one write: a reader of a range reads whole writes. */
const mostEvents = 1000
const mostText = 1 << 20
/** Characters that an event takes beside its octets, about. */
const eventCost = 200
/** Bodies of one session that may be unfinished at once: a file can name a body in every line. */
const mostOpenBodies = 16
/** One session of the file on its way. */
export class IncomingSession {
  readonly id: string
  readonly #store: ImportParts['store']
  readonly #summary
  /** New numbers where they are not the old ones. */
  readonly #numbers = new Map<number, number>()
  readonly #bodies = new Map<number, ContentWriter>()
  /** Bodies of which octets are missing: those behind the gap would be kept in its place. */
  readonly #broken = new Set<number>()
  readonly #writes: ImportWrites
  #part: TranscriptEvent[] = []
  #size = 0
  #seq = 0
  #last: TranscriptEvent | undefined
  /** The store knows of this session. */
  #known = false

  /** `writes` may be shared by the sessions of one import. */
  constructor(store: ImportParts['store'], writes: ImportWrites, id: string, head: SessionHead) {
    this.id = id
    this.#store = store
    this.#writes = writes
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

  /** An end is there afterwards, and all of it is on its way to the store: `writes.all` tells when it is there, and `endTogether` ends it. */
  async finish() {
    if (this.#last?.kind !== 'end') {
      const at = this.#last?.at ?? 0
      await this.#add({
        session: this.id, seq: ++this.#seq, at, phase: 'other', direction: 'none', kind: 'end', outcome: 'cancelled',
        by: 'this-computer', message: 'The imported file does not have the end of this session.',
      }) // prettier-ignore
    }
    for (const body of this.#bodies.keys()) await this.#closeBody(body)
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
    const size = this.#size + part.length * eventCost
    this.#part = []
    this.#size = 0
    this.#put(part, size)
    await this.#writes.room()
  }

  /** Live, as far as the store knows: what ends it is `endTogether`, whatever the file says. */
  #put(part: TranscriptEvent[], size: number): void {
    this.#known = true
    this.#writes.add(this.#store.putTranscript({ ...summaryOf(this.#summary), state: 'live' }, part), size)
  }

  /** Content without its session would be left behind by whoever removes the session. */
  #content(body: number): ContentWriter {
    if (!this.#known) this.#put([], eventCost)
    return this.#store.openContent(this.id, body)
  }

  async #keepContent(chunk: EventOf<'chunk'>): Promise<EventOf<'chunk'>> {
    const { raw, ...rest } = chunk
    const { body, size } = chunk
    if (raw !== undefined && !this.#broken.has(body)) {
      const writer = this.#bodies.get(body) ?? (await this.#openBody(body))
      if (!writer.append(fromByteString(raw))) await writer.drain()
    }
    if (chunk.last) {
      this.#broken.delete(body)
      await this.#closeBody(body)
    } else if ((raw?.length ?? 0) < size) this.#broken.add(body)
    return rest
  }

  async #openBody(body: number): Promise<ContentWriter> {
    const [oldest] = this.#bodies.keys()
    if (this.#bodies.size >= mostOpenBodies && oldest !== undefined) await this.#closeBody(oldest)
    const writer = this.#content(body)
    this.#bodies.set(body, writer)
    return writer
  }

  async #closeBody(body: number): Promise<void> {
    const writer = this.#bodies.get(body)
    this.#bodies.delete(body)
    if (writer) await this.#settle(writer)
  }

  async #keep(body: number, raw: string): Promise<void> {
    const writer = this.#content(body)
    if (!writer.append(fromByteString(raw))) await writer.drain()
    await this.#settle(writer)
  }

  async #settle(writer: ContentWriter): Promise<void> {
    this.#writes.add(writer.keep(), 0)
    await this.#writes.room()
  }
}

/**
 * All is stored: the sessions of an import are there from one commit on. Before it none is in any list, and a start
 * after a kill removes them (store/open.ts).
 */
export async function endTogether(
  store: ImportParts['store'],
  summaries: readonly SessionSummary[],
): Promise<void> {
  await Promise.all(summaries.map((summary) => store.putTranscript(summary, [])))
}

/** Characters read in one step. */
const stepSize = 32 << 10

export class CaseImport {
  readonly #parts: ImportParts
  readonly #reader = new TranscriptReader()
  readonly #nextId: () => string
  readonly #sessions = new Map<string, IncomingSession>()
  readonly #problems = new ImportProblems()
  readonly #writes = new ImportWrites()
  readonly #off = new AbortController()
  readonly #slices = new Slices(this.#off.signal)
  #events = 0

  constructor(parts: ImportParts) {
    this.#parts = parts
    this.#nextId = sessionIds(() => parts.ports.clock.now())
  }

  /** Events read so far. */
  get events(): number {
    return this.#events
  }

  /** In slices. Throws RpcError `cancelled` after `stop`. */
  async push(text: string): Promise<void> {
    for (let at = 0; at < text.length; at += stepSize) {
      await this.#take(this.#reader.push(text.slice(at, at + stepSize)))
      if (this.#slices.over) await this.#slices.rest()
    }
  }

  /** The reading ends as soon as its slice is over. */
  stop(): void {
    this.#off.abort()
  }

  /** The file is over: its sessions are in the list. Throws as `push`. */
  async finish(): Promise<{ sessions: string[]; problems: string[] }> {
    await this.#take(this.#reader.end())
    const summaries: SessionSummary[] = []
    for (const session of this.#sessions.values()) {
      summaries.push(await session.finish())
      if (this.#slices.over) await this.#slices.rest()
    }
    await this.#writes.all()
    if (this.#off.signal.aborted) throw new RpcError('cancelled', 'Cancelled.')
    await endTogether(this.#parts.store, summaries)
    for (const summary of summaries) this.#parts.hub.added(summary)
    return { sessions: this.#ids(), problems: this.#problems.sentences() }
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
        const session = new IncomingSession(this.#parts.store, this.#writes, this.#nextId(), item.session)
        this.#sessions.set(item.session.id, session)
      } else if (item.type === 'event') {
        this.#events++
        await this.#sessions.get(item.event.session)?.take(item.event)
      } else if (item.more === undefined) this.#problems.add(item.line, item.message)
      else this.#problems.more(item.more.of, item.more.count)
    }
  }
}
