/**
 * Owns: the content that one session brings: a writer for each transaction, from `ask content` to commit. What is
 * abandoned on the way is kept beside the transcript, because a mail that broke off is what one wants to look at.
 */
import type { Log } from '../ports.ts'
import type { ContentWriter, NewMessage, Store } from '../store/types.ts'

export class Content {
  readonly #store: Pick<Store, 'openContent'>
  readonly #session: string
  readonly #log: Log
  #writer: ContentWriter | null = null
  #count = 0

  constructor(store: Pick<Store, 'openContent'>, session: string, log: Log) {
    this.#store = store
    this.#session = session
    this.#log = log
  }

  open(): void {
    this.abandon()
    this.#writer = this.#store.openContent(this.#session, ++this.#count)
  }

  /** Null to go on; else resolves when more may be appended. Octets without an open transaction are dropped. */
  append(bytes: Uint8Array): Promise<void> | null {
    if (this.#writer === null || this.#writer.append(bytes)) return null
    return this.#writer.drain()
  }

  /** Resolves with the message's id when it is durable; rejects with a StoreError. */
  async commit(message: NewMessage): Promise<string> {
    const writer = this.#writer
    if (writer === null) throw new Error('no content was begun')
    this.#writer = null
    await writer.commit(message)
    return writer.id
  }

  abandon(): void {
    const writer = this.#writer
    this.#writer = null
    writer?.keep().catch((error: unknown) => {
      this.#log('warn', 'Content of an unfinished message could not be kept', { reason: String(error) })
    })
  }
}
