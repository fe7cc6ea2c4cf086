/** Owns: what was started and may still be asked about: live ones, and a bounded number of ended ones. */
import { notFound } from '#shared/rpc/error.ts'

/** Dialogues or probes at once, and ended ones that are kept for whoever asks late. */
const mostLive = 200
const mostEnded = 500

interface Item {
  cancel(): void
}

export class Running<T extends Item> {
  readonly #what: string
  readonly #items = new Map<string, T>()
  readonly #live = new Map<string, Promise<unknown>>()
  #stopped = false

  /** `what` names one in errors, as "Dialogue". */
  constructor(what: string) {
    this.#what = what
  }

  /** Why no other can be started now, or null. */
  full(): string | null {
    if (this.#stopped) return 'Relayscope is ending; start it again first.'
    if (this.#live.size < mostLive) return null
    return `${this.#live.size} are running already; end one first.`
  }

  /** `over` settles when it has ended. */
  add(id: string, item: T, over: Promise<unknown>): void {
    this.#items.set(id, item)
    const ended = over
      .catch(() => {})
      .finally(() => {
        this.#live.delete(id)
        this.#forgetOldest()
      })
    this.#live.set(id, ended)
  }

  find(id: string): T | undefined {
    return this.#items.get(id)
  }

  /** Throws RpcError `not-found`. */
  get(id: string): T {
    const item = this.#items.get(id)
    if (item === undefined) throw notFound(this.#what, id)
    return item
  }

  /** An ended one is not asked about any more; a live one stays. */
  forget(id: string): void {
    if (!this.#live.has(id)) this.#items.delete(id)
  }

  /** Cancels what runs and lets nothing follow; resolves when all have ended. */
  async stop(): Promise<void> {
    this.#stopped = true
    for (const id of this.#live.keys()) this.#items.get(id)?.cancel()
    await Promise.all(this.#live.values())
  }

  #forgetOldest(): void {
    let over = this.#items.size - this.#live.size - mostEnded
    for (const id of this.#items.keys()) {
      if (over <= 0) return
      if (this.#live.has(id)) continue
      this.#items.delete(id)
      over--
    }
  }
}
