/**
 * Owns: the folder of the large contents, one file each, beside the database that names them. Access for the owner only,
 * like the database. A name is chance and nothing else: it says nothing of the mail, no client has a part in it, and a
 * file is made only where nothing has its name. No link is followed, neither to write nor to read.
 */
import { randomBytes } from 'node:crypto'
import * as fs from 'node:fs'
import { dirname, join } from 'node:path'
import { pastCache, refusals, writeBlocks } from './blocks.ts'
import { codeOf, faultOf, toStoreError } from './faults.ts'
import { StoreError } from './types.ts'

/** What is done to files that are being received; a test has its own that fail. */
export interface Disk {
  open(path: string, flags: number, mode: number): number
  /** Octets written: a disk that is nearly full takes a part. */
  write(fd: number, bytes: Uint8Array, from: number): number
  truncate(fd: number, size: number): void
  sync(fd: number): void
  close(fd: number): void
  unlink(path: string): void
}

export const nodeDisk: Disk = {
  open: (path, flags, mode) => fs.openSync(path, flags, mode),
  write: (fd, bytes, from) => fs.writeSync(fd, bytes, from),
  truncate: (fd, size) => fs.ftruncateSync(fd, size),
  sync: (fd) => fs.fdatasyncSync(fd),
  close: (fd) => fs.closeSync(fd),
  unlink: (path) => fs.unlinkSync(path),
}

export interface NewFile {
  name: string
  fd: number
  direct: boolean
}

/** The file of a content is not what its row says: the content is lost, and nothing is wrong with the database. */
export class LostContent extends StoreError {
  constructor(message: string) {
    super('corrupt', message)
  }
}

// Windows has no O_NOFOLLOW, which counts as 0 here; making a link there takes rights of its own. Nor has it O_NONBLOCK, which
// is nothing to a file: to open a FIFO in a file's place would wait for its other end, and all of the store with it.
const { O_APPEND, O_CREAT, O_EXCL, O_RDONLY, O_WRONLY, O_NOFOLLOW, O_NONBLOCK } = fs.constants
const nameShape = /^[0-9a-f]{32}$/u
/** Causes that may be others in a moment: nothing is said of the file by them. */
const passing = new Set(['EMFILE', 'ENFILE', 'ENOMEM', 'EINTR', 'EAGAIN'])

/** Of any name in the folder: whether it may be a content's. */
export const isContentName = (name: string): boolean => nameShape.test(name)

export const systemCode = (error: unknown): string => {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined
  return typeof code === 'string' ? code : ''
}

/** Beside the database; null for one in memory. */
export const contentsBeside = (database: string | null): string | null =>
  database === null ? null : join(dirname(database), 'contents')

/** What has this name itself; null for nothing. */
export function kindOf(path: string): 'folder' | 'link' | 'other' | null {
  const found = fs.lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) return null
  if (found.isSymbolicLink()) return 'link'
  return found.isDirectory() ? 'folder' : 'other'
}

export class ContentFolder {
  readonly #path: string | null
  readonly #disk: Disk
  /** The folder's own name is on the disk, as far as this program knows. */
  #isNamed = false
  /** As far as this program knows, the file system can be written to past the system's cache. */
  #canPass = pastCache !== 0

  constructor(path: string | null, disk = nodeDisk) {
    this.#path = path
    this.#disk = disk
  }

  pathOf(name: string): string {
    if (this.#path === null) throw new StoreError('failed', 'A database in memory keeps no large contents.')
    // What stands in a damaged or strange database must not lead anywhere else.
    if (!isContentName(name)) throw new LostContent(`${JSON.stringify(name.slice(0, 80))} is no name of a content's file.`) // prettier-ignore
    return join(this.#path, name)
  }

  /** Makes an empty file; one to be written past the system's cache (`writeDirect`) where that is wished and can be. Throws StoreError. */
  create(wished: 'direct' | 'ordinary' = 'ordinary'): NewFile {
    const direct = wished === 'direct' && this.#canPass
    const name = randomBytes(16).toString('hex')
    const path = this.pathOf(name)
    return this.#saying(path, () => {
      try {
        return this.#create(path, name, direct)
      } catch (error) {
        if (systemCode(error) !== 'ENOENT') throw error
        // The first large content; or somebody has removed the folder.
        this.#make()
        return this.#create(path, name, direct)
      }
    })
  }

  #create(path: string, name: string, direct: boolean): NewFile {
    const flags = O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW
    try {
      return { name, fd: this.#disk.open(path, direct ? flags | pastCache : flags, 0o600), direct }
    } catch (error) {
      if (!direct || !refusals.has(systemCode(error))) throw error
      this.#canPass = false
      // Some systems have made it before they say so.
      this.unlink(name)
      return this.#create(path, name, false)
    }
  }

