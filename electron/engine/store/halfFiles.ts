/**
 * Owns: the files of contents that are half here, and how many of them are open at once: clients that are slow, or hold
 * back the end of a mail, would take every descriptor the process may have. The one written least lately is closed, and
 * opened again when more of it comes.
 *
 * It is synced before it is closed. The system tells a write that failed later to those who have the file open then: were
 * it closed, the sync at its end might know nothing of the octets that are missing.
 */
import { blockSize } from './blocks.ts'
import type { ContentFolder } from './contentFolder.ts'

const mostOpen = 128
/** Octets after which a file is synced though it goes on: one sync of all at its end would hold up everybody's mail. */
const syncEvery = 32 << 20

/** A content's file that is not whole yet. */
export interface HalfFile {
  readonly name: string
  /** Octets written so far, and how many of them are on the disk. */
  size: number
  synced: number
  fd: number | null
  /** Its descriptor is one for writing past the system's cache. */
  direct: boolean
  /** Why nothing more can be promised of it. */
  fault: unknown
}

export class HalfFiles {
  readonly #folder: ContentFolder
  readonly #most: number
  /** The one written least lately first. */
  readonly #open = new Map<HalfFile, number>()

  constructor(folder: ContentFolder, most = mostOpen) {
    this.#folder = folder
    this.#most = most
  }

  /** Begins an empty one. Throws StoreError. */
  create(): HalfFile {
    this.#makeRoom()
    const made = this.#folder.create('direct')
    const file: HalfFile = { ...made, size: 0, synced: 0, fault: null }
    this.#open.set(file, made.fd)
    return file
  }

  /** Appends all of it. Throws StoreError. */
  write(file: HalfFile, bytes: Uint8Array): void {
    const fd = this.#opened(file)
    // What follows its last block, which is not whole, cannot begin one.
    const direct = file.direct && file.size % blockSize === 0
    const taken = direct ? this.#folder.writeDirect({ name: file.name, fd }, file.size, bytes) : 0
    file.size += taken
    const rest = bytes.subarray(taken)
    if (rest.byteLength > 0) {
      this.#folder.write({ name: file.name, fd: file.direct ? this.#ordinary(file) : fd }, rest)
      file.size += rest.byteLength
    }
    if (file.size - file.synced >= syncEvery) this.sync(file)
  }

  /** All that was written is on the disk when this returns. Throws StoreError. */
  sync(file: HalfFile): void {
    this.#folder.sync({ name: file.name, fd: this.#opened(file) })
    file.synced = file.size
  }

  /** Lets go of its descriptor, if it has one. */
  close(file: HalfFile): void {
    const { fd } = file
    file.fd = null
    // Opened again it is for appending.
    file.direct = false
    this.#open.delete(file)
    if (fd !== null) this.#folder.close(fd)
  }

  /** Its new descriptor, for writing in the ordinary way. */
  #ordinary(file: HalfFile): number {
    if (file.size > file.synced) this.sync(file)
    this.close(file)
    return this.#opened(file)
  }

  #opened(file: HalfFile): number {
    if (file.fault !== null) throw file.fault
    if (file.fd === null) this.#makeRoom()
    const fd = file.fd ?? this.#folder.openAgain(file.name, file.size)
    file.fd = fd
    this.#open.delete(file)
    this.#open.set(file, fd)
    return fd
  }

  #makeRoom(): void {
    for (const [file, fd] of this.#open) {
      if (this.#open.size < this.#most) return
      try {
        this.#folder.sync({ name: file.name, fd })
        file.synced = file.size
      } catch (error) {
        // That of this file, not of the one that needs room: told when more of it comes.
        file.fault = error
      }
      this.close(file)
    }
  }
}
