/**
 * Owns: files that arrive in parts, because a million lines are more than one message may have. A file whose
 * sender went away is given up after a while, and nothing of it stays.
 */
import { notFound, RpcError } from '#shared/rpc/error.ts'
import { AnyImport } from './importAny.ts'
import type { ImportParts } from './importFile.ts'
import type { ImportedText } from './importText.ts'

/** Files that are being read at once. */
const mostOpen = 4
/** Milliseconds without a part after which a file is given up. */
const patience = 60_000

interface Open {
  file: AnyImport
  /** Parts are taken in, one after the other. */
  busy: Promise<void>
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
    const open: Open = { file: new AnyImport(this.#parts), busy: Promise.resolve(), timer: null }
    this.#open.set(id, open)
    this.#wait(id, open)
    return id
  }

  /** Answers with the events read so far, when the part is stored. */
  async part(id: number, text: string): Promise<number> {
    const open = this.#find(id)
    open.busy = open.busy.then(() => open.file.push(text))
    this.#wait(id, open)
    try {
      await open.busy
    } catch (error) {
      await this.#giveUp(id)
      throw error
    }
    return open.file.events
  }

  async finish(id: number): Promise<ImportedText> {
    const open = this.#find(id)
    this.#forget(id, open)
    await open.busy
    return open.file.finish()
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
    await open.busy.catch(() => undefined)
    await open.file.cancel()
  }
}
