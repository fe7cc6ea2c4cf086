/**
 * Owns: who records a comparison. The first connection of each way is a transcript like any other; hundreds more would
 * bury the list, so of those only what is counted is kept. The same with messages: the first of each way stays in the
 * Inbox, the others are taken, answered and forgotten.
 */
import type { EventBody, TranscriptEvent } from '#shared/transcript/event.ts'
import type { Clock } from '../ports.ts'
import type { ContentWriter, Store } from '../store/types.ts'
import type { Hub, Recorder } from '../transcripts/types.ts'

const forgotten = 'not-kept'

/** Numbers and times events as a transcript would, and keeps none. */
class Passing implements Recorder {
  readonly session = forgotten
  readonly #clock: Clock
  readonly #began: number
  seq = 0

  constructor(clock: Clock) {
    this.#clock = clock
    this.#began = clock.micros()
  }

  write(event: EventBody, at?: number): TranscriptEvent {
    return { ...event, session: this.session, seq: ++this.seq, at: Math.round(at ?? this.elapsed()) }
  }

  elapsed(): number {
    return Math.max(0, Math.round(this.#clock.micros() - this.#began))
  }

  conceal(): void {}
  held(): void {}
  delivered(): void {}
}

/** The same recorder, with each written event told; a message that is not kept is not told as delivered. */
class Told implements Recorder {
  readonly #inner: Recorder
  readonly #tell: (event: TranscriptEvent) => void

  constructor(inner: Recorder, tell: (event: TranscriptEvent) => void) {
    this.#inner = inner
    this.#tell = tell
  }

  get session(): string {
    return this.#inner.session
  }

  get seq(): number {
    return this.#inner.seq
  }

  write(event: EventBody, at?: number): TranscriptEvent {
    const written = this.#inner.write(event, at)
    this.#tell(written)
    return written
  }

  elapsed(): number {
    return this.#inner.elapsed()
  }

  conceal(secret: string): void {
    this.#inner.conceal(secret)
  }

  held(value: boolean): void {
    this.#inner.held(value)
  }

  delivered(message: string): void {
    if (!message.startsWith(forgotten)) this.#inner.delivered(message)
  }
}

/** A hub whose first session is recorded; `tell` hears the events of all. */
export function firstRecorded(
  hub: Pick<Hub, 'begin'>,
  clock: Clock,
  tell: (event: TranscriptEvent) => void = () => {},
): Pick<Hub, 'begin'> {
  let begun = 0
  return {
    begin: (head) => new Told(begun++ === 0 ? hub.begin(head) : new Passing(clock), tell),
  }
}

class Forgetting implements ContentWriter {
  readonly id: string

  constructor(n: number) {
    this.id = `${forgotten}-${n}`
  }

  append(): boolean {
    return true
  }

  async drain(): Promise<void> {}
  async keep(): Promise<void> {}
  async commit(): Promise<void> {}

  /** What is forgotten cannot be delivered later. */
  queue(): Promise<void> {
    return Promise.reject(new Error('What is not kept cannot be queued.'))
  }

  discard(): void {}
}

/** A store that keeps the first `contents` contents. */
export function firstKept(store: Pick<Store, 'openContent'>, contents: number): Pick<Store, 'openContent'> {
  let opened = 0
  return {
    openContent: (session, body) =>
      ++opened <= contents && session !== forgotten
        ? store.openContent(session, body)
        : new Forgetting(opened),
  }
}

/** Nothing is recorded, and nothing kept. */
export const unrecorded = (clock: Clock): Pick<Hub, 'begin'> => ({ begin: () => new Passing(clock) })
export const unkept = (): Pick<Store, 'openContent'> => ({ openContent: () => new Forgetting(0) })
