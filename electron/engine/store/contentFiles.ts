/**
 * Owns: contents that are being received, by the number of their writer. A large one goes into a file of its own as its
 * pieces come: the database's log would write each octet twice. The first pieces are held in memory meanwhile, because a
 * file costs a sync of its own, and what is little longer than a chunk is sooner on the disk with a commit that many share.
 *
 * A piece that could not be written is remembered: the file is removed at once, and the end of the content fails with that
 * error, so that no message has a hole.
 */
import type { ContentFolder } from './contentFolder.ts'
import { type HalfFile, HalfFiles } from './halfFiles.ts'
import { chunkSize } from './schema.ts'
import type { FinishContent, PutChunk } from './wireTypes.ts'

/** Chunks of a content, and octets of all contents, that are held in memory. */
const mostHeld = 2
const mostHeldOctets = 16 << 20

/** A whole content: in a file that has no row yet, or as chunks for the database. */
export interface Whole {
  file: string | null
  size: number
  chunks: readonly Uint8Array[]
}

interface Receiving {
  held: Uint8Array[]
  file: HalfFile | null
  size: number
  /** Its file is whole and closed. */
  sealed: boolean
}

export class ContentFiles {
  readonly folder: ContentFolder
  readonly #half: HalfFiles
  readonly #giveUp: (name: string) => unknown
  readonly #receiving = new Map<number, Receiving>()
  #heldOctets = 0
  /** Writers of contents that lost a piece, and why. */
  readonly #failed = new Map<number, unknown>()
  /** Writers of files whose names no sync of the folder has taken along yet. */
  readonly #unnamed = new Set<number>()
  /** Writers whose content is in a row of the transaction under way. */
  #taken: number[] = []

  /** `remove`: does it, now or when there is time, with a file whose content was given up. */
  constructor(
    folder: ContentFolder,
    remove = (name: string): unknown => folder.unlink(name),
    half = new HalfFiles(folder),
  ) {
    this.folder = folder
    this.#giveUp = remove
    this.#half = half
  }

  /** Takes a full chunk. Throws StoreError, and from then on the same for all that follows of this content. */
  piece({ writer, bytes }: PutChunk): void {
    this.#refuseFailed(writer)
    const content = this.#receiving.get(writer) ?? { held: [], file: null, size: 0, sealed: false }
    this.#receiving.set(writer, content)
    const hold = content.file === null && content.held.length < mostHeld && this.#heldOctets + chunkSize <= mostHeldOctets // prettier-ignore
    // A copy: the buffer goes back to be filled anew.
    if (hold) this.#hold(content, bytes.slice())
    else this.#failing(writer, () => this.#half.write(this.#file(writer, content), bytes))
    content.size += bytes.byteLength
  }

  /** Whether something of it came before its end. */
  has(writer: number): boolean {
    return this.#receiving.has(writer) || this.#failed.has(writer)
  }

  /**
   * The whole of it, its file brought to the disk where it was `promised` to a client; done once, however often it is asked
   * for. Throws like `piece`.
   *
   * A content that is only kept beside its transcript was promised to nobody: when a thousand clients break off at once, the
   * mail of others is not to wait for a thousand syncs. After a power cut it may be short, and its reader is told.
   */
  whole({ writer, bytes }: Pick<FinishContent, 'writer' | 'bytes'>, promised: boolean): Whole {
    this.#refuseFailed(writer)
    const content = this.#receiving.get(writer)
    const size = (content?.size ?? 0) + bytes.byteLength
    if (content === undefined || content.file === null) {
      const held = content?.held ?? []
      return { file: null, size, chunks: bytes.byteLength > 0 ? [...held, bytes] : held }
    }
    const { file } = content
    if (!content.sealed) this.#failing(writer, () => this.#seal(file, bytes, promised))
    content.sealed = true
    return { file: file.name, size, chunks: [] }
  }

  /** The transaction under way has a row for it. */
  take(writer: number): void {
    if (this.#receiving.has(writer)) this.#taken.push(writer)
  }

  /** Before rows that name new files are committed. Throws StoreError, and then for all that this sync was to take along. */
  syncNames(): void {
    if (!this.#taken.some((writer) => this.#unnamed.has(writer))) return
    try {
      this.folder.syncNames()
    } catch (error) {
      // A sync that failed tells once: the next one would promise what it does not know.
      for (const writer of this.#unnamed) this.#fail(writer, error)
      throw error
    } finally {
      this.#unnamed.clear()
    }
  }

  /** The rows are there: from now on the contents are theirs. */
  committed(): void {
    for (const writer of this.#taken) this.#forget(writer)
    this.#taken = []
  }

  rolledBack(): void {
    this.#taken = []
  }

  /** Forgets the content and removes what there is of it; nothing once its row is committed. */
  drop(writer: number): void {
    this.#failed.delete(writer)
    this.#remove(writer, this.#giveUp)
  }

  /** Of files that are in no row yet. */
  get names(): ReadonlySet<string> {
    return new Set([...this.#receiving.values()].flatMap(({ file }) => (file === null ? [] : [file.name])))
  }

  /** No more will come of what is half here. */
  close(): void {
    for (const writer of this.#receiving.keys()) this.drop(writer)
  }

  #hold(content: Receiving, bytes: Uint8Array): void {
    content.held.push(bytes)
    this.#heldOctets += bytes.byteLength
  }

  /** Its file, with all in it that came so far. */
  #file(writer: number, content: Receiving): HalfFile {
    if (content.file !== null) return content.file
    const file = this.#half.create()
    content.file = file
    this.#unnamed.add(writer)
    for (const bytes of content.held) this.#half.write(file, bytes)
    this.#letGo(content)
    return file
  }

  #seal(file: HalfFile, rest: Uint8Array, promised: boolean): void {
    this.#half.write(file, rest)
    if (promised) this.#half.sync(file)
    this.#half.close(file)
  }

  #failing(writer: number, work: () => void): void {
    try {
      work()
    } catch (error) {
      this.#fail(writer, error)
      throw error
    }
  }

  /** Its space may be what is lacking, and after a sync that failed nothing more can be promised of it. */
  #fail(writer: number, error: unknown): void {
    this.#remove(writer, (name) => this.folder.unlink(name))
    this.#failed.set(writer, error)
  }

  #remove(writer: number, remove: (name: string) => unknown): void {
    const file = this.#receiving.get(writer)?.file
    this.#forget(writer)
    if (file === undefined || file === null) return
    this.#half.close(file)
    // What cannot be removed now is removed after the next start (strayFiles.ts).
    remove(file.name)
  }

  #forget(writer: number): void {
    const content = this.#receiving.get(writer)
    if (content !== undefined) this.#letGo(content)
    this.#receiving.delete(writer)
    this.#unnamed.delete(writer)
  }

  #letGo(content: Receiving): void {
    for (const bytes of content.held) this.#heldOctets -= bytes.byteLength
    content.held = []
  }

  #refuseFailed(writer: number): void {
    if (this.#failed.size > 0 && this.#failed.has(writer)) throw this.#failed.get(writer)
  }
}
