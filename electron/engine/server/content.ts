/**
 * Owns: the content that one session brings: a writer for each transaction, from `ask content` to commit, and the chunk
 * events that tell of it. What is abandoned on the way is kept beside the transcript, because a mail that broke off is
 * what one wants to look at.
 */
import type { EventBody } from '#shared/transcript/event.ts'
import type { ContentWriter, NewMessage, Store } from '../store/types.ts'
import type { RelayVisit } from './relaying.ts'
import type { SessionContext } from './sessionContext.ts'

export interface ContentOptions {
  store: Pick<Store, 'openContent'>
  session: string
  context: Pick<SessionContext, 'notKept'>
  record: (event: EventBody) => void
  /** More may be appended again. */
  room: () => void
  /** Sees the octets of a message that is to be relayed. */
  visit?: Pick<RelayVisit, 'open' | 'content' | 'abandon'> | undefined
}

/** Octets that one chunk event stands for at most, about: fifty events for a message of 50 MiB. */
export const stretch = 1 << 20

export class Content {
  readonly #options: ContentOptions
  #writer: ContentWriter | null = null
  #body = 0
  #encoding: 'data' | 'bdat' = 'data'
  /** Octets [offset, offset + size) have no event yet. */
  #offset = 0
  #size = 0
  #full = false

  constructor(options: ContentOptions) {
    this.#options = options
  }

  /** Id that the message will have once it is kept; '' while there is none. */
  get id(): string {
    return this.#writer?.id ?? ''
  }

  /** The store takes no more for now: read no further. */
  get full(): boolean {
    return this.#full
  }

  open(encoding: 'data' | 'bdat'): void {
    this.abandon()
    const { store, session, visit } = this.#options
    this.#writer = store.openContent(session, ++this.#body)
    visit?.open()
    this.#encoding = encoding
    this.#offset = 0
  }

  /** Octets without an open transaction are dropped. */
  append(bytes: Uint8Array): void {
    if (this.#writer === null) return
    const ready = this.#writer.append(bytes)
    this.#options.visit?.content(bytes)
    this.#size += bytes.length
    if (this.#size >= stretch) this.#tell(false)
    if (ready) return
    this.#full = true
    const goOn = (): void => {
      this.#full = false
      this.#options.room()
    }
    // A broken store is told at the commit; until then the rest of the content must still be read.
    this.#writer.drain().then(goOn, goOn)
  }

  /** Writes the event of what came since the last one; before a reply, so that the transcript keeps the order. */
  settle(): void {
    if (this.#size > 0) this.#tell(false)
  }

  /** Resolves with the message's id when it is durable; rejects with a StoreError. */
  async commit(message: NewMessage): Promise<string> {
    const writer = this.take()
    await writer.commit(message)
    return writer.id
  }

  /** The content is whole: whoever takes it commits it, or gives it to `keep`. */
  take(): ContentWriter {
    const writer = this.#writer
    if (writer === null) throw new Error('no content was begun')
    this.#tell(true)
    this.#writer = null
    return writer
  }

  abandon(): void {
    this.settle()
    const writer = this.#writer
    if (writer === null) return
    this.#writer = null
    this.#options.visit?.abandon()
    this.keep(writer)
  }

  /** Beside the transcript, as no message. */
  keep(writer: Pick<ContentWriter, 'keep'>): void {
    writer.keep().catch((error: unknown) => this.#options.context.notKept(error, 'content'))
  }

  #tell(last: boolean): void {
    const [body, offset, size, encoding] = [this.#body, this.#offset, this.#size, this.#encoding]
    this.#offset += size
    this.#size = 0
    this.#options.record({
      kind: 'chunk',
      phase: 'body',
      direction: 'to-server',
      body,
      offset,
      size,
      last,
      encoding,
    })
  }
}
