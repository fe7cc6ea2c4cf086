/**
 * Owns: the store's thread. A turn takes everything that is queued, commits it as one, answers, then reads; when nothing
 * is asked for, it fills the search index, carries out the keep rules and writes the log back into the database.
 */
import type { DatabaseSync } from 'node:sqlite'
import { tagsOf } from './boxRow.ts'
import { codeOf, faultOf } from './faults.ts'
import { GroupCommit, type Outcome, type OwnWrite } from './groupCommit.ts'
import { databasePath, markSuspect, openDatabase } from './open.ts'
import { SearchIndex } from './searchIndex.ts'
import { summarizeContent } from './summaries.ts'
import { Tables } from './tables.ts'
import type { FromWorker, ReadOp, ToWorker, WorkerOptions, WriteOp } from './wireTypes.ts'

/** Milliseconds without work before the index is filled, and before the log is written back. */
const idleAfter = 50
const idleAtLatest = 2000
/** Free pages (of 4 KiB) that stay in the file for new rows, and how many are given back at a time. */
const pagesKept = 4096
const pagesAtOnce = 1024
/**
 * Octets of log at which it is written back though the store is busy. Writing back costs the disk each octet a second
 * time: a burst of large messages that fits into the log is taken at half as much again as with a quarter of this.
 */
const logLimit = 256 << 20
/** Milliseconds after which messages may have become too old to keep. */
const lookAfter = 60_000
/** Milliseconds of reads before waiting writes get their turn. */
const readSlice = 10

/** Pages of index and header that a commit touches beside its content. */
const commitOverhead = 40 * 1024

function sizeOf(writes: readonly WriteOp[]): number {
  let size = commitOverhead
  for (const op of writes) {
    size += 512
    if (op.type === 'transcript') size += op.lines.length
    else if (op.type === 'chunk' || op.type === 'finish') size += op.bytes.byteLength
    else if (op.type === 'putProbe') size += op.row.report.length
  }
  return size
}

const spentChunks = (writes: readonly WriteOp[]): ArrayBuffer[] =>
  writes.flatMap((op) =>
    op.type === 'chunk' && op.bytes.buffer instanceof ArrayBuffer ? [op.bytes.buffer] : [],
  )

/** What a thread's port offers. */
export interface WorkerPort {
  postMessage(message: FromWorker, transfer: ArrayBuffer[]): void
  on(event: 'message', listener: (message: ToWorker) => void): unknown
  close(): void
}

export class StoreWorker {
  readonly #port: WorkerPort
  readonly #db: DatabaseSync
  readonly #path: string
  readonly #tables: Tables
  readonly #commit: GroupCommit
  readonly #index: SearchIndex
  #writes: WriteOp[] = []
  #reads: { id: number; op: ReadOp }[] = []
  #own: OwnWrite[] = []
  #upTo = 0
  #scheduled = false
  #closing = false
  #closed = false
  #indexing = false
  /** Octets written to the log since it was last written back, roughly. */
  #logged = 0
  #ownFailing = false
  /** Something may wait for the index or in the log. */
  #owing = true
  #restingSince = 0
  #idle: NodeJS.Timeout | undefined
  readonly #looking: NodeJS.Timeout

  constructor(port: WorkerPort, db: DatabaseSync, path: string) {
    this.#port = port
    this.#db = db
    this.#path = path
    this.#tables = new Tables(db)
    this.#commit = new GroupCommit(db, this.#tables)
    this.#index = new SearchIndex(db, this.#tables.contents, this.#tables.sessions)
    this.#looking = setInterval(() => this.#lookAgain(), lookAfter)
    this.#looking.unref()
    this.#rest()
  }

  take(message: ToWorker): void {
    if (message.type === 'close') this.#closing = true
    else {
      for (const write of message.writes) this.#writes.push(write)
      if (message.writes.length > 0) this.#postponeIdle()
      for (const read of message.reads) this.#reads.push(read)
    }
    this.#schedule()
  }

