/**
 * Owns: what came of legs on its way to the store: all of one turn in one write, one write after the other. A store that
 * takes nothing (a full disk) is tried again at growing, bounded intervals; until then nothing is forgotten and the queue
 * is told not to begin anything, because what cannot be written down would be delivered twice.
 */
import type { Log } from '../../ports.ts'
import { StoreError } from '../../store/types.ts'
import type { Leg } from '../types.ts'
import type { Entry } from './entry.ts'

export interface LedgerParts {
  putLegs(legs: readonly Leg[]): Promise<void>
  /** Durable; each as it was last put. */
  stored(entries: readonly Entry[]): void
  /** In words, while the store takes nothing; null when it does again. */
  trouble(words: string | null): void
  log: Log
  /** Milliseconds of the first wait. */
  retry: number
}

/** Times the first wait. */
const longest = 30
/** Times that one leg is tried to be stored where the store as a whole is well. */
const mostTries = 4
/** Legs in one write: a transaction of a few tens of milliseconds. */
const atOnce = 1000

export class Ledger {
  readonly #parts: LedgerParts
  readonly #next = new Set<Entry>()
  readonly #pauses = new Set<() => void>()
  readonly #told = new Set<() => void>()
  #writing: Promise<void> | null = null
  #failing = 0
  #closed = false

  constructor(parts: LedgerParts) {
    this.#parts = parts
  }

  /** Legs that are not durable yet, those that are being written left out. */
  get pending(): number {
    return this.#next.size
  }

  put(entry: Entry): void {
    this.#next.add(entry)
    this.#begin()
  }

  /** Resolves when all that was put is durable, or nothing is written any more. */
  async flushed(): Promise<void> {
    while (this.#writing !== null) await this.#writing
  }

  /** It is to be written once more than it is being written now. */
  waits(entry: Entry): boolean {
    return this.#next.has(entry)
  }

  /** The same behind `before`, or false as soon as the store takes nothing. */
  async flushedOrNot(before: Promise<unknown> = Promise.resolve()): Promise<boolean> {
    if (this.#failing > 0) return false
    const { promise: fails, resolve } = Promise.withResolvers<boolean>()
    const tell = (): void => resolve(false)
    this.#told.add(tell)
    const written = before.then(() => this.flushed()).then(() => true)
    return Promise.race([written, fails]).finally(() => this.#told.delete(tell))
  }

  /** Tries until the store takes it. Rejects when it is closed, and with what will not pass by itself. */
  insist<T>(write: () => Promise<T>): Promise<T> {
    return this.#insist(write, passes)
  }

  async #insist<T>(write: () => Promise<T>, isToPass: (error: unknown) => boolean): Promise<T> {
    let wait = this.#parts.retry
    for (let failed = false; ; failed = true) {
      try {
        const value = await write()
        if (failed) this.#works()
        return value
      } catch (error) {
        if (this.#closed || !isToPass(error)) {
          if (failed) this.#works()
          throw error
        }
        if (!failed) this.#fails(error)
        await this.#pause(wait)
        wait = Math.min(wait * 2, this.#parts.retry * longest)
      }
    }
  }

  /** Nothing is written any more; what was put and is not durable stays as the store has it. */
  close(): void {
    this.#closed = true
    for (const wake of this.#pauses) wake()
  }

  #begin(): void {
    if (this.#closed || this.#writing !== null || this.#next.size === 0) return
    this.#writing = this.#write().finally(() => {
      this.#writing = null
      this.#begin()
    })
  }

  async #write(): Promise<void> {
    // All of this turn, and what comes while the write before this one runs, share one transaction.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.#next.size > 0 && !this.#closed) {
      const entries = this.#take()
      await this.#writeAll(entries)
    }
  }

  #take(): Entry[] {
    const entries: Entry[] = []
    for (const entry of this.#next) {
      if (entries.length === atOnce) break
      entries.push(entry)
      this.#next.delete(entry)
    }
    return entries
  }

  /** One leg that the store does not take must not keep the others from it. */
  async #writeAll(entries: readonly Entry[]): Promise<void> {
    let tries = 0
    // As they are at each try: what is being told of is put again when that is done.
    let written: readonly Entry[] = []
    const write = (): Promise<void> => {
      written = entries.filter(({ telling }) => !telling)
      return written.length === 0 ? Promise.resolve() : this.#parts.putLegs(written.map(({ leg }) => leg))
    }
    const mayPass = (error: unknown): boolean => passes(error) || (entries.length === 1 && !isClosed(error) && ++tries < mostTries) // prettier-ignore
    try {
      await this.#insist(write, mayPass)
      this.#parts.stored(written)
    } catch (error) {
      // Closed: what is open there is taken up at the next start.
      if (this.#closed || isClosed(error)) return this.close()
      if (entries.length > 1) return this.#oneByOne(entries)
      const leg = entries[0]?.leg.id ?? ''
      this.#parts.log('error', `What became of a message could not be stored. ${String(error)}`, { leg })
      this.#parts.stored(entries)
    }
  }

  async #oneByOne(entries: readonly Entry[]): Promise<void> {
    for (const entry of entries) if (!this.#closed) await this.#writeAll([entry])
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer)
        this.#pauses.delete(wake)
        resolve()
      }
      const timer = setTimeout(wake, ms)
      this.#pauses.add(wake)
      if (this.#closed) wake()
    })
  }

  #fails(error: unknown): void {
    if (this.#failing++ > 0) return
    for (const tell of this.#told) tell()
    this.#told.clear()
    const code = error instanceof StoreError ? error.code : 'failed'
    this.#parts.log('error', `The relay’s queue cannot be stored now; delivery waits. ${String(error)}`, {
      code,
    })
    this.#parts.trouble(troubleWords(code))
  }

  #works(): void {
    if (--this.#failing > 0) return
    this.#parts.log('info', 'The relay’s queue is being stored again.')
    this.#parts.trouble(null)
  }
}

const isClosed = (error: unknown): boolean => error instanceof StoreError && error.code === 'closed'
/** What is wrong with the store as a whole, not with one content in it. */
const passes = (error: unknown): boolean =>
  error instanceof StoreError &&
  (error.code === 'full' || error.code === 'locked' || error.code === 'readonly')

export const troubleWords = (code: StoreError['code']): string =>
  code === 'full'
    ? 'Waits until the disk has room: what is delivered could not be written down.'
    : 'Waits until the database can be written: what is delivered could not be written down.'