  /** To append to a file of its own that has `size` octets. Throws StoreError, too where it is another than it was. */
  openAgain(name: string, size: number): number {
    const path = this.pathOf(name)
    return this.#saying(path, () => {
      const fd = this.#disk.open(path, O_WRONLY | O_APPEND | O_NOFOLLOW | O_NONBLOCK, 0)
      try {
        const found = fs.fstatSync(fd)
        if (!found.isFile()) throw new StoreError('failed', `${path} is no file any more.`)
        if (found.size !== size) throw new StoreError('failed', `${path} has ${found.size} octets where ${size} were written.`) // prettier-ignore
        return fd
      } catch (error) {
        this.close(fd)
        throw error
      }
    })
  }

  /** Appends all of it. Throws StoreError. */
  write({ name, fd }: { name: string; fd: number }, bytes: Uint8Array): void {
    this.#saying(this.pathOf(name), () => {
      for (let at = 0; at < bytes.byteLength;) {
        const written = this.#disk.write(fd, bytes, at)
        if (written <= 0) throw new Error('nothing more could be written')
        at += written
      }
    })
  }

  /**
   * Appends to a file past the system's cache; one that has whole blocks only, `size` octets, and that `create` called
   * `direct`. Answers with how many octets it took: the rest is to be written in the ordinary way. Throws StoreError.
   */
  writeDirect({ name, fd }: { name: string; fd: number }, size: number, bytes: Uint8Array): number {
    let written = 0
    return this.#saying(this.pathOf(name), () => {
      try {
        writeBlocks(bytes, (blocks) => {
          const took = this.#disk.write(fd, blocks, 0)
          written += took
          return took
        })
      } catch (error) {
        if (!refusals.has(systemCode(error))) throw error
        if (size + written === 0) this.#canPass = false
      }
      const taken = Math.min(written, bytes.byteLength)
      // What filled the last block.
      if (written > taken) this.#disk.truncate(fd, size + taken)
      return taken
    })
  }

  /** Its octets are on the disk when this returns; its name is not (`syncNames`). Throws StoreError. */
  sync({ name, fd }: { name: string; fd: number }): void {
    this.#saying(this.pathOf(name), () => this.#disk.sync(fd))
  }

  close(fd: number): void {
    try {
      this.#disk.close(fd)
    } catch {
      // What counts was said by `sync`.
    }
  }

  /** The names of all files made so far are on the disk when this returns. Throws StoreError. */
  syncNames(): void {
    const path = this.#path
    if (path === null) return
    this.#saying(path, () => {
      // Once in each run: the program may have been killed, or the sync have failed, after the folder was made.
      if (!this.#isNamed) this.#syncFolder(dirname(path))
      this.#isNamed = true
      this.#syncFolder(path)
    })
  }

  /** True when there is no such file any more. */
  unlink(name: string): boolean {
    try {
      this.#disk.unlink(this.pathOf(name))
      return true
    } catch (error) {
      return systemCode(error) === 'ENOENT'
    }
  }

  /**
   * All names, one after another; nothing where there is no folder, or a link: what it leads to may be somebody else's, and
   * who asks for names is about to remove files (strayFiles.ts).
   */
  *names(): Generator<string> {
    if (this.#path === null || kindOf(this.#path) !== 'folder') return
    const folder = fs.opendirSync(this.#path)
    try {
      for (let entry = folder.readSync(); entry !== null; entry = folder.readSync()) yield entry.name
    } finally {
      folder.closeSync()
    }
  }

  /**
   * Octets [from, to) of a file that has `size` of them. Throws LostContent, `whose` in its words, for a file that is not
   * there, not a file of its own, of another size, or that cannot be read.
   */
  read(name: string, size: number, from: number, to: number, whose: string): Uint8Array {
    let path = name
    let fd: number | undefined
    try {
      path = this.pathOf(name)
      fd = fs.openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
      const found = fs.fstatSync(fd)
      if (!found.isFile()) throw new Error('it is no file')
      if (found.size !== size) throw new Error(`it has ${found.size} octets where ${size} were stored`) // prettier-ignore
      return readAll(fd, from, to)
    } catch (error) {
      if (passing.has(systemCode(error))) throw error
      const why = error instanceof Error ? error.message : String(error)
      throw new LostContent(`The content of ${whose} is lost: its file ${path} cannot be read (${why}).`)
    } finally {
      if (fd !== undefined) fs.closeSync(fd)
    }
  }

  #make(): void {
    if (this.#path === null) return
    fs.mkdirSync(this.#path, { recursive: true, mode: 0o700 })
    this.#isNamed = false
  }

  #syncFolder(path: string): void {
    // Windows opens no folder, and NTFS keeps its names in a journal.
    if (process.platform === 'win32') return
    const fd = this.#disk.open(path, O_RDONLY, 0)
    try {
      this.#disk.sync(fd)
    } finally {
      this.close(fd)
    }
  }

  #saying<T>(path: string, work: () => T): T {
    try {
      return work()
    } catch (error) {
      throw codeOf(error) === 'corrupt' ? error : toStoreError(faultOf(error, path))
    }
  }
}

function readAll(fd: number, from: number, to: number): Uint8Array {
  const bytes = new Uint8Array(to - from)
  for (let at = 0; at < bytes.byteLength;) {
    const read = fs.readSync(fd, bytes, at, bytes.byteLength - at, from + at)
    if (read <= 0) throw new Error('it ends early')
    at += read
  }
  return bytes
}