  /** By the next turn of the loop, so that everything that is in the port by then is in the same transaction. */
  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      // A slice of the index that was being read at the end asks for one more turn.
      if (!this.#closed) this.#turn()
    })
  }

  #turn(): void {
    if (this.#writes.length > 0) this.#write()
    // Who reads after an announcement finds the headers too.
    if (this.#own.length > 0 && this.#reads.length > 0) this.#write()
    this.#answerReads()
    if (this.#logged > logLimit) this.#checkpoint('PASSIVE')
    if (this.#reads.length > 0) this.#schedule()
    else if (this.#closing) this.#close()
    else this.#rest()
  }

  #write(): void {
    const writes = this.#writes
    const own = this.#own
    this.#writes = []
    this.#own = []
    const outcome = this.#commit.run(writes, own)
    this.#ownFailing = outcome.ownFailed.length > 0
    this.#logged += sizeOf(writes) + own.length * 1024
    const first = this.#upTo + 1
    this.#upTo += writes.length
    const failed = outcome.failed.map(([index, error]): [number, ReturnType<typeof faultOf>] => [
      first + index,
      this.#fault(error),
    ])
    for (const error of outcome.ownFailed) this.#fault(error)
    const counts = outcome.counts.map(([index, count]): [number, number] => [first + index, count])
    const spent = spentChunks(writes)
    if (writes.length > 0) this.#post({ type: 'written', upTo: this.#upTo, failed, counts, spent }, spent)
    this.#announce(outcome)
    const sessions = this.#tables.messages.takeFresh()
    if (sessions.length > 0) this.#post({ type: 'sessions', sessions })
    if (sessions.length > 0 || outcome.stored.length > 0) this.#tables.keep.look()
    const swept = this.#tables.keep.take()
    if (swept.ids.length > 0) this.#post({ type: 'removed', ...swept })
  }

  #announce({ stored }: Outcome): void {
    if (stored.length === 0) return
    const messages = []
    for (const { stored: message, first } of stored) {
      try {
        const head = summarizeContent(this.#tables.contents, message, first)
        const { rcptTo } = message.summary
        messages.push({ ...message.summary, ...head, tags: tagsOf(rcptTo, head.tags) })
        this.#own.push((tables) => tables.messages.setHead(message.message, head, rcptTo))
      } catch (error) {
        // Read again when the index is filled; the message itself is safe.
        this.#fault(error)
        messages.push(message.summary)
      }
    }
    this.#post({ type: 'messages', messages })
  }

  #answerReads(): void {
    const until = performance.now() + readSlice
    while (this.#reads.length > 0 && performance.now() < until) {
      const { id, op } = this.#reads.shift()!
      try {
        this.#post({ type: 'read', id, value: this.#tables.read(op) })
      } catch (error) {
        this.#post({ type: 'notRead', id, ...this.#fault(error) })
      }
    }
  }

  #post(message: FromWorker, transfer: ArrayBuffer[] = []): void {
    this.#port.postMessage(message, transfer)
  }

  #fault(error: unknown): ReturnType<typeof faultOf> {
    if (codeOf(error) === 'corrupt') markSuspect(this.#path)
    return faultOf(error, this.#path)
  }

  #rest(): void {
    if (this.#indexing || this.#idle !== undefined || !this.#owing) return
    this.#restingSince = performance.now()
    this.#arm()
  }

  #arm(): void {
    clearTimeout(this.#idle)
    this.#idle = setTimeout(() => {
      this.#idle = undefined
      void this.#whileIdle()
    }, idleAfter)
  }

  /** Under a load that never ends the index gets a slice now and then all the same. */
  #postponeIdle(): void {
    this.#owing = true
    if (this.#idle !== undefined && performance.now() - this.#restingSince < idleAtLatest) this.#arm()
  }

  get #busy(): boolean {
    return this.#writes.length > 0 || this.#closing
  }

  #lookAgain(): void {
    if (!this.#tables.keep.rules().on) return
    this.#tables.keep.look()
    this.#owing = true
    this.#rest()
  }

  /** Slice after slice of the index, giving way to any message that has arrived. */
  async #whileIdle(): Promise<void> {
    if (this.#indexing || this.#busy) return
    this.#indexing = true
    try {
      for (;;) {
        if (this.#own.length > 0) this.#write()
        // A full disk would fail the same slice again and again: wait for the next message.
        if (this.#ownFailing) break
        const slice = await this.#index.slice()
        if (this.#closing) break
        for (const write of slice) this.#own.push(write)
        let sweeping = false
        this.#own.push((tables) => {
          sweeping = tables.keep.step()
        })
        this.#write()
        if (this.#ownFailing) break
        await new Promise((done) => setImmediate(done))
        if (this.#busy) break
        if (slice.length > 0 || sweeping) continue
        if (this.#giveBack()) continue
        if (this.#logged > 0) this.#checkpoint('PASSIVE')
        this.#owing = false
        break
      }
    } catch (error) {
      this.#fault(error)
    } finally {
      this.#indexing = false
    }
    if (this.#busy) this.#schedule()
  }

  /** Returns some free pages to the disk; true while there are more. */
  #giveBack(): boolean {
    const free = Number(this.#db.prepare('PRAGMA freelist_count').get()?.['freelist_count'] ?? 0)
    if (free < pagesKept) return false
    this.#db.exec(`PRAGMA incremental_vacuum(${pagesAtOnce})`)
    this.#logged += pagesAtOnce * 64
    return true
  }

  #checkpoint(mode: 'PASSIVE' | 'TRUNCATE'): void {
    try {
      this.#db.exec(`PRAGMA wal_checkpoint(${mode})`)
    } catch (error) {
      // The log keeps everything; it is tried again when as much has been written once more.
      this.#fault(error)
    }
    this.#logged = 0
  }

  #close(): void {
    this.#closed = true
    clearTimeout(this.#idle)
    clearInterval(this.#looking)
    if (this.#own.length > 0) this.#write()
    this.#checkpoint('TRUNCATE')
    this.#db.close()
    this.#post({ type: 'closed' })
    this.#port.close()
  }
}

/** Opens the database and serves the port; says `notOpened` and closes it when that fails. */
export function serveStore(port: WorkerPort, options: WorkerOptions): void {
  try {
    const { db, path, notices } = openDatabase(options)
    const worker = new StoreWorker(port, db, path)
    port.on('message', (message) => worker.take(message))
    port.postMessage({ type: 'opened', notices }, [])
  } catch (error) {
    port.postMessage({ type: 'notOpened', ...faultOf(error, databasePath(options.folder)) }, [])
    port.close()
  }
}
