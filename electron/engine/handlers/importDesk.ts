/**
 * Owns: files that arrive in parts, because a million lines are more than one message may have. A file whose
 * sender went away is given up after a while, and nothing of it stays.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { notFound, RpcError } from '#shared/rpc/error.ts'
import { AnyImport, finished } from './importAny.ts'
import type { ImportParts } from './importFile.ts'
import type { ImportedText } from './importText.ts'

/** Files that are being read at once. */
const mostOpen = 4
/** Milliseconds without a part after which a file is given up. */
const patience = 60_000
/** Milliseconds after which a question how far the reading is has its answer. */
const moment = 200
const isOver = (): boolean => true

interface Open {
  file: AnyImport
  /** Parts are taken in, one after the other. */
  busy: Promise<void>
  /** Parts that are not taken in yet: nobody's absence, however long a slow disk takes. */
  taking: number
  timer: NodeJS.Timeout | null
}

export class ImportDesk {
  readonly #parts: ImportParts
  readonly #open = new Map<number, Open>()
  readonly #patience: number
  #last = 0

  constructor(parts: ImportParts, wait = patience) {
    this.#parts = parts
    this.#patience = wait
  }

  begin(): number {
    if (this.#open.size >= mostOpen)
      throw new RpcError('bad-argument', `${mostOpen} files are being read already; wait for one of them.`)
    const id = ++this.#last
    const open: Open = { file: new AnyImport(this.#parts), busy: Promise.resolve(), taking: 0, timer: null }
    this.#open.set(id, open)
    this.#wait(id, open)
    return id
  }

  /** Answers with the events read so far, when the part is stored; `readLast`: `read` and `finish` do the work. */
  async part(id: number, text: string): Promise<{ events: number; readLast: boolean }> {
    const open = this.#find(id)
    open.busy = open.busy.then(() => open.file.push(text))
    if (open.timer !== null) clearTimeout(open.timer)
    open.taking++
    try {
      await open.busy
    } catch (error) {
      await this.#giveUp(id)
      throw error
    }
    open.taking--
    if (this.#open.get(id) === open && open.taking === 0) this.#wait(id, open)
    return { events: open.file.events, readLast: open.file.readLast }
  }

  /** All parts are sent: how far the reading is, 0 to 1, at the latest after a moment; it goes on by itself. */
  async read(id: number): Promise<{ events: number; share: number; done: boolean }> {
    const open = this.#find(id)
    this.#wait(id, open)
    await open.busy
    const { file } = open
    // Why it failed is told by `finish`.
    const work = file.work().then(isOver, isOver)
    const done = await Promise.race([work, delay(moment, false, { ref: false })])
    return { events: file.events, share: file.share, done }
  }

  /** Throws RpcError `cancelled` once the signal is aborted; nothing of it stays then. */
  async finish(id: number, signal: AbortSignal = new AbortController().signal): Promise<ImportedText> {
    const open = this.#find(id)
    this.#forget(id, open)
    await open.busy
    return finished(open.file, signal)
  }

  async cancel(id: number): Promise<void> {
    this.#find(id)
    await this.#giveUp(id)
  }

  #find(id: number): Open {
    const open = this.#open.get(id)
    if (open === undefined) throw notFound('Import', String(id))
    return open
  }

  #wait(id: number, open: Open): void {
    if (open.timer !== null) clearTimeout(open.timer)
    open.timer = setTimeout(() => void this.#giveUp(id).catch(() => undefined), this.#patience)
    open.timer.unref()
  }

  #forget(id: number, open: Open): void {
    if (open.timer !== null) clearTimeout(open.timer)
    this.#open.delete(id)
  }

  async #giveUp(id: number): Promise<void> {
    const open = this.#open.get(id)
    if (open === undefined) return
    this.#forget(id, open)
    open.file.stop()
    await open.busy.catch(() => undefined)
    await open.file.cancel()
  }
}
